import { activity } from './activity';
import { admin } from './admin';
import { agents } from './agents';
import { api } from './api';
import { artifacts } from './artifacts';
import { audit } from './audit';
import { password, register, signIn } from './auth';
import { chart } from './chart';
import { commands } from './commands';
import { everywhere } from './everywhere';
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

/** A file for each noun; another language has the same files. */
export const en = { ...everywhere, signIn, runs, personas, agents, tools, commands, register, password, profile, usage, audit, admin, api, chart, filters, artifacts, memory, connectors, members, activity, toolDetails, editConflict, sentences };

export type Texts = typeof en;
