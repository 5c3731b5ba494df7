import { formatNumber } from '../texts/locale';

/** How a piece of JSON is best shown to people. */
export type Readable =
  | { kind: 'nothing' }
  | { kind: 'text'; text: string }
  | { kind: 'words'; items: string[] }
  | { kind: 'table'; columns: string[]; rows: string[][] }
  | { kind: 'cards'; cards: { title: string | null; rest: unknown }[] }
  | { kind: 'fields'; fields: { name: string; value: unknown }[] };

type Plain = string | number | boolean | null;

const isPlain = (value: unknown): value is Plain => value === null || typeof value !== 'object';
const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
const isEmpty = (value: unknown) =>
  value === null || value === undefined || value === '' || (typeof value === 'object' && Object.keys(value).length === 0);

/** What an item of a list is called, where it says so. */
const titleKeys = ['title', 'name', 'heading', 'label', 'subject'];
const longestCell = 80;
const mostColumns = 6;

export interface Words {
  yes: string;
  no: string;
}

const textOf = (value: Plain | undefined, words: Words): string =>
  typeof value === 'boolean' ? (value ? words.yes : words.no) : typeof value === 'number' ? formatNumber(value) : (value ?? '');

/** Chooses between prose, a list, a table, titled cards and named fields. */
export function readable(value: unknown, words: Words): Readable {
  if (isEmpty(value)) return { kind: 'nothing' };
  if (isPlain(value)) return { kind: 'text', text: textOf(value, words) };
  if (Array.isArray(value)) return readableList(value, words);
  const fields = Object.entries(value as Record<string, unknown>).filter(([, field]) => !isEmpty(field));
  return { kind: 'fields', fields: fields.map(([name, field]) => ({ name, value: field })) };
}

function readableList(list: unknown[], words: Words): Readable {
  if (list.every(isPlain)) return { kind: 'words', items: list.map((item) => textOf(item, words)) };
  if (list.every((row) => Array.isArray(row) && row.every(isPlain))) {
    return { kind: 'table', columns: [], rows: (list as Plain[][]).map((row) => row.map((cell) => textOf(cell, words))) };
  }
  if (list.every(isRecord)) {
    const columns = [...new Set(list.flatMap((row) => Object.keys(row)))];
    if (columns.length <= mostColumns && list.every((row) => Object.values(row).every(isCell))) {
      return { kind: 'table', columns, rows: list.map((row) => columns.map((column) => textOf(row[column] as Plain | undefined, words))) };
    }
  }
  return { kind: 'cards', cards: list.map(cardOf) };
}

const isCell = (value: unknown) => isPlain(value) && String(value).length <= longestCell;

function cardOf(item: unknown): { title: string | null; rest: unknown } {
  if (!isRecord(item)) return { title: null, rest: item };
  const key = titleKeys.find((name) => typeof item[name] === 'string' && item[name] !== '');
  if (!key) return { title: null, rest: item };
  const { [key]: title, ...rest } = item;
  return { title: title as string, rest };
}
