import { closeDatabase, migrate, openDatabase } from '../db.js';
import { loadEnv } from '../env.js';
import { StartupError } from '../startupError.js';
import { run } from './run.js';

/** `npm run migrate [-- latest | rollback | up | down]`: changes the tables and says which migrations it carried out. */
const directions = ['latest', 'rollback', 'up', 'down'] as const;

await run(async () => {
  const wanted = process.argv[2] ?? 'latest';
  const direction = directions.find((known) => known === wanted);
  if (!direction) throw new StartupError(`There is no direction "${wanted}": use one of ${directions.join(', ')}.`);
  const { DATABASE_URL, DATA_DIR } = loadEnv();
  await openDatabase({ databaseUrl: DATABASE_URL, dataDir: DATA_DIR });
  try {
    const done = await migrate(direction);
    console.log(done.length > 0 ? done.join('\n') : 'There was nothing to do.');
  } finally {
    await closeDatabase();
  }
});
