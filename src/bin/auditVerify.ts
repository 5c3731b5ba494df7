import { verifyAudit, type AuditLink } from '../audit/auditChain.js';
import { closeDatabase, knex, openDatabase } from '../db.js';
import { loadEnv } from '../env.js';
import { StartupError } from '../startupError.js';
import { run } from './run.js';

/**
 * `npm run audit:verify [-- <number>:<hash>]`: shows that no row of the audit log was changed, taken out or put elsewhere, or
 * names each that was and ends with 1. With a link that an earlier check has printed, it also shows that the log goes on from there.
 */
await run(async () => {
  const known = linkOf(process.argv[2]);
  const { DATABASE_URL, DATA_DIR } = loadEnv();
  await openDatabase({ databaseUrl: DATABASE_URL, dataDir: DATA_DIR });
  try {
    if (!(await knex().schema.hasTable('audit_chain'))) {
      throw new StartupError('There is no audit log here: set DATA_DIR or DATABASE_URL to where the platform keeps its data.');
    }
    const { links, head, faults } = await verifyAudit(known);
    if (faults.length > 0) throw new StartupError(`The audit log is not as it was written:\n${faults.join('\n')}`);
    console.log(`The audit log is as it was written: ${links} rows, the newest link is ${head.seq}:${head.hash}`);
  } finally {
    await closeDatabase();
  }
});

function linkOf(text: string | undefined): AuditLink | undefined {
  if (text === undefined) return undefined;
  const [, seq, hash] = /^(\d+):([0-9a-f]{64})$/.exec(text) ?? [];
  if (!hash) throw new StartupError(`"${text}" is no link: give it as the check prints it, such as 17:<64 hexadecimal digits>.`);
  return { seq: Number(seq), hash };
}
