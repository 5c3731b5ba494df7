import type { Knex } from 'knex';
import { knex, transaction } from '../../src/db.js';

/**
 * Marks whatever a table can hold as text, so that it is known wherever it turns up: `canary-theirs-personas.name-1f…`.
 * The columns come from the database's catalog, so a new one is marked too.
 */

/** Tables that belong to no persona and no user, and why. */
const nobodys: Record<string, string> = {
  migrations: 'says which migrations ran',
  migrations_lock: 'says whether a migration runs',
  tools: 'is the same for everyone',
  artifact_removals: 'has checksums alone, of bytes that nobody may need any more',
  audit_head: 'is the end of everyone’s chain',
};

/** Types without room for a text. One that is not listed counts as text. */
const notText = ['uuid', 'integer', 'bigint', 'smallint', 'numeric', 'boolean', 'timestamp with time zone', 'vector', 'real[]'];

interface Column {
  name: string;
  table: string;
  column: string;
  type: string;
}

async function textColumns(): Promise<Column[]> {
  const { rows } = await knex().raw<{ rows: Column[] }>(`
    select c.relname || '.' || a.attname as name, c.relname as "table", a.attname as "column", format_type(a.atttypid, null) as type
    from pg_attribute a join pg_class c on c.oid = a.attrelid
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
    order by 1`);
  return rows.filter(({ table, type }) => !(table in nobodys) && !notText.includes(type));
}

/** SQL for the marked value of a column; `:text` is the mark. In JSON every text is marked, but the words of a fixed list. */
const marked: Record<string, string> = {
  text: ':text',
  'text[]': 'array[:text]',
  bytea: `convert_to(:text, 'UTF8')`,
  jsonb: `case jsonb_typeof(:column:)
    when 'array' then :column: || to_jsonb(:text)
    else (
      select coalesce(jsonb_object_agg(key, case when jsonb_typeof(value) = 'string' and key <> 'status' then to_jsonb(:text) else value end), '{}')
      from jsonb_each(case when jsonb_typeof(:column:) = 'object' then :column: else '{}' end)
    ) || jsonb_build_object('canary', :text)
  end`,
};

const unique = `cast(:mark as text) || '-' || gen_random_uuid()`;

/**
 * Marks every text of every row that has no mark yet. Gives the columns that hold a mark now, and those that had no row; a
 * column that the database lets hold only certain words is in neither.
 */
export async function plantCanaries(whose: 'theirs' | 'ours'): Promise<{ planted: string[]; without: string[] }> {
  const planted: string[] = [];
  const without: string[] = [];
  const columns = await textColumns();
  await transaction(async (trx) => {
    // The audit log refuses to be changed: for this transaction its triggers are off.
    await trx.raw('set local session_replication_role = replica');
    for (const column of columns) {
      const count = await plantIn(trx, column, whose);
      if (count !== null) (count > 0 ? planted : without).push(column.name);
    }
  });
  return { planted, without };
}

/** How many rows hold one now; null where a constraint lists the words that there are. */
async function plantIn(trx: Knex.Transaction, { name, table, column, type }: Column, whose: string): Promise<number | null> {
  const value = marked[type];
  if (!value) throw new Error(`${name} is ${type}: say in canaries.ts how that is marked, or that it holds no text`);
  const sql = `update :table: t set :column: = ${value.replaceAll(':text', `(${unique})`)} where t::text !~ :others`;
  try {
    const { rowCount } = await trx.transaction((savepoint) =>
      savepoint.raw(sql, { table, column, mark: `canary-${whose}-${name}`, others: `canary-(?!${whose}-)` }));
    return rowCount;
  } catch (error) {
    if ((error as { code?: string }).code === '23514') return null;
    throw error;
  }
}

export interface Canary {
  whose: string;
  /** `table.column`. */
  column: string;
}

/** The marks in a text, plain or as the bytes of a column in hexadecimal or base64. */
export function canariesIn(text: string): Canary[] {
  const plain = Array.from(text.matchAll(/canary-(\w+)-(\w+\.\w+)/g), ([, whose, column]) => ({ whose: whose!, column: column! }));
  const disguised = /63616e6172792d|Y2FuYXJ5L/i.test(text) ? [{ whose: 'somebody', column: 'in disguise' }] : [];
  return [...plain, ...disguised];
}

/** Every row that there is, as text, by table. */
export async function everyRow(): Promise<Map<string, string[]>> {
  const { rows: tables } = await knex().raw<{ rows: { name: string }[] }>(`select tablename as name from pg_tables where schemaname = 'public'`);
  const found = new Map<string, string[]>();
  for (const { name } of tables.filter(({ name }) => !(name in nobodys))) {
    const { rows } = await knex().raw<{ rows: { row: string }[] }>('select t::text as row from :name: t', { name });
    found.set(name, rows.map(({ row }) => row));
  }
  return found;
}
