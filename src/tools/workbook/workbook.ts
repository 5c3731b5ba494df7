import { posix } from 'node:path';
import { strToU8 } from 'fflate';
import type { Cell } from '../office/content.js';
import { ToolError } from '../tool.js';
import { Grid } from './grid.js';
import { childOf, elementsOf, localName, makeElement, parseXml, printXml, rootOf, textIn, unescapeXml } from './xml.js';
import type { XmlDocument, XmlElement } from './xml.js';

/** The parts of an .xlsx file around its cells (ECMA-376 part 1, 18.2). */

const book = 'xl/workbook.xml';
const relations = 'xl/_rels/workbook.xml.rels';
const contentTypes = '[Content_Types].xml';
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const worksheetType = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet';
/** What may stand before calcPr, in the order of the schema. */
const beforeCalculation = ['sheets', 'functionGroups', 'externalReferences', 'definedNames'];
/** Days from 1899-12-30, where Excel's calendar begins, to 1970-01-01. */
const epochDays = 25_569;

export class Workbook {
  private readonly documents = new Map<string, XmlDocument>();
  private readonly dateStyles: Set<string>;
  readonly sharedTexts: string[];

  constructor(private readonly parts: Map<string, Buffer | Uint8Array>) {
    for (const name of [book, relations, contentTypes]) {
      const part = parts.get(name);
      if (!part) throw new ToolError('The file is no Excel workbook (.xlsx).');
      this.documents.set(name, parseXml(Buffer.from(part).toString('utf8')));
    }
    const texts = this.part('xl/sharedStrings.xml');
    this.sharedTexts = texts ? elementsOf(texts).map((item) => elementsOf(item).filter((child) => localName(child) !== 'rPh').map(textIn).join('')) : [];
    this.dateStyles = dateStylesIn(this.part('xl/styles.xml'));
  }

  private part(name: string): XmlElement | null {
    const bytes = this.parts.get(name);
    return bytes ? rootOf(parseXml(Buffer.from(bytes).toString('utf8'))) : null;
  }

  private root(name: string): XmlElement { return rootOf(this.documents.get(name)!); }

  private get sheets(): XmlElement {
    const sheets = childOf(this.root(book), 'sheets');
    if (!sheets) throw new ToolError('The workbook has no sheets.');
    return sheets;
  }

  get sheetNames(): string[] { return elementsOf(this.sheets).map((sheet) => unescapeXml(sheet.attribs.name)); }

  /** The name as it is written in the file. Throws ToolError, with the names there are, for one that is not there. */
  sheetNamed(name: string | undefined): string {
    const names = this.sheetNames;
    const found = name === undefined ? names[0] : names.find((one) => one.toLowerCase() === name.toLowerCase());
    if (found === undefined) throw new ToolError(`There is no sheet "${name}"; there are ${names.map((one) => `"${one}"`).join(', ')}.`);
    return found;
  }

  private pathOf(name: string): string {
    const sheet = elementsOf(this.sheets).find((one) => unescapeXml(one.attribs.name) === name)!;
    const id = Object.entries(sheet.attribs).find(([key]) => /^(\w+:)?id$/.test(key) && key !== 'sheetId')?.[1];
    const target = elementsOf(this.root(relations)).find((relation) => relation.attribs.Id === id)?.attribs.Target ?? '';
    return target.startsWith('/') ? target.slice(1) : `xl/${target}`;
  }

  /** The cells of a sheet; null when it is a chart or a macro sheet. */
  grid(name: string): Grid | null {
    const bytes = this.parts.get(this.pathOf(name));
    const isCells = bytes && this.pathOf(name).includes('worksheets/');
    return isCells ? new Grid(Buffer.from(bytes).toString('utf8')) : null;
  }

  put(name: string, document: XmlDocument): void {
    this.parts.set(this.pathOf(name), strToU8(printXml(document)));
  }

  /** Lets the tables of a sheet that end right above `firstRow` reach down to `lastRow` (both from 1), as Excel does; one with a row of totals stays. */
  extendTables(name: string, firstRow: number, lastRow: number): void {
    const sheetPath = this.pathOf(name);
    const relations = this.part(sheetPath.replace(/([^/]+)$/, '_rels/$1.rels'));
    for (const relation of relations ? elementsOf(relations) : []) {
      const path = posix.resolve('/', posix.dirname(sheetPath), relation.attribs.Target).slice(1);
      const bytes = relation.attribs.Type.endsWith('/table') && this.parts.get(path);
      if (!bytes) continue;
      const document = parseXml(Buffer.from(bytes).toString('utf8'));
      const table = rootOf(document);
      if (!table.attribs.ref?.endsWith(String(firstRow - 1)) || Number(table.attribs.totalsRowCount ?? 0) > 0) continue;
      for (const element of [table, childOf(table, 'autoFilter')]) {
        if (element) element.attribs.ref = element.attribs.ref.replace(/(:[A-Z]+)(\d+)$/, (whole, column: string, row: string) => (Number(row) === firstRow - 1 ? column + lastRow : whole));
      }
      this.parts.set(path, strToU8(printXml(document)));
    }
  }

