import papaparse from 'papaparse';
import readXlsxFile from 'read-excel-file/node';
import { listArchive } from '../../memory/parsing/archive.js';
import { decode } from '../../memory/parsing/decode.js';
import { UnreadableDocument } from '../../memory/parsing/unreadable.js';
import { ToolError } from '../tool.js';

/** Files of rows and columns, read as tables. */

export interface DataFile { path: string; bytes: Uint8Array }

export type Value = string | number | null;

export interface Table {
  /** The sheet of a workbook or the key of a JSON object that it comes from; null when the file is one table. */
  part: string | null;
  columns: string[];
  rows: Value[][];
}

const mostColumns = 500;
const mostCells = 2_000_000;

/**
 * The tables of a CSV, TSV, JSON, JSON Lines or xlsx file, by its ending. The first row names the columns.
 * Throws ToolError for other files and for what cannot be read or is too much.
 */
export async function readTables({ path, bytes }: DataFile): Promise<Table[]> {
  const ending = /\.([a-z]+)$/i.exec(path)?.[1].toLowerCase() ?? '';
  const tables = await parse(ending, path, Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  if (tables.length === 0) throw new ToolError(`${path} holds no rows.`);
  for (const { columns, rows } of tables) {
    if (columns.length > mostColumns) throw new ToolError(`${path} has ${columns.length} columns, at most ${mostColumns} can be queried.`);
    if (columns.length * rows.length > mostCells) throw new ToolError(`${path} is too large to be queried: at most ${mostCells} cells.`);
  }
  return tables;
}

function parse(ending: string, path: string, bytes: Buffer): Table[] | Promise<Table[]> {
  switch (ending) {
    case 'csv': case 'tsv': case 'txt': return [fromCsv(textOf(path, bytes))].filter(hasColumns);
    case 'json': case 'jsonl': case 'ndjson': return fromJson(path, textOf(path, bytes), ending).filter(hasColumns);
    case 'xlsx': return fromWorkbook(path, bytes);
    default: throw new ToolError(`${path} cannot be queried; files ending in .csv, .tsv, .json, .jsonl and .xlsx can.`);
  }
}

const hasColumns = (table: Table) => table.columns.length > 0;

function textOf(path: string, bytes: Buffer): string {
  const text = decode(bytes);
  if (text === null) throw new ToolError(`${path} is not a text file.`);
  return text.replace(/^\ufeff/, '');
}

/** Names for all columns, no two alike to SQL, which takes no notice of capitals. */
function columnNames(header: string[]): string[] {
  const used = new Set<string>();
  return header.map((text, index) => {
    const base = text.trim().replace(/\s+/g, ' ').slice(0, 100) || `column${index + 1}`;
    let name = base;
    for (let count = 2; used.has(name.toLowerCase()); count++) name = `${base}_${count}`;
    used.add(name.toLowerCase());
    return name;
  });
}

/** A number as programs write it; 007 and +41 are text, for they would not come back as they were. */
const numeric = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d{1,3})?$/;

function fromCsv(text: string): Table {
  const { data } = papaparse.parse<string[]>(text, { skipEmptyLines: 'greedy' });
  const [header = [], ...lines] = data;
  const width = lines.reduce((most, line) => Math.max(most, line.length), header.length);
  const columns = columnNames(Array.from({ length: width }, (_, column) => header[column] ?? ''));
  // All of a column are numbers, or none.
  const isNumber = columns.map((_, column) => lines.every((line) => { const cell = line[column]?.trim() ?? ''; return cell === '' || (numeric.test(cell) && Math.abs(Number(cell)) <= Number.MAX_SAFE_INTEGER); }));
  const rows = lines.map((line) => columns.map((_, column) => {
    const cell = line[column] ?? '';
    if (cell.trim() === '') return null;
    return isNumber[column] ? Number(cell) : cell;
  }));
  return { part: null, columns, rows };
}

function valueOf(value: unknown): Value {
  if (value === null || value === undefined) return null;
  if (typeof value === 'number' || typeof value === 'string') return value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (value instanceof Date) return value.toISOString().replace(/T00:00:00\.000Z$/, '').replace(/\.000Z$/, '').replace('T', ' ');
  return JSON.stringify(value);
}

function fromRecords(part: string | null, records: unknown[]): Table {
  const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
  const objects = records.map((record) => (isRecord(record) ? record : { value: record }));
  const keys = [...new Set(objects.flatMap((record) => Object.keys(record)))];
  return { part, columns: columnNames(keys), rows: objects.map((record) => keys.map((key) => (Object.hasOwn(record, key) ? valueOf(record[key as never]) : null))) };
}

function fromJson(path: string, text: string, ending: string): Table[] {
  const value = parseJson(path, text, ending);
  if (Array.isArray(value)) return [fromRecords(null, value)];
  if (typeof value !== 'object' || value === null) throw new ToolError(`${path} holds a single value, no rows.`);
  const lists = Object.entries(value).filter((entry): entry is [string, unknown[]] => Array.isArray(entry[1]) && entry[1].length > 0);
  if (lists.length === 0) return [fromRecords(null, [value])];
  return lists.map(([key, records]) => fromRecords(lists.length > 1 ? key : null, records));
}

function parseJson(path: string, text: string, ending: string): unknown {
  try {
    return ending === 'json' ? JSON.parse(text) : text.split(/\r?\n/).filter((line) => line.trim() !== '').map((line) => JSON.parse(line) as unknown);
  } catch (error) {
    throw new ToolError(`${path} is no valid JSON: ${(error as Error).message}`);
  }
}

async function fromWorkbook(path: string, bytes: Buffer): Promise<Table[]> {
  await listArchive(bytes); // refuses bombs
  const sheets = await readXlsxFile(bytes).catch((error) => {
    throw error instanceof UnreadableDocument ? error : new ToolError(`${path} cannot be read as an Excel workbook.`);
  });
  const tables = sheets.map(({ sheet, data }) => fromSheet(sheet, data.map((row) => row.map(valueOf)))).filter(hasColumns);
  return tables.length === 1 ? [{ ...tables[0], part: null }] : tables;
}

function fromSheet(part: string, cells: Value[][]): Table {
  const filled = cells.filter((row) => row.some((value) => value !== null && value !== ''));
  const [header = [], ...rows] = filled;
  const width = filled.reduce((most, row) => Math.max(most, row.findLastIndex((value) => value !== null && value !== '') + 1), 0);
  const columns = columnNames(Array.from({ length: width }, (_, column) => String(header[column] ?? '')));
  return { part, columns, rows: rows.map((row) => columns.map((_, column) => row[column] ?? null)) };
}
