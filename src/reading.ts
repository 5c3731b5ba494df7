import { createHash } from 'node:crypto';
import { read, type Statement } from './db.js';

/**
 * Reads as one prepared statement made from what was asked for: columns, joins and lists that nobody wants are not in it.
 * Rows come back plain. Within the SQL, `:name` stands for a parameter.
 */

/** What is asked of a row, by field name; a plain value asks for nothing below it. */
export interface Selection {
  readonly [field: string]: Selection;
}

/** Where a field comes from: an expression, an expression that needs a join, or rows that belong to the row. */
export type FieldSource = string | { sql: string; join: string } | ListSource;

export interface ListSource {
  list: Shape;
  /** `agents a` */
  from: string;
  /** `a.persona_id = p.id`: which rows belong to the row above. */
  where: string;
  /** `a.created_at, a.id` */
  order: string;
}

export interface Shape {
  fields: Record<string, FieldSource>;
  /** Fields that are always read, because fields with a resolver of their own start from them. */
  always: string[];
}

export interface Reading {
  /** Begins the names of the statements; unique, and at most 40 characters. */
  name: string;
  shape: Shape;
  /** What follows `from`; joins that fields need are put behind it. */
  from: string;
  /** What follows the joins: `where …`, `order by …`. */
  tail: string;
  /** Columns beside those of the shape: `page.total`. */
  extra?: string;
}

interface Compiled {
  statement: Statement;
  parameters: string[];
}

const compiled = new WeakMap<Reading, WeakMap<Selection, Compiled>>();

/** Runs the statement that fits the selection. Fields of the selection that the shape does not have are left to others. */
export function readRows<Row>(reading: Reading, selection: Selection, parameters: Record<string, unknown>): Promise<Row[]> {
  let bySelection = compiled.get(reading);
  if (!bySelection) compiled.set(reading, (bySelection = new WeakMap()));
  let known = bySelection.get(selection);
  if (!known) bySelection.set(selection, (known = compile(reading, selection)));
  return read<Row>(known.statement, known.parameters.map((name) => parameters[name]));
}

/** The selection of all plain fields, for loaders, which do not know what is asked for. */
export const plainFields = ({ fields }: Shape): Selection =>
  Object.fromEntries(Object.keys(fields).filter((name) => !isList(fields[name]!)).map((name) => [name, {}]));

/** Each name is a statement kept by every connection, so queries that someone keeps varying stop being given one. */
const maxNames = 500;
const names = new Set<string>();

function compile({ name, shape, from, tail, extra }: Reading, selection: Selection): Compiled {
  const joins = new Set<string>();
  const columns = wanted(shape, selection).map((field) => `${expression(shape, field, selection, joins)} as "${field}"`);
  if (extra) columns.push(extra);
  const parameters: string[] = [];
  const text = `select ${columns.join(', ')} from ${from} ${[...joins].join(' ')} ${tail}`.replace(
    /(?<!:):([a-z]\w*)/gi,
    (_match, parameter: string) => {
      if (!parameters.includes(parameter)) parameters.push(parameter);
      return `$${parameters.indexOf(parameter) + 1}`;
    },
  );
  return { statement: { name: statementName(name, text), text }, parameters };
}

function statementName(prefix: string, text: string): string {
  const name = `${prefix}_${createHash('sha256').update(text).digest('hex').slice(0, 20)}`;
  if (names.size < maxNames) names.add(name);
  return names.has(name) ? name : '';
}

const wanted = ({ fields, always }: Shape, selection: Selection) => [
  ...new Set([...always, ...Object.keys(selection).filter((field) => field in fields)]),
];

const isList = (source: FieldSource): source is ListSource => typeof source === 'object' && 'list' in source;

function expression(shape: Shape, field: string, selection: Selection, joins: Set<string>): string {
  const source = shape.fields[field]!;
  if (typeof source === 'string') return source;
  if (isList(source)) return listExpression(source, selection[field] ?? {});
  joins.add(source.join);
  return source.sql;
}

/** The rows are put in order before they become JSON: an index often has that order already, and sorting long JSON is slow. */
function listExpression({ list, from, where, order }: ListSource, selection: Selection): string {
  const joins = new Set<string>();
  const fields = wanted(list, selection);
  const columns = fields.map((field) => `${expression(list, field, selection, joins)} as "${field}"`);
  const pairs = fields.map((field) => `'${field}', item."${field}"`);
  const rows = `select ${columns.join(', ')} from ${from} ${[...joins].join(' ')} where ${where} order by ${order}`;
  return `(select coalesce(json_agg(json_build_object(${pairs.join(', ')})), '[]') from (${rows}) item)`;
}