  /** Adds an empty sheet at the end. Throws ToolError for a name that Excel does not take or that is there already. */
  addSheet(name: string): string {
    if (/[[\]:*?/\\]/.test(name) || /^'|'$/.test(name) || name.trim() === '') throw new ToolError(`The sheet name "${name}" is not possible in Excel: none of [ ] : * ? / \\, and no quote at its ends.`);
    if (this.sheetNames.some((one) => one.toLowerCase() === name.toLowerCase())) throw new ToolError(`There is a sheet "${name}" already; give it in sheet to change it.`);
    let number = 1;
    while (this.parts.has(`xl/worksheets/sheet${number}.xml`)) number += 1;
    const file = `worksheets/sheet${number}.xml`;
    const id = `added${number}`;
    this.parts.set(`xl/${file}`, strToU8(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="${main}"><sheetData/></worksheet>`));
    append(this.root(contentTypes), 'Override', { PartName: `/xl/${file}`, ContentType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml' });
    append(this.root(relations), 'Relationship', { Id: id, Type: worksheetType, Target: file });
    const sheetId = 1 + Math.max(...elementsOf(this.sheets).map((sheet) => Number(sheet.attribs.sheetId)));
    // With its own declaration, whatever the prefix of relationships is in this file.
    append(this.sheets, 'sheet', { name, sheetId: String(sheetId), 'xmlns:r': worksheetType.replace('/worksheet', ''), 'r:id': id });
    return name;
  }

  /** A date such as 2026-01-31 as Excel's number when it comes into a cell that shows dates; anything else as it is. */
  dated(value: Cell, styledAs: XmlElement | undefined): Cell {
    if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value) || !this.dateStyles.has(styledAs?.attribs.s ?? '')) return value;
    const days = Date.parse(value) / 86_400_000;
    return Number.isFinite(days) ? days + epochDays : value;
  }

  /** All parts, without the order in which formulas were last worked out, which is no longer true. */
  finish(): Map<string, Uint8Array> {
    this.parts.delete('xl/calcChain.xml');
    drop(this.root(relations), (relation) => relation.attribs.Type.endsWith('/calcChain'));
    drop(this.root(contentTypes), (type) => type.attribs.PartName === '/xl/calcChain.xml');
    const root = this.root(book);
    const calculation = childOf(root, 'calcPr') ?? makeElement(root, 'calcPr');
    calculation.attribs.fullCalcOnLoad = '1';
    if (!root.children.includes(calculation)) {
      const last = root.children.findLastIndex((child) => 'attribs' in child && beforeCalculation.includes(localName(child as XmlElement)));
      root.children.splice(last + 1, 0, calculation);
    }
    for (const [name, document] of this.documents) this.parts.set(name, strToU8(printXml(document)));
    return this.parts;
  }
}

const append = (parent: XmlElement, name: string, attributes: Record<string, string>) => { parent.children.push(makeElement(parent, name, attributes)); };

function drop(parent: XmlElement, isUnwanted: (child: XmlElement) => boolean): void {
  parent.children = parent.children.filter((child) => !('attribs' in child && isUnwanted(child as XmlElement)));
}

/** The numbers of the cell styles that show dates: those built in (14 to 22, 45 to 47) and those whose pattern has years, months or days. */
function dateStylesIn(styles: XmlElement | null): Set<string> {
  const formats = styles && childOf(styles, 'numFmts');
  const patterns = new Map((formats ? elementsOf(formats) : []).map((format) => [format.attribs.numFmtId, unescapeXml(format.attribs.formatCode)]));
  const isDate = (id: number) => (id >= 14 && id <= 22) || (id >= 45 && id <= 47)
    || /[ymd]/i.test((patterns.get(String(id)) ?? '').replace(/"[^"]*"|\[[^\]]*\]|\\./g, ''));
  const used = styles && childOf(styles, 'cellXfs');
  return new Set((used ? elementsOf(used) : []).flatMap((style, index) => (isDate(Number(style.attribs.numFmtId)) ? [String(index)] : [])));
}
