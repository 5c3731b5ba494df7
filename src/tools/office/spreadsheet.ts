import { Color, DocProperties, Format, FormatAlign, FormatBorder, Formula, Workbook } from 'wasm-xlsxwriter';
import type { Worksheet } from 'wasm-xlsxwriter';
import { ToolError } from '../tool.js';
import type { Cell, Rendered } from './content.js';
import { cellName, isFormula, literalText, storedFormula, workOut } from './formulas.js';
import type { FormulaResults, SheetCells } from './formulas.js';
import { wrapText } from './measure.js';
import { columnWidth, dateSerial, inferFormat, numberPattern } from './sheetColumns.js';
import type { SheetColumn } from './sheetColumns.js';
import { colours, officeFont } from './theme.js';

export interface SheetInput {
  name: string;
  columns: SheetColumn[];
  rows: Cell[][];
  totals?: boolean;
}

export interface SpreadsheetInput {
  title?: string;
  sheets: SheetInput[];
}

/** Rows from which a filter on the header helps. */
const filterFrom = 8;
const fontSize = 10.5;
/** Points. */
const lineHeight = 14;
const headerHeight = 22;
/** What Excel allows. */
const highestRow = 409;
/** Width in points of the digit that Excel counts columns in. */
const characterWidth = 5.25;
const errorValues = /^#(DIV\/0!|N\/A|NAME\?|NULL!|NUM!|REF!|VALUE!|SPILL!|CALC!)$/;

const colour = (hex: string) => Color.rgb(parseInt(hex, 16));

function checkSheets(sheets: SheetInput[]): void {
  const names = new Set<string>();
  for (const { name, columns, rows } of sheets) {
    if (/[[\]:*?/\\]/.test(name) || /^'|'$/.test(name) || name.trim() === '') throw new ToolError(`The sheet name "${name}" is not possible in Excel: none of [ ] : * ? / \\, and no quote at its ends.`);
    if (names.has(name.toLowerCase())) throw new ToolError(`Two sheets are named "${name}"; give each a name of its own.`);
    names.add(name.toLowerCase());
    const long = rows.findIndex((row) => row.length > columns.length);
    if (long >= 0) throw new ToolError(`Row ${long + 1} of the sheet "${name}" has ${rows[long].length} cells for ${columns.length} columns.`);
  }
}

const evaluated = (rows: Cell[][], sheet: number, results: FormulaResults | null): Cell[][] =>
  rows.map((row, r) => row.map((cell, c) => (isFormula(cell) ? results?.valueAt(sheet, r + 1, c) ?? null : cell)));

/** A row of sums below the columns of amounts; `values` are the rows with formulas worked out. */
function totalsRow(sheet: SheetInput, values: Cell[][]): Cell[] {
  const sums = sheet.columns.map((column, index): Cell => {
    const filled = values.map((row) => row[index] ?? null).filter((value) => value !== null && value !== '');
    const format = column.format ?? inferFormat(filled);
    const amounts = ['integer', 'number', 'currency'].includes(format ?? '') && filled.every((value) => typeof value === 'number');
    return amounts && filled.length > 0 ? `=SUM(${cellName(1, index)}:${cellName(sheet.rows.length, index)})` : null;
  });
  if (sums[0] === null) sums[0] = 'Total';
  return sums;
}

/** The cells as a calculation sees them: headers are text, dates are their numbers. */
const cellsOf = (sheets: SheetInput[]): SheetCells[] => sheets.map(({ name, columns, rows }) => ({
  name, rows: [columns.map((column): Cell => `'${column.header}`), ...rows.map((row) => row.map((cell) => dateSerial(cell) ?? cell))],
}));

const workOutIfAny = (sheets: SheetInput[]) => (sheets.some((sheet) => sheet.rows.flat().some(isFormula)) ? workOut(cellsOf(sheets)) : null);

/** The sheets with their rows of sums, and what all formulas give. */
function complete(sheets: SheetInput[]): { sheets: SheetInput[]; results: FormulaResults | null } {
  const results = workOutIfAny(sheets);
  if (!sheets.some((sheet) => sheet.totals)) return { sheets, results };
  const totalled = sheets.map((sheet, index) => (sheet.totals ? { ...sheet, rows: [...sheet.rows, totalsRow(sheet, evaluated(sheet.rows, index, results))] } : sheet));
  return { sheets: totalled, results: workOutIfAny(totalled) };
}

function baseFormat(): Format {
  return new Format().setFontName(officeFont).setFontSize(fontSize).setFontColor(colour(colours.ink)).setAlign(FormatAlign.Top);
}

function headerFormat(rightAligned: boolean): Format {
  const format = baseFormat().setBold().setFontColor(colour(colours.paper)).setBackgroundColor(colour(colours.primary)).setTextWrap().setAlign(FormatAlign.VerticalCenter);
  return rightAligned ? format.setAlign(FormatAlign.Right) : format.setAlign(FormatAlign.Left).setIndent(1);
}

function cellFormat(column: SheetColumn, rightAligned: boolean, wraps: boolean, total: boolean): Format {
  const format = baseFormat();
  const pattern = numberPattern(column);
  if (pattern) format.setNumFormat(pattern);
  // Text stands off from the numbers on its left.
  if (!rightAligned) format.setAlign(FormatAlign.Left).setIndent(1);
  if (wraps) format.setTextWrap();
  if (total) format.setBold().setBorderTop(FormatBorder.Thin).setBorderTopColor(colour(colours.primary)).setBackgroundColor(colour(colours.stripe));
  return format;
}

