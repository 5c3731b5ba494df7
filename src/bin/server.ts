import { loadEnv } from '../env.js';
import { report } from './report.js';
import { run } from './run.js';
import { serve } from './serve.js';

/** `npm start`: everything in one process. */
await run(async () => {
  const server = await serve(loadEnv(), (doing) => process.stderr.write(`${doing} …\n`));
  return { says: report(server), stop: server.stop };
});
