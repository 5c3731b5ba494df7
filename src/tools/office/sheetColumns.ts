import type { Cell } from './content.js';

/** What a column of a sheet holds, and how it is shown. */

export interface SheetColumn {
  header: string;
  format?: 'text' | 'integer' | 'number' | 'percent' | 'currency' | 'date' | 'datetime';
  currency?: string;
  /** Characters. */
  width?: number;
}

const isoDate = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2})?)?$/;
const msPerDay = 86_400_000;
/** Day 0 of Excel's calendar; right for every date after February 1900. */
const dayZero = Date.UTC(1899, 11, 30);
const narrowest = 9;
const widest = 48;
/** A character of the sheet's font in the units of a column's width, and the room beside the text. */
const unitsPerCharacter = 1.12;
const padding = 3;

/** The serial number of an ISO date ("2025-01-31", "2025-01-31T09:30"), null for anything else, days that do not exist included. */
export function dateSerial(cell: Cell): number | null {
  if (typeof cell !== 'string' || !isoDate.test(cell)) return null;
  const time = Date.parse(`${cell.replace(' ', 'T')}${cell.length > 10 ? 'Z' : ''}`);
  if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== cell.slice(0, 10)) return null;
  return (time - dayZero) / msPerDay;
}

/** What a column without a format holds, judged by its values (formulas by their results). */
export function inferFormat(values: Cell[]): SheetColumn['format'] {
  const filled = values.filter((value) => value !== null && value !== '');
  if (filled.length === 0) return undefined;
  if (filled.every((value) => dateSerial(value) !== null)) return filled.some((value) => String(value).length > 10) ? 'datetime' : 'date';
  const numbers = filled.filter((value) => typeof value === 'number');
  if (numbers.length === 0) return undefined;
  if (numbers.every((value) => Number.isInteger(value) && value >= 1900 && value < 2100)) return undefined; // years
  return numbers.every((value) => Number.isInteger(value)) ? 'integer' : 'number';
}

/** Excel's pattern for an amount of money, with the sign where the currency has it. */
function currencyPattern(currency: string): string {
  const parts = new Intl.NumberFormat('en-US', { style: 'currency', currency, currencyDisplay: 'narrowSymbol' }).formatToParts(1);
  const sign = parts.find((part) => part.type === 'currency')!.value;
  return ['USD', 'GBP', 'JPY', 'CNY', 'INR'].includes(currency) ? `"${sign}"#,##0.00` : `#,##0.00 "${sign}"`;
}

/** Excel's number format of a column, null for its default. */
export function numberPattern(column: SheetColumn): string | null {
  switch (column.format) {
    case 'text': return '@';
    case 'integer': return '#,##0';
    case 'number': return '#,##0.00';
    case 'percent': return '0.0%';
    case 'currency': return currencyPattern(column.currency ?? 'USD');
    case 'date': return 'yyyy-mm-dd';
    case 'datetime': return 'yyyy-mm-dd hh:mm';
    default: return null;
  }
}

function shownLength(value: Cell, column: SheetColumn): number {
  if (value === null) return 0;
  if (column.format === 'date') return 10;
  if (column.format === 'datetime') return 16;
  if (typeof value !== 'number') return Math.max(...String(value).split('\n').map((line) => [...line].length));
  const digits = Math.round(Math.abs(value)).toString().length;
  const extra = { integer: 0, number: 3, percent: 5, currency: 7 }[column.format as string] ?? Math.min(12, String(value).length - digits);
  return digits + Math.floor((digits - 1) / 3) + extra;
}

/** The width in characters that shows the column's values, within sensible bounds. */
export function columnWidth(column: SheetColumn, values: Cell[]): number {
  if (column.width) return column.width;
  // Headers are bold and have the arrow of the filter beside them.
  const longest = values.reduce<number>((most, value) => Math.max(most, shownLength(value, column)), [...column.header].length * 1.1 + 2);
  return Math.min(widest, Math.max(narrowest, longest * unitsPerCharacter + padding));
}
