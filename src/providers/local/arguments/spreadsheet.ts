import { totalBelongs } from '../figures.js';
import type { DataTable } from '../tables.js';
import { capitalise, shorten, titleCase } from '../wording.js';
import { fileNameOf, type Made, type Material } from './made.js';
import { sheetForms, type SheetForm } from './sheetForms.js';

interface Column { header: string; format?: string; currency?: string }

const currencies: Record<string, string> = { $: 'USD', '€': 'EUR', '£': 'GBP', '¥': 'JPY', USD: 'USD', EUR: 'EUR', GBP: 'GBP', CHF: 'CHF' };

/** Arguments of `generate_spreadsheet`: the request's numbers, else an empty sheet of the fitting form with formulas. */
export function spreadsheetArguments(material: Material): Made {
  const { request, outline } = material;
  const tables = outline.sections.flatMap((section) => (section.table ? [section.table] : []));
  const asked = `${request.topic.subject} ${material.deliverable?.named ?? ''} ${request.instruction}`;
  const name = sheetName(outline.title);
  const sheet = tables.length ? sheetOf(tables[0], name, asked, request.text) : emptySheet(name, asked);
  return { arguments: { title: outline.title, sheets: [sheet], ...fileNameOf(material) } };
}

/** Excel refuses these characters and more than 31 of them. */
const sheetName = (title: string): string => shorten(title.replace(/[[\]:*?/\\']/g, ' ').trim(), 31) || 'Sheet 1';

function sheetOf(table: DataTable, name: string, asked: string, words: string) {
  const percent = table.unit === '%';
  const currency = currencies[table.unit];
  const numeric = (index: number) => index > 0 && table.rows.every((row) => typeof row[index] === 'number');
  const columns: Column[] = table.columns.slice(0, 60).map((header, index) => ({
    header: columnName(header, asked).slice(0, 200) || `Column ${index + 1}`,
    ...(numeric(index) && currency ? { format: 'currency', currency } : numeric(index) && percent ? { format: 'percent' } : {}),
  }));
  // A percent format shows 0.4 as 40 %.
  const rows = table.rows.slice(0, 5000).map((row) => row.slice(0, 60).map((cell, index) => (percent && numeric(index) ? Number((Number(cell) / 100).toPrecision(12)) : typeof cell === 'string' && index === 0 ? capitalise(cell) : cell)));
  return { name, columns, rows, ...(table.columns.some((_, index) => numeric(index) && totalBelongs(table, index, asked, words)) ? { totals: true } : {}) };
}

const columnName = (header: string, asked: string): string =>
  header === 'Value' && /\b(?:budget|costs?|expenses|prices?|spending|invoice)\b/i.test(asked) ? 'Amount' : header === 'Item' && /\bbudget|expenses\b/i.test(asked) ? 'Category' : capitalise(header);

/** The columns that the request names ("with price, quantity and a formula for the sum"), else a form that fits its words. */
function emptySheet(name: string, asked: string) {
  const form = namedColumns(asked) ?? sheetForms.find(({ words }) => words.test(asked)) ?? sheetForms.at(-1)!;
  const length = form.rows ?? 12;
  const rows: (string | null)[][] = Array.from({ length }, (_, row) => form.columns.map(({ formula }) => (formula ? `=${formula.replaceAll('#', String(row + 2))}` : null)));
  if (form.totals) rows.push(form.columns.map((column, index) => (index === 0 ? 'Total' : summed(column) ? `=SUM(${letterOf(index)}2:${letterOf(index)}${length + 1})` : null)));
  return { name, columns: form.columns.map(({ header, format }) => ({ header, ...(format ? { format } : {}) })), rows };
}

const letterOf = (index: number): string => String.fromCharCode(65 + index);

/** Amounts are added up; a sum of prices or rates would say nothing. */
const summed = ({ header, format, formula }: SheetForm['columns'][number]): boolean => (formula !== undefined || format === 'number' || format === undefined) && !/price|rate|quantity|hours? rate/i.test(header);

function namedColumns(asked: string): SheetForm | null {
  const lead = /\b(?:columns?|fields?)\s*(?:for|with|:|called|named)?\s*([^.;:\n]+)/i.exec(asked) ?? /\b(?:table|sheet|spreadsheet|excel|workbook|list)\s+with\s+([^.;:\n]+,[^.;:\n]+)/i.exec(asked);
  if (!lead) return null;
  const items = lead[1].replace(/,?\s*please$/i, '').split(/,\s*(?:and\s+)?|\s+and\s+/).map((item) => item.replace(/^(?:a|an|the|our|my)\s+/i, '').trim()).filter(Boolean);
  const names = items.filter((item) => !/\b(?:formula|total|sum)\b/i.test(item) && item.split(/\s+/).length <= 4);
  if (names.length < 2) return null;
  const columns: SheetForm['columns'] = names.map((item) => ({ header: titleCase(item) }));
  if (names.every((item) => /price|quantity|amount|cost|number|count|hours|rate/i.test(item))) columns.unshift({ header: 'Item' });
  if (names.length < items.length) columns.push({ header: 'Total', formula: totalFormula(columns.map(({ header }) => header)) });
  return { words: /^/, columns, totals: names.length < items.length };
}

/** Price times quantity, hours times rate, or the sum of what stands before. */
function totalFormula(headers: string[]): string {
  const letter = (form: RegExp) => { const index = headers.findIndex((header) => form.test(header)); return index < 0 ? null : letterOf(index); };
  const [price, quantity] = [letter(/price|rate|cost/i), letter(/quantity|number|count|hours|pieces/i)];
  return price && quantity ? `${price}#*${quantity}#` : `SUM(B#:${letterOf(headers.length - 1)}#)`;
}