/** Lines a text takes in a column of so many characters. */
const lineCount = (text: string, width: number): number =>
  text.split('\n').reduce((sum, line) => sum + wrapText(line, (width - 2) * characterWidth, fontSize).length, 0);

const resultText = (value: Cell): string => (value === null ? '' : typeof value === 'boolean' ? (value ? 'TRUE' : 'FALSE') : typeof value === 'string' && value.startsWith('#') && !errorValues.test(value) ? '#N/A' : String(value));

function writeCell(sheet: Worksheet, row: number, index: number, cell: Cell, result: Cell, column: SheetColumn, format: Format): void {
  const serial = column.format === 'date' || column.format === 'datetime' ? dateSerial(cell) : null;
  if (isFormula(cell)) {
    const stored = storedFormula(String(cell));
    const formula = new Formula(stored).setResult(resultText(result));
    // Functions younger than the format spill in Excel; written plainly they would lose their format.
    if (stored === cell) sheet.writeFormulaWithFormat(row, index, formula, format);
    else sheet.writeDynamicFormulaWithFormat(row, index, row, index, formula, format);
  } else if (cell === null || cell === '') sheet.writeBlank(row, index, format);
  else if (serial !== null) sheet.writeNumberWithFormat(row, index, serial, format);
  else if (typeof cell === 'number') sheet.writeNumberWithFormat(row, index, cell, format);
  else if (typeof cell === 'boolean') sheet.writeBooleanWithFormat(row, index, cell, format);
  else sheet.writeStringWithFormat(row, index, literalText(cell), format);
}

/** Writes a column and tells how many lines each of its cells takes. */
function writeColumn(sheet: Worksheet, index: number, given: SheetColumn, cells: Cell[], values: Cell[], totals: boolean): number[] {
  const data = totals ? values.slice(0, -1) : values;
  const column = { ...given, format: given.format ?? inferFormat(data) };
  const width = columnWidth(column, values);
  sheet.setColumnWidth(index, width);
  const rightAligned = column.format === 'date' || column.format === 'datetime' || (data.some((value) => typeof value === 'number') && data.every((value) => typeof value !== 'string' || value === ''));
  sheet.writeStringWithFormat(0, index, column.header, headerFormat(rightAligned));
  const formats = { plain: cellFormat(column, rightAligned, false, false), wrapping: cellFormat(column, rightAligned, true, false), total: cellFormat(column, rightAligned, false, true) };
  return cells.map((cell, row) => {
    const lines = typeof cell === 'string' && !isFormula(cell) && dateSerial(cell) === null ? lineCount(cell, width) : 1;
    const format = totals && row === cells.length - 1 ? formats.total : lines > 1 ? formats.wrapping : formats.plain;
    writeCell(sheet, row + 1, index, cell, values[row], column, format);
    return lines;
  });
}

function writeSheet(workbook: Workbook, input: SheetInput, position: number, results: FormulaResults | null): void {
  const sheet = workbook.addWorksheet();
  sheet.setName(input.name);
  const values = evaluated(input.rows, position, results);
  const columnOf = (rows: Cell[][], index: number) => rows.map((row) => row[index] ?? null);
  const lines = input.columns.map((column, index) => writeColumn(sheet, index, column, columnOf(input.rows, index), columnOf(values, index), input.totals === true));
  sheet.setRowHeight(0, headerHeight);
  input.rows.forEach((_, row) => sheet.setRowHeight(row + 1, Math.min(highestRow, lineHeight * Math.max(...lines.map((column) => column[row])) + 3)));
  sheet.setFreezePanes(1, 0);
  sheet.setRepeatRows(0, 0);
  sheet.setPrintFitToPages(1, 0);
  sheet.setFooter('&L&A&RPage &P of &N');
  if (input.columns.length > 6) sheet.setLandscape();
  const dataRows = input.rows.length - (input.totals ? 1 : 0);
  if (dataRows >= filterFrom) sheet.autofilter(0, 0, dataRows, input.columns.length - 1);
}

/**
 * The bytes of an .xlsx, with its counts and the formulas that give an error.
 * Throws ToolError for impossible sheet names, rows wider than the columns, and formulas Excel could not read.
 */
export async function renderSpreadsheet(input: SpreadsheetInput): Promise<Rendered> {
  checkSheets(input.sheets);
  const { sheets, results } = complete(input.sheets);
  const formulas = sheets.flatMap((sheet) => sheet.rows.flat().filter(isFormula)).length;
  const workbook = new Workbook();
  workbook.setProperties(new DocProperties().setTitle(input.title ?? input.sheets[0].name).setAuthor('Persona Platform'));
  sheets.forEach((sheet, index) => writeSheet(workbook, sheet, index, results));
  return {
    bytes: workbook.saveToBufferSync(),
    facts: {
      sheetCount: sheets.length, rowCount: input.sheets.reduce((sum, sheet) => sum + sheet.rows.length, 0), formulaCount: formulas,
      ...(results && results.errors.length > 0 ? { formulaErrors: results.errors.slice(0, 20) } : {}),
    },
  };
}
