/** What may be said about numbers: which can be compared, added up or subtracted, and which stand for themselves. */

import type { Pair } from './pairs.js';
import type { DataTable } from './tables.js';
import { isTime } from './tables.js';

const income = /^(?:(?:total|net|gross|q[1-4]|annual|yearly|monthly)\s+)*(?:revenues?|sales|turnover|income)$/i;
const outgo = /^(?:(?:total|operating|overall|q[1-4]|annual|yearly|monthly)\s+)*(?:costs?|expenses?|spending|expenditures?)$/i;
const gain = /\b(?:profits?|loss(?:es)?|results?|surplus|deficit|ebitda?|net income)\b/i;
const money = /\b(?:revenues?|sales|turnover|income|earnings|costs?|expenses?|expenditures?|spend(?:ing)?|profits?|loss(?:es)?|ebitda?|budget|cash|debt|funding|fees?|salar(?:y|ies)|arr|mrr|bookings|price|umsatz|kosten|gewinn)\b/i;
/** Each of these is a quantity of its own kind. */
const measure = /\b(?:nps|csat|scores?|ratings?|index|headcount|employees|staff|people|team|hires?|customers?|clients?|users?|members?|visitors?|visits?|views|orders?|tickets?|leads?|calls?|sign-?ups?|downloads?|subscribers?|deals?|churn|growth|rate|margin|uptime|days|hours|weeks|months|quantity|units|number|count|offices?|projects?|milestones?|complaints?|temperature|age)\b/i;
/** Rates and averages, which never add up. */
const rate = /\b(?:prices?|rates?|percent|average|mean|median|scores?|nps|ratings?|index|temperature|age|share|margin|uptime)\b/i;
/** Amounts that exist at one time: they add up over teams or places and not over months. */
const stock = /\b(?:headcount|employees|staff|members?|subscribers?|balance|stock|inventory|capacity)\b/i;
/** Labels beside which others are not parts of the same whole. */
const opposed = /\b(?:totals?|sum|overall|altogether|plan(?:ned)?|actual|target|goal|forecast|previous|last year|before|after|income|revenues?|profits?|loss(?:es)?)\b/i;
const whole = /\b(?:budget|expenses?|spending|costs?|sales|revenues?|turnover|orders|bookings|invoice|ausgaben|kosten|umsatz|dépenses|gastos)\b/i;
/** What is counted over time, so that months make a year. */
const flow = /\b(?:hours|visits|visitors|tickets|downloads|sign-?ups|loans|calls|deliveries|consumption|production|rainfall)\b/i;
const partHeader = /^(?:region|month|quarter|week|day|period|department|category|product|item type|country|city|branch|store|channel|customer|supplier|project|cost cent(?:er|re)|team)s?$/i;
const totalAsked = /\b(?:with|and|plus|including|show|add|give|calculate|compute)\s+(?:me\s+)?(?:an?\s+|the\s+|its\s+|their\s+)?(?:grand\s+|overall\s+)?(?:totals?|sums?|summe)\b|\b(?:add|sum|total)\s+(?:it|them|these|those|this|everything|the \w+)?\s*up\b|\bwhat is the total\b|\bmit summe\b/i;

/** The kind of a quantity: two are comparable when theirs are the same. 'plain' is told by its label alone. */
export function kindOf({ label, unit, counted }: Pick<Pair, 'label' | 'unit' | 'counted'>): string {
  if (unit === '%') return 'percent';
  if (unit || (!isTime(label) && money.test(label))) return 'money';
  return !isTime(label) && (counted || measure.test(label)) ? label.toLowerCase() : 'plain';
}

const labelOf = (table: DataTable, index: number): string => table.pairs?.[index].label ?? String(table.rows[index][0]);

const kindsOf = (table: DataTable): string[] =>
  table.rows.map((_, index) => (table.parts ? 'plain' : kindOf(table.pairs?.[index] ?? { label: labelOf(table, index), unit: '', counted: false })));

/** True when pairs are the items of a budget or the like: there "Sales 500" is a department and no money that came in. */
export const areParts = (pairs: Pair[], about: string): boolean =>
  /\b(?:budget|expenses|spending|ausgaben|dépenses|gastos)\b/i.test(about) && pairs.every((pair) => !pair.counted && pair.unit !== '%' && /^(?:plain|money)$/.test(kindOf(pair)) && !opposed.test(pair.label));

/** The largest group of rows that can stand in one chart, or null when no two can. */
export function comparableRows(table: DataTable): DataTable | null {
  const kinds = kindsOf(table);
  const counts = new Map<string, number>();
  for (const kind of kinds) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const [kind, count] = [...counts].sort((one, other) => other[1] - one[1])[0] ?? ['', 0];
  const kept = kinds.flatMap((one, index) => (one === kind ? [index] : []));
  const labels = kept.map((index) => labelOf(table, index));
  if (count < 2 || new Set(labels).size < count) return null;
  if (!table.pairs) return count === kinds.length ? table : { ...table, rows: kept.map((index) => table.rows[index]) };
  const pairs = kept.map((index) => table.pairs![index]);
  const units = [...new Set(pairs.map(({ unit }) => unit))];
  if (units.filter(Boolean).length > 1 || (kind === 'plain' && !labels.every(isTime) && spread(pairs) > 1000)) return null;
  return { ...table, pairs, unit: units.length === 1 ? units[0] : '', rows: pairs.map(({ label, value }) => [label, value]) };
}

