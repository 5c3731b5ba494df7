import { databaseInfo, knex } from '../db.js';
import type { Provider } from '../providers/provider.js';
import { queue } from '../queue/queue.js';
import { workspaceLevel } from '../workspaces/localWorkspace.js';

/** How long a part may take to answer, in milliseconds. */
const longestAnswer = 2000;

export interface Readiness {
  /** Whether requests can be answered, which takes the database. */
  status: 'ready' | 'unavailable';
  database: { kind: 'embedded' | 'postgres'; answers: boolean };
  /** What wakes workers. Without an answer runs go on, but begin later. */
  queue: { kind: string; answers: boolean };
  /** How far what agents do is kept apart from the machine. */
  workspaces: string;
  /** The providers that can be used, by name. */
  providers: string[];
}

/** Asks everything that the platform needs whether it answers. */
export async function readiness(providers: readonly Pick<Provider, 'name' | 'unavailable'>[]): Promise<Readiness> {
  const [database, wakes] = await Promise.all([answers(async () => knex().raw('select 1')), answers(() => queue().check())]);
  return {
    status: database ? 'ready' : 'unavailable',
    database: { kind: databaseInfo().kind, answers: database },
    queue: { kind: queue().kind, answers: wakes },
    workspaces: workspaceLevel,
    providers: providers.filter(({ unavailable }) => !unavailable).map(({ name }) => name),
  };
}

/** Whether it succeeds in time. */
async function answers(ask: () => Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => (timer = setTimeout(resolve, longestAnswer, false)));
  try {
    return await Promise.race([ask().then(() => true, () => false), late]);
  } finally {
    clearTimeout(timer);
  }
}
