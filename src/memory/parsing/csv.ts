import papaparse from 'papaparse';
import { tableOf, type Block } from './blocks.js';

/** A table of comma-, semicolon- or tab-separated values. The first row names the columns. */
export function readCsv(text: string): Block[] {
  const { data } = papaparse.parse<string[]>(text, { skipEmptyLines: 'greedy' });
  const table = tableOf(data, true);
  return table ? [table] : [];
}

/**
 * Whether a text is such a table: all its rows have as many cells as the first, whose cells read like names. Prose with commas
 * does not.
 * @param isWhole false when the text may end within a row
 */
export function looksLikeTable(text: string, isWhole: boolean): boolean {
  const { data, meta } = papaparse.parse<string[]>(text, { preview: 100, skipEmptyLines: 'greedy' });
  const rows = isWhole || data.length === 100 ? data : data.slice(0, -1);
  const [names = []] = rows;
  if (rows.length < 2 || names.length < 2 || (rows.length < 3 && names.length < 3)) return false;
  if (meta.delimiter === '|' && rows[1]!.every((cell) => /^[\s:-]*$/.test(cell))) return false;
  const named = names.every((name) => name.trim() !== '' && name.length <= 60 && !/[.!?:]\s*$/.test(name));
  return named && new Set(names).size === names.length && rows.every((row) => row.length === names.length);
}
