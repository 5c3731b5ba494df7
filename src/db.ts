import Knex from 'knex';
import { Model } from 'objection';
import pg from 'pg';
import type { Migration } from '../migrations/index.js';
import { columnTypes } from './columnTypes.js';
import { logger } from './logger.js';
import { type Embedded, openEmbedded } from './pglite/embedded.js';
import { checkDatabaseUrl, inspect, serverError } from './postgresServer.js';

/**
 * The one database of this process: PGlite in a thread of it, or a PostgreSQL server. Nobody else knows which: both are
 * reached through the same driver with the same column types.
 *
 * The embedded database has one session, so its pool holds one connection. An open transaction has it until its end;
 * everything inside a transaction must use that transaction, or it waits for itself.
 */

export interface DatabaseInfo {
  kind: 'embedded' | 'postgres';
  version: string;
  /** Whether pgvector is installed in this database. */
  hasVector: boolean;
}

export interface DatabaseSettings {
  /** `postgres://user:password@host:port/name`; without it the embedded database is opened. */
  databaseUrl?: string;
  /** The embedded database lies in `<dataDir>/database`. */
  dataDir: string;
  /** Connections to a PostgreSQL server at most. */
  poolSize?: number;
  /** How long a query waits for a connection before it fails. */
  acquireTimeoutMs?: number;
  /** Embedded: whether a commit waits for the disk (true). Tests do without. */
  isDurable?: boolean;
}

/** A query to be prepared once per connection. The name is at most 63 characters long and unique per text. */
export interface Statement {
  name: string;
  text: string;
}

interface OpenDatabase {
  knex: Knex.Knex;
  info: DatabaseInfo;
  embedded?: Embedded;
}

let current: OpenDatabase | undefined;
let opening = false;

/**
 * Opens the database, creates the extension `vector` where it can be had, and binds Objection's models to it.
 * @throws StartupError when it cannot be opened, with what to do about it.
 */
export async function openDatabase(settings: DatabaseSettings): Promise<DatabaseInfo> {
  if (current || opening) throw new Error('The database is open already');
  opening = true;
  try {
    current = settings.databaseUrl
      ? await openServer(settings, settings.databaseUrl)
      : await openFolder(settings);
  } finally {
    opening = false;
  }
  Model.knex(current.knex);
  return current.info;
}

/** Waits for the queries that run, then closes. Harmless when nothing is open. */
export async function closeDatabase(): Promise<void> {
  const closing = current;
  current = undefined;
  await closing?.knex.destroy();
  await closing?.embedded?.close();
}

/** What kind of database is open. */
export const databaseInfo = (): DatabaseInfo => open().info;

/** The query builder for what is outside a transaction. */
export const knex = (): Knex.Knex => open().knex;

/** Runs `work` in a transaction: committed with its result, rolled back when it throws. Pass `trx` to every query in it. */
export function transaction<T>(work: (trx: Knex.Knex.Transaction) => Promise<T>): Promise<T> {
  return open().knex.transaction(work);
}

/**
 * One read as a prepared statement: plain rows, no query builder, no models.
 * @param values one for each `$1`, `$2`, …
 * @param trx the transaction to read in, where one is open
 */
export async function read<Row>(statement: Statement, values: unknown[], trx?: Knex.Knex.Transaction): Promise<Row[]> {
  const client = (trx ?? open().knex).client as PoolClient;
  const connection = await client.acquireConnection();
  try {
    const result = await connection.query({ name: statement.name, text: statement.text, values });
    return result.rows as Row[];
  } finally {
    void client.releaseConnection(connection);
  }
}

/**
 * Brings the tables to the newest state, or back.
 * @param direction `latest` all that are missing; `rollback` what the last `latest` did; `up` and `down` one migration
 * @param list for tests; otherwise what `migrations/` exports
 * @returns the names of the migrations carried out, in order
 */
export async function migrate(
  direction: 'latest' | 'rollback' | 'up' | 'down' = 'latest',
  list?: Migration[],
): Promise<string[]> {
  const migrations = list ?? (await import('../migrations/index.js')).migrations;
  const migrator = open().knex.migrate;
  const config: Knex.Knex.MigratorConfig = { migrationSource: sourceOf(migrations), tableName: 'migrations' };
  return inTurn(async () => {
    // We hold the turn, so a lock that is still there was left by a process that died while it migrated.
    await migrator.forceFreeMigrationsLock(config);
    const [, done] = (await migrator[direction](config)) as [number, (string | Migration)[]];
    return done.map((entry) => (typeof entry === 'string' ? entry : entry.name));
  });
}

