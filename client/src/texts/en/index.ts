import { agents } from './agents';
import { artifacts } from './artifacts';
import { signIn } from './auth';
import { common } from './common';
import { personas } from './personas';
import { runs } from './runs';
import { tools } from './tools';

/** A file for each noun; another language has the same files. */
export const en = { ...common, signIn, runs, personas, agents, tools, artifacts };

export type Texts = typeof en;