const spread = (pairs: Pair[]): number => {
  const sizes = pairs.map(({ value }) => Math.abs(value)).filter((value) => value > 0);
  return sizes.length ? Math.max(...sizes) / Math.min(...sizes) : 1;
};

/** Numeric columns of the same kind as the first one: money and head counts do not share an axis. */
export function comparableColumns(table: DataTable): number[] {
  const numeric = table.columns.map((_, index) => index).filter((index) => index > 0 && table.rows.every((row) => typeof row[index] === 'number'));
  const kind = (index: number) => kindOf({ label: table.columns[index], unit: /%|percent/i.test(table.columns[index]) ? '%' : '', counted: false });
  return numeric.filter((index) => kind(index) === kind(numeric[0]));
}

/**
 * Whether the values of a column make a total: the request asks for one, or the rows are parts of one whole (a budget,
 * sales by region or month). `about` is the topic and the name of the numbers, `asked` the request's own words.
 */
export function totalBelongs(table: DataTable, column: number, about: string, asked: string): boolean {
  const subject = `${about} ${table.name ?? ''}`;
  const labels = table.rows.map((_, index) => labelOf(table, index));
  if (table.unit === '%' || table.rows.length < 2 || labels.some((label) => opposed.test(label))) return false;
  if (rate.test(`${table.columns[column]} ${subject}`) || (stock.test(`${table.columns[column]} ${subject}`) && labels.every(isTime))) return false;
  if (comparableRows(table)?.rows.length !== table.rows.length || new Set(table.pairs?.map(({ unit }) => unit)).size > 1) return false;
  if (totalAsked.test(asked)) return true;
  // Revenue and costs are no parts of one whole, whatever they are called together.
  if (labels.some((label) => income.test(label)) && labels.some((label) => outgo.test(label))) return false;
  return whole.test(subject) || (labels.every(isTime) && flow.test(subject)) || (!table.pairs && partHeader.test(table.columns[0])) || (whole.test(table.columns[column]) && labels.every(isTime));
}

/** The sum of a column, without the noise of binary fractions. */
export const totalOf = (table: DataTable, column: number): number => Number(table.rows.reduce((sum, row) => sum + Number(row[column]), 0).toPrecision(12));

/** What follows from a table by arithmetic alone, in sentences that say how. */
export function conclusions(table: DataTable, about: string, asked: string): string[] {
  const result = resultOf(table);
  if (result) return [result];
  const compared = comparableRows(table);
  if (!compared || compared.rows.length < table.rows.length || (!table.parts && table.rows.some((_, index) => kindOf({ label: labelOf(table, index), unit: '', counted: false }) !== 'plain'))) return totals(table, about, asked);
  if (table.rows.some((_, index) => opposed.test(labelOf(table, index)))) return [];
  return [...comparableColumns(table).slice(0, 2).flatMap((column) => extremes(table, column)), ...totals(table, about, asked)];
}

const columnName = (table: DataTable, column: number): string => (table.columns.length > 2 ? ` ${table.columns[column]}` : '');

const totals = (table: DataTable, about: string, asked: string): string[] =>
  comparableColumns(table).slice(0, 2).filter((column) => totalBelongs(table, column, about, asked)).map((column) => `Total${columnName(table, column)}: ${withUnit(totalOf(table, column), table.unit)}`);

function extremes(table: DataTable, column: number): string[] {
  const order = table.rows.map((_, index) => index).sort((one, other) => Number(table.rows[other][column]) - Number(table.rows[one][column]));
  const [first, last] = [order[0], order.at(-1)!];
  if (table.rows[first][column] === table.rows[last][column]) return [];
  const said = (index: number) => `${labelOf(table, index)} (${table.pairs?.[index].written ?? withUnit(Number(table.rows[index][column]), table.unit)})`;
  return [`Highest${columnName(table, column)}: ${said(first)}`, `Lowest${columnName(table, column)}: ${said(last)}`];
}

/** "Result: 400,000 (revenue minus costs)", where each is given once, in the same unit, and no result is. */
function resultOf({ pairs = [] }: DataTable): string | null {
  const [one, ...more] = pairs.filter(({ label }) => income.test(label));
  const [other, ...others] = pairs.filter(({ label }) => outgo.test(label));
  if (!one || !other || more.length || others.length || one.unit !== other.unit || one.unit === '%' || pairs.some(({ label }) => gain.test(label))) return null;
  const difference = Number((one.value - other.value).toPrecision(12));
  return `Result: ${withUnit(difference, one.unit)} (${one.label.toLowerCase()} minus ${other.label.toLowerCase()})`;
}

/** "$1,200.50", "40%", "1,200 EUR". */
export function withUnit(value: number, unit: string): string {
  const cents = /^[$€£¥]$/.test(unit) && !Number.isInteger(value);
  const digits = new Intl.NumberFormat('en-US', { minimumFractionDigits: cents ? 2 : 0, maximumFractionDigits: 6 }).format(Math.abs(value));
  const sign = value < 0 ? '-' : '';
  return /^[$€£¥]$/.test(unit) ? `${sign}${unit}${digits}` : unit ? `${sign}${digits}${unit === '%' ? '%' : ` ${unit}`}` : `${sign}${digits}`;
}
