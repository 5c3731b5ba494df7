import { activity } from './activity';
import { agents } from './agents';
import { signIn } from './auth';
import { common } from './common';
import { connectors } from './connectors';
import { editConflict } from './editConflict';
import { members } from './members';
import { memory } from './memory';
import { personas } from './personas';
import { runs } from './runs';
import { toolDetails } from './toolDetails';
import { tools } from './tools';

/** A file for each noun; another language has the same files. */
export const en = { ...common, signIn, runs, personas, agents, tools, memory, connectors, members, activity, toolDetails, editConflict };

export type Texts = typeof en;
