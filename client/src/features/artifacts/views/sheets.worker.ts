import { read, utils, type CellObject, type WorkBook, type WorkSheet } from '@e965/xlsx';
import { repacked, unpacked } from '../boundedZip';
import type { Sheet, SheetCell, SheetsAnswer } from './sheets';

const mostRows = 2_000;
const mostColumns = 100;
const usualWidth = 72;

onmessage = ({ data: { bytes, name } }: MessageEvent<{ bytes: ArrayBuffer; name: string }>) => postMessage(answer(bytes, name));

function answer(bytes: ArrayBuffer, name: string): SheetsAnswer {
  try {
    return { sheets: sheetsOf(/\.[ct]sv$/i.test(name) ? tableOf(bytes) : workbookOf(bytes)) };
  } catch (error) {
    return { error: String(error) };
  }
}

const limits = { sheetRows: mostRows + 1, cellHTML: false, cellFormula: true };

const workbookOf = (bytes: ArrayBuffer) => read(repacked(unpacked(new Uint8Array(bytes))), { type: 'array', cellStyles: true, ...limits });

/** Values stay as they are written: 007 is no number and 1-2 no date. */
const tableOf = (bytes: ArrayBuffer) => read(new TextDecoder().decode(bytes), { type: 'string', raw: true, ...limits });

function sheetsOf({ SheetNames, Sheets, Workbook }: WorkBook): Sheet[] {
  const isShown = (_name: string, index: number) => !Workbook?.Sheets?.[index]?.Hidden;
  return SheetNames.filter(isShown).map((name) => sheetOf(name, Sheets[name]!));
}

function sheetOf(name: string, sheet: WorkSheet): Sheet {
  if (!sheet['!ref']) return { name, widths: [], rows: [], isCut: false };
  const whole = utils.decode_range(sheet['!fullref'] ?? sheet['!ref']);
  const [height, width] = [Math.min(mostRows, whole.e.r + 1), Math.min(mostColumns, whole.e.c + 1)];
  const rows = Array.from({ length: height }, (_row, r) => Array.from({ length: width }, (_cell, c) => cellOf(sheet[utils.encode_cell({ r, c })])));
  merge(rows, sheet);
  const columns = sheet['!cols'] ?? [];
  const widths = Array.from({ length: width }, (_width, c) => Math.round(Math.min(480, columns[c]?.wpx ?? usualWidth)));
  return { name, widths: columns.length > 0 ? widths : [], rows, isCut: whole.e.r >= height || whole.e.c >= width };
}

const looksLikeNumber = /^[-+]?[\d.,\s]*\d\s?%?$/;

function cellOf(cell: CellObject | undefined): SheetCell | null {
  if (!cell) return { text: '' };
  const text = cell.w ?? (cell.v === undefined ? '' : String(cell.v));
  const rgb = (cell.s as { patternType?: string; fgColor?: { rgb?: string } } | undefined)?.fgColor?.rgb;
  const fill = rgb && /^[\dA-F]{6}$/i.test(rgb) ? `#${rgb}` : undefined;
  return {
    text,
    ...(text !== '' && (cell.t === 'n' || cell.t === 'd' || looksLikeNumber.test(text)) && { isNumber: true }),
    ...(fill && { fill, ...(isDark(fill) && { isDark: true }) }),
  };
}

/** By the brightness that eyes see (ITU-R BT.601). */
function isDark(fill: string): boolean {
  const [red, green, blue] = [1, 3, 5].map((at) => Number.parseInt(fill.slice(at, at + 2), 16)) as [number, number, number];
  return red * 0.299 + green * 0.587 + blue * 0.114 < 140;
}

function merge(rows: (SheetCell | null)[][], sheet: WorkSheet): void {
  for (const { s, e } of sheet['!merges'] ?? []) {
    const [lastRow, lastColumn] = [Math.min(e.r, rows.length - 1), Math.min(e.c, (rows[0]?.length ?? 0) - 1)];
    const first = rows[s.r]?.[s.c];
    if (!first) continue;
    for (let r = s.r; r <= lastRow; r++) rows[r]!.fill(null, s.c, lastColumn + 1);
    rows[s.r]![s.c] = { ...first, span: [lastColumn - s.c + 1, lastRow - s.r + 1] };
  }
}
