import type { Cell } from '../office/content.js';
import { cellName, isFormula, literalText, storedFormula } from '../office/formulas.js';
import { ToolError } from '../tool.js';
import { childOf, elementsOf, localName, makeElement, parseXml, rootOf, textIn } from './xml.js';
import type { XmlDocument, XmlElement } from './xml.js';

/** The cells of one sheet of an .xlsx file, changed in its XML (ECMA-376 part 1, 18.3.1.80 sheetData). Rows and columns count from 0. */

const mostColumns = 16_384;
const mostRows = 1_048_576;

export interface Place { row: number; column: number }

/** `B4` → row 3, column 1. Throws ToolError for what is no cell. */
export function placeOf(name: string): Place {
  const [, letters, digits] = /^\$?([A-Z]{1,3})\$?([1-9]\d{0,6})$/.exec(name.toUpperCase()) ?? [];
  if (!letters) throw new ToolError(`${JSON.stringify(name)} is no cell; write it like B4.`);
  const column = [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
  const row = Number(digits) - 1;
  if (column >= mostColumns || row >= mostRows) throw new ToolError(`There is no cell ${name}: a sheet ends at XFD1048576.`);
  return { row, column };
}

/** A formula as it reads in a cell further down and to the right. Text and sheet names in quotes are left alone. */
const shifted = (formula: string, rows: number, columns: number): string =>
  formula.split(/("(?:[^"]|"")*"|'(?:[^']|'')*')/).map((piece, index) => (index % 2 === 1 ? piece
    : piece.replace(/(?<![\w.$])(\$?)([A-Z]{1,3})(\$?)([1-9]\d{0,6})(?![\w(.])/g, (_, fixedColumn: string, letters: string, fixedRow: string, digits: string) => {
      const from = placeOf(letters + digits);
      const [row, column] = [fixedRow ? from.row : from.row + rows, fixedColumn ? from.column : from.column + columns];
      if (row < 0 || column < 0) return '#REF!';
      const [, movedLetters, movedDigits] = /^([A-Z]+)(\d+)$/.exec(cellName(row, column))!;
      return fixedColumn + movedLetters + fixedRow + movedDigits;
    }))).join('');

export class Grid {
  readonly document: XmlDocument;
  private readonly sheetData: XmlElement;
  private readonly rows = new Map<number, { element: XmlElement; cells: Map<number, XmlElement> }>();

  constructor(xml: string) {
    this.document = parseXml(xml);
    const sheetData = childOf(rootOf(this.document), 'sheetData');
    if (!sheetData) throw new ToolError('The sheet holds no cells, only a chart.');
    this.sheetData = sheetData;
    let row = -1;
    for (const element of elementsOf(sheetData).filter((child) => localName(child) === 'row')) {
      row = element.attribs.r ? Number(element.attribs.r) - 1 : row + 1;
      this.rows.set(row, { element, cells: this.cellsIn(element, row) });
    }
    this.spellOutSharedFormulas();
  }

  private cellsIn(row: XmlElement, number: number): Map<number, XmlElement> {
    let column = -1;
    return new Map(elementsOf(row).filter((child) => localName(child) === 'c').map((cell) => {
      column = cell.attribs.r ? placeOf(cell.attribs.r).column : column + 1;
      cell.attribs.r = cellName(number, column);
      return [column, cell];
    }));
  }

  /** So that a cell can be changed without those that share its formula. */
  private spellOutSharedFormulas(): void {
    const masters = new Map<string, { formula: string; row: number; column: number }>();
    this.each((cell, row, column) => {
      const formula = childOf(cell, 'f');
      if (formula?.attribs.t !== 'shared') return;
      const master = masters.get(formula.attribs.si) ?? { formula: textIn(formula), row, column };
      masters.set(formula.attribs.si, master);
      const text = shifted(master.formula, row - master.row, column - master.column);
      cell.children = cell.children.map((child) => (child === formula ? makeElement(cell, 'f', {}, text) : child));
    });
  }

  each(visit: (cell: XmlElement, row: number, column: number) => void): void {
    for (const [row, { cells }] of this.rows) for (const [column, cell] of cells) visit(cell, row, column);
  }

