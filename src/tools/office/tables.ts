import type { Cell, TableInput } from './content.js';
import { textHeight, textWidth, wrapText } from './measure.js';
import { plainText } from './paragraphs.js';

/** A table with equally long rows of text, ready to be set. */
export interface Table {
  headers: string[] | null;
  rows: string[][];
  /** Columns of numbers are set to the right. */
  numeric: boolean[];
}

const numberFormat = new Intl.NumberFormat('en-US', { maximumFractionDigits: 6 });

/** `grouped` numbers get separators between thousands. */
function cellText(cell: Cell | undefined, grouped: boolean): string {
  if (cell === null || cell === undefined) return '';
  if (typeof cell === 'number') return grouped ? numberFormat.format(cell) : String(cell);
  if (typeof cell === 'boolean') return cell ? 'Yes' : 'No';
  return plainText(cell.replace(/\s+/g, ' ').trim());
}

const looksNumeric = (text: string) => /^[-+−(]?[$€£¥]?\s?\d[\d.,\s']*\s?(%|[$€£¥]|k|m|bn)?\)?$/i.test(text);

const looksLikeYear = (cell: Cell | undefined) => typeof cell !== 'number' || (Number.isInteger(cell) && cell >= 1900 && cell < 2100);

/** Evens out ragged rows and finds the columns of numbers. */
export function normalTable(input: TableInput): Table {
  const columns = Math.max(input.headers?.length ?? 0, ...input.rows.map((row) => row.length));
  const grouped = Array.from({ length: columns }, (_, index) => !input.rows.every((row) => looksLikeYear(row[index])));
  const fill = (cells: Cell[]) => grouped.map((groups, index) => cellText(cells[index], groups));
  const rows = input.rows.map(fill);
  const numeric = Array.from({ length: columns }, (_, index) => {
    const filled = rows.map((row) => row[index]).filter((text) => text !== '' && text !== '–' && text !== '-');
    return filled.length > 0 && filled.every(looksNumeric);
  });
  return { headers: input.headers ? fill(input.headers) : null, rows, numeric };
}

/** All rows with the header first. */
export const allRows = (table: Table): string[][] => (table.headers ? [table.headers, ...table.rows] : table.rows);

/** What each column would take if nothing had to wrap, in points, padding included. */
function naturalWidths(table: Table, size: number, padding: number): number[] {
  return table.numeric.map((_, column) =>
    Math.max(size * 2, ...allRows(table).map((row, index) => textWidth(row[column], size, index === 0 && table.headers !== null))) + 2 * padding + 1);
}

/** Columns of numbers grow by half at most, because far from one another they are hard to read; text takes the rest. */
function widened(natural: number[], numeric: boolean[], available: number): number[] {
  const total = natural.reduce((sum, width) => sum + width, 0);
  const target = Math.min(available, Math.max(total * 1.1, available * ([0.5, 0.6, 0.8][natural.length - 1] ?? 1)));
  const even = target / total;
  if (numeric.every((is) => is === numeric[0])) return natural.map((width) => width * even);
  const factor = Math.min(even, 1.5);
  const numbers = natural.reduce((sum, width, column) => sum + (numeric[column] ? width * factor : 0), 0);
  const texts = natural.reduce((sum, width, column) => sum + (numeric[column] ? 0 : width), 0);
  return natural.map((width, column) => (numeric[column] ? width * factor : (width * (target - numbers)) / texts));
}

/**
 * Widths of the columns in points for a table of at most `available` points: narrow columns keep what they need,
 * and the wide ones share the rest. A table that needs less is widened so that it does not look lost.
 */
export function columnWidths(table: Table, available: number, size: number, padding: number): number[] {
  const natural = naturalWidths(table, size, padding);
  const total = natural.reduce((sum, width) => sum + width, 0);
  if (total <= available) return widened(natural, table.numeric, available);
  const widths = new Array<number>(natural.length);
  let left = available;
  const order = natural.map((_, index) => index).sort((one, other) => natural[one] - natural[other]);
  order.forEach((column, done) => {
    widths[column] = Math.min(natural[column], left / (order.length - done));
    left -= widths[column];
  });
  return widths;
}

/** Height of a row in points. */
export const rowHeight = (row: string[], widths: number[], size: number, padding: number, bold = false): number =>
  Math.max(...row.map((text, column) => textHeight(text, widths[column] - 2 * padding, size, bold))) + 2 * padding;

/** Words of at most this many characters are never to be cut; longer ones may have to. */
const longestWhole = 18;

/** True when no ordinary word has to be cut to fit its column. */
export const keepsWords = (table: Table, widths: number[], size: number, padding: number): boolean =>
  allRows(table).every((row, index) => row.every((text, column) => text.split(/\s+/).every((word) =>
    [...word].length > longestWhole || wrapText(word, widths[column] - 2 * padding, size, index === 0 && table.headers !== null).length === 1)));

/** The widths at the largest of the sizes (in falling order) that keeps words whole, or at the last one. */
export function fitTable(table: Table, available: number, sizes: number[], padding: number): { size: number; widths: number[] } {
  const tries = sizes.map((size) => ({ size, widths: columnWidths(table, available, size, padding) }));
  return tries.find(({ size, widths }) => keepsWords(table, widths, size, padding)) ?? tries.at(-1)!;
}
