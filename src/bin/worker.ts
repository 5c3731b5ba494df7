import { loadEnv } from '../env.js';
import { StartupError } from '../startupError.js';
import { compose } from './compose.js';
import { run } from './run.js';

/** `npm run worker`: a process that only works on runs, beside any number of others on the same database. */
await run(async () => {
  const env = loadEnv();
  if (!env.DATABASE_URL || !env.REDIS_URL) {
    throw new StartupError('A worker of its own needs DATABASE_URL and REDIS_URL to be set; without them, npm start works on runs itself.');
  }
  if (env.WORKER_CONCURRENCY === 0) throw new StartupError('WORKER_CONCURRENCY is 0, so a worker would do nothing: set it to 1 or more.');
  const platform = await compose(env, (doing) => process.stderr.write(`${doing} …\n`));
  return {
    says: `Working on up to ${env.WORKER_CONCURRENCY} runs at once.`,
    stop: async () => {
      await platform.stopWorking();
      await platform.close();
    },
  };
});
