import initSqlJs from 'sql.js';
import type { Database, Statement } from 'sql.js';
import { slugOf } from '../office/officeFile.js';
import { ToolError } from '../tool.js';
import { readTables } from './table.js';
import type { DataFile, Table, Value } from './table.js';

export interface DataQuery { files: DataFile[]; sql?: string; limit: number }

export interface KnownTable { table: string; file: string; sheet?: string; rowCount: number; columns: string[] }

export interface QueryAnswer {
  tables: KnownTable[];
  columns?: string[];
  rows?: Value[][];
  /** True when there are more rows than are given. */
  isCut?: boolean;
}

/** Bytes SQLite may take, tables and temporary results together. */
const memoryLimit = 400 * 1024 * 1024;
const longestText = 2000;

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;

/**
 * Answers one SQL query over files that are read into an SQLite database in memory, which cannot reach any file; without a query, tells the tables.
 * Throws ToolError for what is no reading query, for SQLite's errors, and when memory runs out.
 */
export async function query({ files, sql, limit }: DataQuery): Promise<QueryAnswer> {
  const { Database } = await initSqlJs();
  const database = new Database();
  database.exec(`pragma hard_heap_limit = ${memoryLimit}; pragma temp_store = memory; pragma journal_mode = off`);
  const tables: KnownTable[] = [];
  for (const file of files) {
    for (const table of await readTables(file)) tables.push(load(database, file.path, table, tables));
  }
  if (sql === undefined) return { tables };
  database.exec('pragma query_only = on');
  return { tables, ...ask(database, sql, limit, tables) };
}

function load(database: Database, path: string, { part, columns, rows }: Table, others: KnownTable[]): KnownTable {
  const table = tableName(database, path, part, others);
  attempt(() => {
    database.run(`create table ${quoted(table)} (${columns.map((column, index) => `${quoted(column)} ${typeOf(rows, index)}`).join(', ')})`);
    const insert = database.prepare(`insert into ${quoted(table)} values (${columns.map(() => '?').join(', ')})`);
    database.run('begin');
    for (const row of rows) insert.run(row);
    database.run('commit');
    insert.free();
  });
  return { table, file: path, ...(part === null ? {} : { sheet: part }), rowCount: rows.length, columns };
}

/** Text compares as text and numbers as numbers; a column of both keeps each as it is. */
function typeOf(rows: Value[][], column: number): string {
  const kinds = new Set(rows.map((row) => typeof row[column]).filter((kind) => kind !== 'object'));
  if (kinds.size !== 1) return '';
  return kinds.has('string') ? 'text' : rows.every((row) => row[column] === null || Number.isInteger(row[column])) ? 'integer' : 'real';
}

/** The name of the file, and of the sheet when there are several: `sales_2026` or `budget_march`; a word of SQL's own gets an ending. */
function tableName(database: Database, path: string, part: string | null, others: KnownTable[]): string {
  const file = path.split('/').at(-1)!.replace(/\.[^.]+$/, '');
  const slug = slugOf(part === null ? file : `${file} ${part}`, 'data').replaceAll('-', '_');
  const base = /^\d/.test(slug) ? `t_${slug}` : slug;
  const isTaken = (name: string) => others.some(({ table }) => table === name) || isKeyword(database, name);
  for (let count = 1; ; count++) {
    const name = count === 1 ? base : `${base}_${count}`;
    if (!isTaken(name)) return name;
  }
}

function isKeyword(database: Database, name: string): boolean {
  try {
    database.exec(`select 1 as ${name}`);
    return name.startsWith('sqlite_');
  } catch {
    return true;
  }
}

/** SQLite takes a name in double quotes that it does not know for a text; in backticks it is always a name, so that mistakes are seen. */
const withStrictNames = (sql: string) =>
  sql.replace(/'(?:[^']|'')*'|--[^\n]*|\/\*[\s\S]*?\*\/|\[[^\]]*\]|`(?:[^`]|``)*`|"((?:[^"]|"")*)"/g,
    (whole, name?: string) => (name === undefined ? whole : `\`${name.replaceAll('""', '"').replaceAll('`', '``')}\``));

function ask(database: Database, sql: string, limit: number, tables: KnownTable[]): Omit<QueryAnswer, 'tables'> {
  return attempt(() => {
    const statement = readingStatement(database, withStrictNames(sql));
    const rows: Value[][] = [];
    let isCut = false;
    while (statement.step()) {
      if (rows.length === limit) { isCut = true; break; }
      // The types do not know of the second argument, with which whole numbers keep all their digits.
      const get = statement.get as (params: null, config: { useBigInt: boolean }) => unknown[];
      rows.push(get.call(statement, null, { useBigInt: true }).map(shown));
    }
    return { columns: statement.getColumnNames(), rows, ...(isCut ? { isCut } : {}) };
  }, tables);
}

/** Throws ToolError unless it is one statement that reads. */
function readingStatement(database: Database, sql: string): Statement {
  const statements: string[] = [];
  for (const statement of database.iterateStatements(sql)) statements.push(statement.getSQL());
  const [only = ''] = statements;
  if (statements.length !== 1) throw new ToolError('Give exactly one SQL statement.');
  if (!/^(?:\s|--[^\n]*\n|\/\*[\s\S]*?\*\/)*(select|with|values)\b/i.test(only)) throw new ToolError('Only queries that read are possible: begin with SELECT or WITH.');
  return database.prepare(only);
}

function shown(value: unknown): Value {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  if (value instanceof Uint8Array) return `(${value.length} bytes)`;
  return typeof value === 'string' && value.length > longestText ? `${value.slice(0, longestText)}…` : (value as Value);
}

/** SQLite's errors as sentences for the model, with the tables there are. */
function attempt<T>(work: () => T, tables: KnownTable[] = []): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof ToolError) throw error;
    const message = error instanceof Error ? error.message : String(error);
    if (/out of memory|too big/i.test(message)) throw new ToolError('The query needs too much memory; filter or group the rows first.');
    const known = tables.map(({ table, columns }) => `${table} (${columns.map((column) => (/^[a-z_]\w*$/i.test(column) ? column : quoted(column))).join(', ')})`).join('; ');
    throw new ToolError(`The query failed: ${message}.${known ? ` There are the tables ${known.slice(0, 3000)}.` : ''}`);
  }
}
