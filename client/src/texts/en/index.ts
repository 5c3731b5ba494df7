import { agents } from './agents';
import { password, register, signIn } from './auth';
import { common } from './common';
import { personas } from './personas';
import { profile } from './profile';
import { runs } from './runs';
import { tools } from './tools';

/** A file for each noun; another language has the same files. */
export const en = { ...common, signIn, register, password, profile, runs, personas, agents, tools };

export type Texts = typeof en;
