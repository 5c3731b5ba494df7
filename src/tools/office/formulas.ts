import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { initSync, Model } from '@ironcalc/wasm';
import { ToolError } from '../tool.js';
import type { Cell } from './content.js';

/** Works formulas out with IronCalc, so that viewers which do not calculate show values too. */

export interface SheetCells {
  name: string;
  /** All rows, the header included; the first is row 1. */
  rows: Cell[][];
}

export interface FormulaError {
  sheet: string;
  cell: string;
  formula: string;
  error: string;
}

export interface FormulaResults {
  /** What a formula gives, as a number, text or truth value; an error is text such as `#DIV/0!`. Null when there is no value. */
  valueAt(sheet: number, row: number, column: number): Cell;
  errors: FormulaError[];
}

const numberType = 1;
const booleanType = 4;
const errorType = 16;
/** Errors of the calculation that are not values in Excel: wrong syntax would make it call the file damaged. */
const fatal: Record<string, string> = { '#ERROR!': 'cannot be read; use English function names and commas', '#CIRC!': 'refers to itself' };
/** What IronCalc cannot work out, though Excel may. */
const unknownHere = '#N/IMPL!';
/** Calls that reach out of the workbook. */
const reachesOut = /\b(WEBSERVICE|RTD|DDE|CALL|REGISTER(\.ID)?|FILTERXML)\s*\(|\|[^!]*!|\[https?:/i;

const withPrefix = (prefix: string, names: string) => names.split(' ').map((name) => [name, prefix] as const);
/** Functions younger than the file format carry a prefix inside the file ([MS-XLSX] 2.2.2). */
const futureFunctions = new Map([
  ...withPrefix('_xlfn.', 'XLOOKUP XMATCH UNIQUE SORTBY SEQUENCE RANDARRAY TEXTJOIN CONCAT IFS SWITCH MAXIFS MINIFS IFNA XOR DAYS NUMBERVALUE STDEV.S STDEV.P VAR.S VAR.P '
    + 'RANK.EQ RANK.AVG PERCENTILE.INC PERCENTILE.EXC QUARTILE.INC QUARTILE.EXC MODE.SNGL FORECAST.LINEAR TEXTBEFORE TEXTAFTER TEXTSPLIT VSTACK HSTACK TAKE DROP CHOOSECOLS CHOOSEROWS TOCOL TOROW ISOWEEKNUM'),
  ...withPrefix('_xlfn._xlws.', 'FILTER SORT'),
]);

export const isFormula = (cell: Cell): boolean => typeof cell === 'string' && /^=\s*\S/.test(cell);

/** A cell that begins with an apostrophe is text, as in Excel: `'=x` shows `=x`. */
export const literalText = (text: string): string => (text.startsWith("'") ? text.slice(1) : text);

/** `(0, 27)` → `AB1`. */
export function cellName(row: number, column: number): string {
  let letters = '';
  for (let rest = column; rest >= 0; rest = Math.floor(rest / 26) - 1) letters = String.fromCharCode(65 + (rest % 26)) + letters;
  return `${letters}${row + 1}`;
}

/** The formula as it stands in a file. Text in quotes is left alone. */
export const storedFormula = (formula: string): string =>
  formula.split(/("(?:[^"]|"")*"|'(?:[^']|'')*')/).map((piece, index) => (index % 2 === 1 ? piece
    : piece.replace(/(?<![\w.])([A-Z][A-Z.]+)(?=\()/gi, (name) => (futureFunctions.get(name.toUpperCase()) ?? '') + name))).join('');

function inputOf(cell: Cell): string | null {
  if (cell === null || cell === '') return null;
  if (typeof cell === 'number') return String(cell);
  if (typeof cell === 'boolean') return cell ? 'TRUE' : 'FALSE';
  return isFormula(cell) ? cell : `'${literalText(cell)}`;
}

function load(sheets: SheetCells[]): Model {
  initSync({ module: readFileSync(createRequire(import.meta.url).resolve('@ironcalc/wasm/wasm_bg.wasm')) });
  const model = new Model('workbook', 'en', 'UTC', 'en');
  model.pauseEvaluation();
  sheets.forEach((_, index) => { if (index > 0) model.newSheet(); });
  // Renamed first, because a formula may speak of a later sheet.
  sheets.forEach((sheet, index) => model.renameSheet(index, sheet.name));
  sheets.forEach((sheet, index) => sheet.rows.forEach((row, r) => row.forEach((cell, c) => {
    const input = inputOf(cell);
    if (input !== null) model.setUserInput(index, r + 1, c + 1, input);
    // The format gives every digit; a cell's own would round.
    if (isFormula(cell)) model.updateRangeStyle({ sheet: index, row: r + 1, column: c + 1, width: 1, height: 1 }, 'num_fmt', '0.0000000000000000E+00');
  })));
  model.resumeEvaluation();
  model.evaluate();
  return model;
}

function valueOf(model: Model, sheet: number, row: number, column: number): Cell {
  const text = model.getFormattedCellValue(sheet, row + 1, column + 1);
  const type = model.getCellType(sheet, row + 1, column + 1);
  if (text === unknownHere) return null;
  if (type === booleanType) return text === 'TRUE';
  // Fourteen digits are exact; what follows is noise of the conversion.
  return type === numberType ? Number(Number(text).toPrecision(14)) : text;
}

/** Refuses what must not stand in a file at all. */
function checkFormula(formula: string, where: string): void {
  if (reachesOut.test(formula)) throw new ToolError(`The formula in ${where} reaches out of the workbook, which is not allowed: ${formula.slice(0, 100)}`);
}

/**
 * The results of all formulas. Errors such as `#DIV/0!` are listed, so that they can be told;
 * throws ToolError for formulas that cannot be read, refer to themselves or reach out of the workbook.
 */
export function workOut(sheets: SheetCells[]): FormulaResults {
  const each = (visit: (formula: string, sheet: number, row: number, column: number) => void) => sheets.forEach((sheet, index) =>
    sheet.rows.forEach((row, r) => row.forEach((cell, c) => { if (isFormula(cell)) visit(String(cell), index, r, c); })));
  const placeOf = (sheet: number, row: number, column: number) => `${sheets[sheet].name}!${cellName(row, column)}`;
  each((formula, ...place) => checkFormula(formula, placeOf(...place)));
  const model = load(sheets);
  const errors: FormulaError[] = [];
  each((formula, sheet, row, column) => {
    if (model.getCellType(sheet, row + 1, column + 1) !== errorType) return;
    const error = model.getFormattedCellValue(sheet, row + 1, column + 1);
    if (fatal[error]) throw new ToolError(`The formula in ${placeOf(sheet, row, column)} ${fatal[error]}: ${formula.slice(0, 100)}`);
    if (error !== unknownHere) errors.push({ sheet: sheets[sheet].name, cell: cellName(row, column), formula, error });
  });
  return { valueAt: (sheet, row, column) => valueOf(model, sheet, row, column), errors };
}
