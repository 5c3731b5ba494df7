import type { Texts } from '../en';
import { activity } from './activity';
import { admin } from './admin';
import { agents } from './agents';
import { api } from './api';
import { artifacts } from './artifacts';
import { audit } from './audit';
import { password, register, signIn } from './auth';
import { chart } from './chart';
import { commands } from './commands';
import { common } from './common';
import { connectors } from './connectors';
import { editConflict } from './editConflict';
import { filters } from './filters';
import { members } from './members';
import { memory } from './memory';
import { personas } from './personas';
import { profile } from './profile';
import { runs } from './runs';
import { sentences } from './sentences';
import { toolDetails } from './toolDetails';
import { tools } from './tools';
import { usage } from './usage';

export const de: Texts = {
  ...common, signIn, runs, personas, agents, tools, artifacts, commands, register, password, profile, usage, audit, admin, api, chart, filters, sentences, memory, connectors,
  members, activity, toolDetails, editConflict,
};
