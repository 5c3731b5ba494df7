import pg from 'pg';
import { StartupError } from './startupError.js';

/** What is asked of a database when it is opened. */
export interface Inspection {
  version: string;
  hasVector: boolean;
}

/**
 * Connects once, reads the version and installs pgvector where the server has it and allows it.
 * @throws what the driver throws when it cannot connect
 */
export async function inspect(connection: pg.ClientConfig): Promise<Inspection> {
  const client = new pg.Client(connection);
  // A connection that breaks also fails the query that waits on it; without a listener it would end the process.
  client.on('error', () => {});
  await client.connect();
  try {
    const { rows } = await client.query<{ version: string }>(`select current_setting('server_version') as version`);
    return { version: rows[0]!.version, hasVector: await installVector(client) };
  } finally {
    await client.end();
  }
}

async function installVector(client: pg.Client): Promise<boolean> {
  const find = async (catalog: 'pg_extension' | 'pg_available_extensions', column: string) =>
    (await client.query(`select 1 from ${catalog} where ${column} = 'vector'`)).rows.length > 0;
  if (await find('pg_extension', 'extname')) return true;
  if (!(await find('pg_available_extensions', 'name'))) return false;
  try {
    await client.query('create extension if not exists vector');
    return true;
  } catch {
    // Not this role's right, or another process did it in this moment; what is there now counts.
    return find('pg_extension', 'extname');
  }
}

/** @throws StartupError when this is no URL of a PostgreSQL server. It never repeats the text, which may hold a password. */
export function checkDatabaseUrl(databaseUrl: string): void {
  if (URL.canParse(databaseUrl) && /^postgres(ql)?:$/.test(new URL(databaseUrl).protocol)) return;
  throw new StartupError('DATABASE_URL cannot be read: write it as postgres://user:password@host:port/name.');
}

const advice: Record<string, string> = {
  '28P01': 'refuses the password: correct the user or the password in DATABASE_URL',
  '28000': 'refuses this user: correct the user in DATABASE_URL or allow it in pg_hba.conf',
  '3D000': 'has no such database: create it, or correct the name at the end of DATABASE_URL',
  '53300': 'has no free connection: raise its max_connections or stop another client',
};

/** One sentence on why the server cannot be used, without the password. */
export function serverError(databaseUrl: string, error: unknown): StartupError {
  const url = new URL(databaseUrl);
  const server = `PostgreSQL at ${url.hostname || url.searchParams.get('host') || 'localhost'}:${url.port || 5432}`;
  const { code, message } = error as { code?: string; message?: string };
  const known = code === undefined ? undefined : advice[code];
  if (known) return new StartupError(`${server} ${known}.`, { cause: error });
  const reason = code ?? message ?? String(error);
  return new StartupError(
    `${server} cannot be used (${reason}): start it, or correct DATABASE_URL, or unset it to use the embedded database.`,
    { cause: error },
  );
}