  at(row: number, column: number): XmlElement | undefined {
    return this.rows.get(row)?.cells.get(column);
  }

  /** The row below the last one with something in it. */
  get end(): number {
    let end = 0;
    this.each((cell, row) => { if (elementsOf(cell).length > 0) end = Math.max(end, row + 1); });
    return end;
  }

  /** Puts a value or formula into a cell, which keeps its style, or takes that of `styledAs`. */
  set(row: number, column: number, value: Cell, styledAs?: XmlElement): void {
    if (row >= mostRows || column >= mostColumns) throw new ToolError('The sheet is full.');
    const line = this.rows.get(row) ?? { element: makeElement(this.sheetData, 'row', { r: String(row + 1) }), cells: new Map<number, XmlElement>() };
    this.rows.set(row, line);
    const old = line.cells.get(column);
    if (old && ['array', 'dataTable'].includes(childOf(old, 'f')?.attribs.t ?? '')) throw new ToolError(`The cell ${cellName(row, column)} holds a formula over several cells, which cannot be changed here.`);
    const cell = old ?? makeElement(this.sheetData, 'c', { r: cellName(row, column) });
    const style = old?.attribs.s ?? styledAs?.attribs.s;
    cell.attribs = { r: cell.attribs.r, ...(style === undefined ? {} : { s: style }) };
    fill(cell, value);
    line.cells.set(column, cell);
    delete line.element.attribs.spans;
  }

  /** The XML with rows and cells in order, as Excel wants them. */
  finish(): XmlDocument {
    const byNumber = <T>(map: Map<number, T>) => [...map].sort(([one], [other]) => one - other).map(([, item]) => item);
    this.sheetData.children = byNumber(this.rows).map(({ element, cells }) => {
      element.children = [...byNumber(cells), ...elementsOf(element).filter((child) => localName(child) !== 'c')];
      return element;
    });
    const root = rootOf(this.document);
    // How far the cells reach; programs work it out themselves.
    root.children = root.children.filter((child) => !('attribs' in child && localName(child as XmlElement) === 'dimension'));
    return this.document;
  }
}

function fill(cell: XmlElement, value: Cell): void {
  if (value === null || value === '') cell.children = [];
  else if (typeof value === 'number') cell.children = [makeElement(cell, 'v', {}, String(value))];
  else if (typeof value === 'boolean') {
    cell.attribs.t = 'b';
    cell.children = [makeElement(cell, 'v', {}, value ? '1' : '0')];
  } else if (isFormula(value)) cell.children = [makeElement(cell, 'f', {}, storedFormula(value.trim().slice(1)))];
  else {
    cell.attribs.t = 'inlineStr';
    cell.children = [makeElement(cell, 'is', {}, [makeElement(cell, 't', { 'xml:space': 'preserve' }, literalText(value))])];
  }
}

const errorValue = /^#(N\/A|DIV\/0!|VALUE!|REF!|NUM!|NULL!)$/;

/** Stores what a formula gives, for programs that do not calculate; null takes it away, so that it is worked out when the file is opened. */
export function storeResult(cell: XmlElement, result: Cell): void {
  delete cell.attribs.t;
  cell.children = elementsOf(cell).filter((child) => localName(child) === 'f');
  if (result === null || result === '#NAME?') return;
  if (typeof result !== 'number') cell.attribs.t = typeof result === 'boolean' ? 'b' : errorValue.test(result) ? 'e' : 'str';
  cell.children.push(makeElement(cell, 'v', {}, typeof result === 'boolean' ? String(Number(result)) : String(result)));
}

/** What stands in a cell, a formula as text that begins with =. */
export function contentOf(cell: XmlElement, sharedTexts: string[]): Cell {
  const formula = childOf(cell, 'f');
  if (formula) return `=${textIn(formula).replaceAll(/_xlfn\.(_xlws\.)?/g, '')}`;
  const value = textIn(childOf(cell, 'v'));
  switch (cell.attribs.t) {
    case 's': return sharedTexts[Number(value)] ?? '';
    case 'inlineStr': return textIn(childOf(cell, 'is'));
    case 'b': return value === '1';
    case 'str': case 'e': case 'd': return value;
    default: return value === '' ? null : Number(value);
  }
}
