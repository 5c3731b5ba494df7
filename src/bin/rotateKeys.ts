import { resealConnectors } from '../connectors/connectors.service.js';
import { useEncryptionKeys } from '../connectors/encryption.js';
import { closeDatabase, knex, openDatabase } from '../db.js';
import { loadEnv } from '../env.js';
import { beginKeyChange, finishKeyChange, loadSecrets } from '../secrets.js';
import { StartupError } from '../startupError.js';
import { run } from './run.js';

/**
 * `npm run rotate-keys`: encrypts every stored password with a new key. Where ENCRYPTION_KEY is set, that is the new key and
 * PREVIOUS_ENCRYPTION_KEY the old one; otherwise a new key is made and takes the place of the one in DATA_DIR. A change that
 * is cut off loses nothing and goes on when it is started again.
 */
await run(async () => {
  const { DATABASE_URL, DATA_DIR, JWT_SECRET, ENCRYPTION_KEY, PREVIOUS_ENCRYPTION_KEY } = loadEnv();
  await openDatabase({ databaseUrl: DATABASE_URL, dataDir: DATA_DIR });
  try {
    if (!(await knex().schema.hasTable('connectors'))) {
      throw new StartupError('There are no connectors here: set DATA_DIR or DATABASE_URL to where the platform keeps its data.');
    }
    if (!ENCRYPTION_KEY) beginKeyChange(DATA_DIR);
    useEncryptionKeys(loadSecrets(DATA_DIR, { jwtSecret: JWT_SECRET, encryptionKey: ENCRYPTION_KEY, previousEncryptionKey: PREVIOUS_ENCRYPTION_KEY }));
    const count = await resealConnectors().catch((error: Error) => {
      throw new StartupError(`No password was changed. ${error.message}: set PREVIOUS_ENCRYPTION_KEY to the key that they were stored with.`, { cause: error });
    });
    if (!ENCRYPTION_KEY) finishKeyChange(DATA_DIR);
    console.log(`The passwords of ${count} connectors were encrypted with the new key. Start the platform again, so that it takes that key.`);
  } finally {
    await closeDatabase();
  }
});