/** What Knex's client offers, and the transaction's too, which always answers with the transaction's connection. */
interface PoolClient {
  acquireConnection(): Promise<pg.Client>;
  releaseConnection(connection: pg.Client): Promise<void>;
}

function open(): OpenDatabase {
  if (!current) throw new Error('The database is not open: call openDatabase() first');
  return current;
}

async function openFolder(settings: DatabaseSettings): Promise<OpenDatabase> {
  const embedded = await openEmbedded(settings.dataDir, settings.isDurable);
  const connection = {
    // All is given, because the driver would take what is missing from PG* variables.
    ...{ host: 'embedded', user: 'postgres', database: 'postgres', password: '', ssl: false, options: '' },
    types: columnTypes,
    stream: () => embedded.connect(),
  };
  try {
    const info: DatabaseInfo = { kind: 'embedded', ...(await inspect(connection)) };
    const builder = build(connection, { min: 1, max: 1 }, settings);
    explainTimeout(builder);
    return { knex: builder, info, embedded };
  } catch (error) {
    await embedded.close();
    throw error;
  }
}

async function openServer(settings: DatabaseSettings, databaseUrl: string): Promise<OpenDatabase> {
  checkDatabaseUrl(databaseUrl);
  const connection = {
    connectionString: databaseUrl,
    types: columnTypes,
    keepAlive: true,
    connectionTimeoutMillis: 10_000,
    application_name: 'persona-platform',
  };
  const inspection = await inspect(connection).catch((error: unknown) => {
    throw serverError(databaseUrl, error);
  });
  const poolSize = Math.max(2, settings.poolSize ?? 10);
  // Connections are made as they are needed, and then kept for the statements prepared on them.
  const pool = { min: poolSize, max: poolSize, afterCreate: useUtc };
  return { knex: build(connection, pool, settings), info: { kind: 'postgres', ...inspection } };
}

function build(connection: object, pool: Knex.Knex.PoolConfig, settings: DatabaseSettings): Knex.Knex {
  const warn = (message: unknown) => logger.warn(String(message));
  return Knex({
    client: 'pg',
    connection,
    pool,
    acquireConnectionTimeout: settings.acquireTimeoutMs ?? 30_000,
    log: { warn, error: warn, deprecate: warn, debug: () => {} },
  });
}

/** The embedded database's zone is UTC; a server's may be any, and `date_trunc` and `::date` go by it. */
function useUtc(connection: pg.Client, done: (error: Error | null, connection: pg.Client) => void): void {
  connection.query(`set time zone 'UTC'`, (error) => done(error, connection));
}

/** With one connection, waiting in vain nearly always has one cause. */
function explainTimeout(builder: Knex.Knex): void {
  const client = builder.client as PoolClient;
  const acquire = client.acquireConnection.bind(client);
  client.acquireConnection = () =>
    acquire().catch((error: unknown) => {
      if (!(error instanceof Knex.KnexTimeoutError)) throw error;
      throw new Error(
        'No connection to the embedded database became free: a query outside an open transaction waits for its end, ' +
          'so every query inside transaction() must be given its trx.',
        { cause: error },
      );
    });
}

const sourceOf = (migrations: Migration[]): Knex.Knex.MigrationSource<Migration> => ({
  getMigrations: async () => migrations,
  getMigrationName: (migration) => migration.name,
  getMigration: async (migration) => migration,
});

/** Several processes may start at once on one server; the embedded database belongs to one process. */
async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const { knex: builder, info } = open();
  if (info.kind === 'embedded') return work();
  const lock = 7_120_233_945; // any number that is ours alone
  const client = builder.client as PoolClient;
  const connection = await client.acquireConnection();
  try {
    await connection.query('select pg_advisory_lock($1)', [lock]);
    return await work();
  } finally {
    await connection.query('select pg_advisory_unlock($1)', [lock]);
    await client.releaseConnection(connection);
  }
}
