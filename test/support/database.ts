import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import pg from 'pg';
import { closeDatabase, knex, migrate, openDatabase, transaction } from '../../src/db.js';
import { temporaryFolder } from './temporaryFolder.js';

/**
 * One database for a whole mocha process: embedded in a temporary folder, or new on the server of TEST_DATABASE_URL.
 * Opened and migrated by the first suite that wants it, gone after the last.
 */
let opened: Promise<void> | undefined;

/** Call it at the top of a `describe`: its tests find the tables there, and empty; whatever they leave is cleared after. */
export function useDatabase(): void {
  before('open the database', async function () {
    this.timeout(60_000);
    opened ??= open(rootOf(this.test?.parent));
    await opened;
    await cleanTables();
  });
  after('clear the tables', cleanTables);
}

/** Tables whose rows come from migrations, or that say which ran. */
const kept = new Set(['migrations', 'migrations_lock', 'tools']);

/** Empties all tables but those that migrations fill. */
export async function cleanTables(): Promise<void> {
  const { rows } = await knex().raw<{ rows: { name: string }[] }>(
    `select quote_ident(tablename) as name from pg_tables where schemaname = 'public'`,
  );
  const names = rows.map(({ name }) => name).filter((name) => !kept.has(name));
  if (names.length === 0) return;
  await transaction(async (trx) => {
    // The audit log refuses to be emptied: for this transaction its triggers are off.
    await trx.raw('set local session_replication_role = replica');
    await trx.raw(`truncate ${names.join(', ')} restart identity cascade`);
    if (names.includes('audit_head')) await trx.raw('insert into audit_head default values');
  });
}

/** Makes an empty database with a name of its own on the server of TEST_DATABASE_URL. */
export async function createDatabase(): Promise<{ url: string; drop(): Promise<void> }> {
  const server = process.env.TEST_DATABASE_URL!;
  const name = `persona_test_${randomBytes(6).toString('hex')}`;
  await administer(server, `create database ${name} template template0 encoding 'UTF8'`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => administer(server, `drop database if exists ${name} with (force)`) };
}

async function administer(server: string, command: string): Promise<void> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    await client.query(command);
  } finally {
    await client.end();
  }
}

async function open(root: Mocha.Suite): Promise<void> {
  const dataDir = await temporaryFolder();
  const onServer = process.env.TEST_DATABASE_URL && process.env.TEST_DATABASE !== 'embedded';
  const server = onServer ? await createDatabase() : undefined;
  root.afterAll('close the database', async function () {
    this.timeout(60_000);
    await closeDatabase();
    await server?.drop();
    await rm(dataDir, { recursive: true, force: true });
  });
  await openDatabase({ dataDir, databaseUrl: server?.url, isDurable: false });
  await migrate();
}

function rootOf(suite: Mocha.Suite | undefined): Mocha.Suite {
  if (!suite) throw new Error('useDatabase() belongs into a describe');
  return suite.root ? suite : rootOf(suite.parent);
}
