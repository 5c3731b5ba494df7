import { zipSync } from 'fflate';
import { listArchive, unpack } from '../../memory/parsing/archive.js';
import type { Cell } from '../office/content.js';
import { cellName, isFormula, workOut } from '../office/formulas.js';
import type { FormulaResults, SheetCells } from '../office/formulas.js';
import { ToolError } from '../tool.js';
import { contentOf, Grid, placeOf, storeResult } from './grid.js';
import { Workbook } from './workbook.js';

export interface WorkbookChange {
  /** The sheet to change; the first when left out. */
  sheet?: string;
  /** A sheet to add at the end, which is then the one that is changed. */
  newSheet?: string;
  cells?: { cell: string; value: Cell }[];
  /** Rows to add below the last one. */
  rows?: Cell[][];
}

export interface EditedWorkbook { bytes: Uint8Array; sheetNames: string[]; changedCells: number; firstNewRow?: number; formulaErrors?: unknown[] }

/** More cells than this are not worked out here, but when the file is opened. */
const mostWorkedOut = 500_000;

/**
 * Changes cells of an .xlsx file and leaves everything else in it as it was: formats, charts, pictures, names. Formulas are worked out anew.
 * Throws ToolError for a file that is no workbook, sheets and cells that do not exist, and formulas that cannot be read.
 */
export async function editWorkbook({ bytes, change }: { bytes: Uint8Array; change: WorkbookChange }): Promise<EditedWorkbook> {
  const source = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  await listArchive(source); // refuses bombs
  const workbook = new Workbook(await unpack(source, (name) => !name.endsWith('/')));
  const name = change.newSheet === undefined ? workbook.sheetNamed(change.sheet) : workbook.addSheet(change.newSheet);
  const grids = workbook.sheetNames.flatMap((sheet) => { const grid = workbook.grid(sheet); return grid ? [{ name: sheet, grid }] : []; });
  const grid = grids.find((sheet) => sheet.name === name)?.grid;
  if (!grid) throw new ToolError(`The sheet "${name}" has no cells, only a chart.`);
  const changed = new Set<string>();
  for (const { cell, value } of change.cells ?? []) {
    const { row, column } = placeOf(cell);
    grid.set(row, column, workbook.dated(value, grid.at(row, column)));
    changed.add(`${name}!${cellName(row, column)}`);
  }
  const firstNewRow = grid.end;
  for (const [index, cells] of (change.rows ?? []).entries()) {
    for (const [column, value] of cells.entries()) {
      const row = firstNewRow + index;
      // The row above says how a value looks, but not when that is the header.
      const above = row > 1 ? grid.at(row - 1, column) : undefined;
      grid.set(row, column, workbook.dated(value, above), above);
      changed.add(`${name}!${cellName(row, column)}`);
    }
  }
  if (change.rows?.length) workbook.extendTables(name, firstNewRow + 1, firstNewRow + change.rows.length);
  const results = storeResults(grids, workbook.sharedTexts, changed);
  for (const sheet of grids) workbook.put(sheet.name, sheet.grid.finish());
  return {
    bytes: zipSync(Object.fromEntries(workbook.finish())), sheetNames: workbook.sheetNames, changedCells: changed.size,
    ...(change.rows?.length ? { firstNewRow: firstNewRow + 1 } : {}), ...(results?.errors.length ? { formulaErrors: results.errors.slice(0, 20) } : {}),
  };
}

/** Works all formulas out; when one that was there before is beyond this, they are left to the program that opens the file. */
function storeResults(grids: { name: string; grid: Grid }[], texts: string[], changed: Set<string>): FormulaResults | null {
  let results: FormulaResults | null = null;
  const cells = grids.map(({ name, grid }) => ({ name, rows: contents(grid, texts) }));
  const count = cells.reduce((sum, sheet) => sum + sheet.rows.reduce((all, row) => all + row.length, 0), 0);
  try {
    if (count <= mostWorkedOut) results = workOut(cells);
  } catch (error) {
    const isOurs = !(error instanceof ToolError) || [...changed].some((place) => error.message.includes(` ${place} `) || error.message.includes(` ${place}:`));
    if (isOurs) throw error;
  }
  grids.forEach(({ grid }, sheet) => grid.each((cell, row, column) => {
    const content = contentOf(cell, texts);
    if (typeof content === 'string' && content.startsWith('=') && isFormula(content) && cell.attribs.t !== 's' && cell.attribs.t !== 'inlineStr') {
      storeResult(cell, results?.valueAt(sheet, row, column) ?? null);
    }
  }));
  return results;
}

function contents(grid: Grid, texts: string[]): SheetCells['rows'] {
  const rows: Cell[][] = [];
  grid.each((cell, row, column) => {
    const content = contentOf(cell, texts);
    const isText = cell.attribs.t === 's' || cell.attribs.t === 'inlineStr';
    (rows[row] ??= [])[column] = isText && typeof content === 'string' ? `'${content}` : content;
  });
  return Array.from(rows, (row) => Array.from(row ?? [], (cell) => cell ?? null));
}
