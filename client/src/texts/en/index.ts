import { agents } from './agents';
import { signIn } from './auth';
import { commands } from './commands';
import { common } from './common';
import { personas } from './personas';
import { runs } from './runs';
import { sentences } from './sentences';
import { tools } from './tools';

/** A file for each noun; another language has the same files. */
export const en = { ...common, signIn, runs, personas, agents, tools, commands, sentences };

export type Texts = typeof en;
