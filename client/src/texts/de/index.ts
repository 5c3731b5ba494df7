import type { Texts } from '../en';
import { agents } from './agents';
import { signIn } from './auth';
import { commands } from './commands';
import { common } from './common';
import { personas } from './personas';
import { runs } from './runs';
import { sentences } from './sentences';
import { tools } from './tools';

export const de: Texts = { ...common, signIn, runs, personas, agents, tools, commands, sentences };
