import { columnWidths, keepsWords, rowHeight } from './tables.js';
import type { Table } from './tables.js';

/** Sizes the table of a slide and spreads its rows over several when there are too many. All lengths in points. */

export interface TableBlock {
  table: Table;
  size: number;
  widths: number[];
  /** One per row, the header first. */
  heights: number[];
}

export const cellPadding = 6;
const sizes = [16, 14, 13, 12, 11, 10];
/** Below this a table is better spread over several slides. */
const comfortable = 12;
/** The largest size of a table that takes several slides. */
const spread = 14;

interface Measured { size: number; widths: number[]; header: number; heights: number[] }

function measure(table: Table, width: number, size: number): Measured {
  const widths = columnWidths(table, width, size, cellPadding);
  return {
    size, widths,
    header: table.headers ? rowHeight(table.headers, widths, size, cellPadding, true) : 0,
    heights: table.rows.map((row) => rowHeight(row, widths, size, cellPadding)),
  };
}

const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);

/** How many rows go on each slide, at most `most`: the first may be lower than the others. Null when a row fits on none. */
function pages({ header, heights }: Measured, firstHeight: number, height: number, most = Infinity): number[] | null {
  if (Math.max(...heights) + header > height) return null;
  const counts: number[] = [0];
  let left = firstHeight - header;
  for (const row of heights) {
    if (row > left || counts.at(-1)! >= most) {
      counts.push(0);
      left = height - header;
    }
    counts[counts.length - 1]++;
    left -= row;
  }
  return counts[0] === 0 ? null : counts;
}

/** As many slides as needed, about equally full. */
function evenPages(measured: Measured, firstHeight: number, height: number): number[] | null {
  const counts = pages(measured, firstHeight, height);
  const evened = counts && pages(measured, firstHeight, height, Math.ceil(measured.heights.length / counts.length));
  return evened && evened.length === counts.length ? evened : counts;
}

/**
 * The table on as many slides as needed, each with the header. The first has `firstHeight`, the others `height`.
 * Null when a single row is too high for them.
 */
export function pageTable(table: Table, width: number, firstHeight: number, height: number): TableBlock[] | null {
  const all = sizes.map((size) => measure(table, width, size));
  const tidy = all.filter((one) => keepsWords(table, one.widths, one.size, cellPadding));
  const measured = tidy.length > 0 ? tidy : all.slice(-1);
  const whole = measured.find((one) => one.header + sum(one.heights) <= firstHeight && one.size >= comfortable);
  const paged = measured.filter((one) => one.size <= spread && evenPages(one, firstHeight, height));
  const fewest = Math.min(...paged.filter((one) => one.size >= comfortable).map((one) => evenPages(one, firstHeight, height)!.length));
  const chosen = whole ?? paged.find((one) => evenPages(one, firstHeight, height)!.length <= fewest) ?? paged[0];
  if (!chosen) return null;
  const counts = evenPages(chosen, firstHeight, height)!;
  let start = 0;
  return counts.map((count) => {
    const rows = table.rows.slice(start, start + count);
    const heights = [...(table.headers ? [chosen.header] : []), ...chosen.heights.slice(start, start + count)];
    start += count;
    return { table: { ...table, rows }, size: chosen.size, widths: chosen.widths, heights };
  });
}
