/** Tables in a text, carried over exactly as written: lines of values, series, and lists of pairs. */

import { listed } from './wording.js';
import { numberForm, readPairs, type Pair } from './pairs.js';

export interface DataTable {
  /** What the numbers are, when the text says so ("sales"), else null. */
  name: string | null;
  columns: string[];
  rows: (string | number)[][];
  /** A sign that all values carry ("$", "€", "%"), else ''. */
  unit: string;
  /** The pair behind each row, where pairs made the table. */
  pairs?: Pair[];
  /** True when the rows are known to be parts of one whole. */
  parts?: boolean;
}

/** A table and what the text says besides. */
export interface Found {
  table: DataTable;
  rest: string;
}

const timeWord = /^(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec|mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?$|^(?:Q[1-4]|H[12]|FY\s?\d{2,4}|(?:19|20)\d\d|week\s?\d+|W\d+)$/i;

/** True for months, weekdays, quarters, years: labels that stand in order of time. */
export const isTime = (label: string): boolean =>
  timeWord.test(label.trim()) || /^(?:[a-z]{3,9}\.?|Q[1-4]|H[12])\s+(?:19|20)?\d\d$/i.test(label.trim());

/** What a table is of, in its own labels: "Jan to Apr", "Revenue and costs". */
export function spanOf(table: DataTable): string {
  const labels = table.rows.map((row, index) => table.pairs?.[index].label ?? String(row[0]));
  return labels.length > 3 || labels.every(isTime) ? `${labels[0]} to ${labels.at(-1)}` : listed(labels);
}

/** The numbers of a text as one table, or null when it gives none. Lines of CSV come first, then lists of pairs. */
export const readTable = (text: string): DataTable | null => findTable(text)?.table ?? tableOfPairs(readPairs(text));

/** A table that the text writes as one, in lines or series. */
export const findTable = (text: string): Found | null => readLines(text) ?? readSeries(text);

/** True when the numbers are years and so say nothing: "Q1 2025, Q2 2025". */
const onlyYears = (pairs: Pair[]): boolean => pairs.every((pair) => isTime(pair.label) && /^(?:19|20)\d\d$/.test(pair.written));

/** Two or more pairs as a table. Where their units differ, each label says its own. */
export function tableOfPairs(given: Pair[]): DataTable | null {
  if (given.length < 2 || onlyYears(given)) return null;
  const { name, pairs } = named(given);
  const units = new Set(pairs.map(({ unit }) => unit));
  const unit = units.size === 1 ? pairs[0].unit : '';
  const rows = pairs.map(({ label, value, unit: own }) => [`${label}${!unit && own ? ` (${own})` : ''}`, value]);
  return { name, columns: [pairs.every((pair) => isTime(pair.label)) ? 'Period' : 'Item', 'Value'], rows, unit, pairs };
}

/** "sales Q1 100, Q2 150": what stands before the first time is the name of the numbers. */
function named(given: Pair[]): { name: string | null; pairs: Pair[] } {
  const pairs = given.map((pair) => ({ ...pair, label: /^\p{Ll}[\p{Ll}'’-]*(?:\s|$)/u.test(pair.label) ? pair.label.charAt(0).toUpperCase() + pair.label.slice(1) : pair.label }));
  const first = /^(.*\S)\s+(\S+)$/.exec(given[0].label);
  if (!first || !isTime(first[2]) || !pairs.slice(1).every((pair) => isTime(pair.label))) return { name: null, pairs };
  return { name: first[1], pairs: [{ ...pairs[0], label: first[2] }, ...pairs.slice(1)] };
}

const cell = (text: string): string | number => {
  const trimmed = text.trim().replace(/^"(.*)"$/, '$1').replace(/\*\*/g, '');
  return new RegExp(`^${numberForm}$`).test(trimmed) ? Number(trimmed.replace(/,/g, '').replace('−', '-')) : trimmed;
};

/** Two or more lines with the same number of `|`, tab, `;` or `,`, at least one holding a number. */
function readLines(text: string): Found | null {
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  for (const separator of ['|', '\t', ';', ',']) {
    const { rows, taken } = rowsBy(separator, lines);
    const numeric = rows.slice(1).some((row) => row.slice(1).some((one) => typeof one === 'number'));
    if (rows.length < 2 || !numeric) continue;
    const headed = rows[0].slice(1).every((one) => typeof one === 'string');
    const columns = headed ? rows[0].map(String) : rows[0].map((_, index) => (index ? (rows[0].length === 2 ? 'Value' : `Value ${index}`) : 'Item'));
    return { table: { name: null, columns, rows: headed ? rows.slice(1) : rows, unit: '' }, rest: lines.filter((_, index) => !taken.has(index)).join('\n') };
  }
  return null;
}

/** The first block of lines that `separator` cuts into equally many cells. */
function rowsBy(separator: string, lines: string[]): { rows: (string | number)[][]; taken: Set<number> } {
  let rows: (string | number)[][] = [];
  let taken = new Set<number>();
  for (const [index, line] of lines.entries()) {
    const body = separator === '|' ? line.replace(/^\||\|$/g, '') : line;
    if (body && /^[\s|:-]+$/.test(body)) { taken.add(index); continue; }
    const cells = body.split(separator).map(cell);
    if (cells.length < 2 || (rows.length && cells.length !== rows[0].length) || cells.some((one) => typeof one === 'string' && one.length > 60)) {
      if (rows.length >= 2) break;
      [rows, taken] = [[], new Set()];
      if (cells.length < 2 || cells.length > 12) continue;
    }
    rows.push(cells);
    taken.add(index);
  }
  return { rows, taken };
}

/** "North: 10, 12, 15; South: 8, 9, 14": several values for each label. */
function readSeries(text: string): Found | null {
  const form = new RegExp(String.raw`([\p{L}][\p{L}\p{N} ]{0,30}?)\s*[:=]\s*((?:${numberForm})(?:\s*,\s+(?:${numberForm}))+)(?![\p{L}\d]|\s+(?!(?:and|und|et|with|please|as|in)\b)\p{L})`, 'gu');
  const rows = [...text.matchAll(form)].map((match) => [match[1].trim(), ...match[2].split(/,\s+/).map((one) => Number(one.replace(/,/g, '')))]);
  if (!rows.length || rows.some((row) => row.length !== rows[0].length)) return null;
  const rest = text.replace(form, ' ');
  // One series alone is a list of values without names: they are numbered.
  if (rows.length === 1) return { table: { name: String(rows[0][0]), columns: ['Number', 'Value'], rows: rows[0].slice(1).map((value, index) => [String(index + 1), value]), unit: '' }, rest };
  return { table: { name: null, columns: ['Item', ...rows[0].slice(1).map((_, index) => `Value ${index + 1}`)], rows, unit: '' }, rest };
}
