import { oneLine, tableOf, type Block } from './blocks.js';

/** A piece of text as the PDF library gives it; marks of structure have no text. */
interface PdfItem {
  str: string;
  /** Where it stands: the fifth number from the left, the sixth from below. */
  transform: number[];
  width: number;
  height: number;
}

export interface Line {
  /** What stands together, left to right; several where the line has wide gaps, as a row of a table has. */
  cells: string[];
  height: number;
  /** From below. */
  y: number;
}

/** Pieces that stand at one height, one after the other, are a line. */
export function linesOf(items: readonly object[]): Line[] {
  const lines: (Line & { end: number })[] = [];
  for (const item of items) {
    if (!('str' in item)) continue;
    const { str, transform, width, height } = item as PdfItem;
    if (str.trim() === '') continue;
    const [, , , , x = 0, y = 0] = transform;
    const line = lines.at(-1);
    const gap = line ? x - line.end : 0;
    if (line && Math.abs(line.y - y) <= Math.max(2, height / 3) && gap > -height) {
      if (gap > 1.5 * height) line.cells.push(str);
      else line.cells[line.cells.length - 1] += (gap > height / 8 ? ' ' : '') + str;
      line.end = x + width;
      line.height = Math.max(line.height, height);
    } else lines.push({ cells: [str], height, y, end: x + width });
  }
  return lines;
}

/** The height of most letters. */
export function usualHeight(lines: readonly Line[]): number {
  const letters = new Map<number, number>();
  for (const { height, cells } of lines) {
    const rounded = Math.round(height * 2) / 2;
    letters.set(rounded, (letters.get(rounded) ?? 0) + cells.join('').length);
  }
  return [...letters].sort(([, one], [, other]) => other - one)[0]?.[0] || 1;
}

/** Leaves out what stands at the same place on most pages, numbers apart, and the number of a page alone: headers and footers. */
export function withoutRepeated(pages: readonly Line[][]): Line[][] {
  const keyOf = ({ y, cells }: Line) => `${Math.round(y)} ${cells.join(' ').replace(/\d+/g, '#')}`;
  const seen = new Map<string, number>();
  for (const lines of pages) for (const key of new Set(lines.map(keyOf))) seen.set(key, (seen.get(key) ?? 0) + 1);
  const isRepeated = (line: Line) => seen.get(keyOf(line))! > Math.max(2, pages.length / 2);
  const isNumber = ({ cells }: Line) => /^(?:.*\bpage )?\d+(?: ?(?:of|\/) ?\d+)?$/i.test(oneLine(cells.join(' ')));
  return pages.map((lines) => lines.filter((line, index) => !isRepeated(line) && !(isNumber(line) && (index === 0 || index === lines.length - 1))));
}

/** Lines as headings, which are larger than most, tables, whose lines have gaps, and paragraphs, which stand apart. */
export function lineBlocks(lines: readonly Line[], usual: number, page: number): Block[] {
  const blocks: Block[] = [];
  let texts: string[] = [];
  let rows: string[][] = [];
  const end = () => {
    if (texts.length > 0) blocks.push({ kind: 'paragraph', text: joined(texts), page });
    // One line with a single gap is no table.
    const table = rows.length > 1 || (rows[0]?.length ?? 0) > 2 ? tableOf(rows, true, page) : null;
    if (table) blocks.push(table);
    else for (const row of rows) blocks.push({ kind: 'paragraph', text: oneLine(row.join(' ')), page });
    texts = [];
    rows = [];
  };
  lines.forEach((line, index) => {
    const before = lines[index - 1];
    const text = oneLine(line.cells.join(' '));
    const isApart = before === undefined || before.y - line.y > 1.7 * Math.max(line.height, usual) || before.y < line.y;
    if (isHeading(line, text, usual)) {
      end();
      const last = blocks.at(-1);
      const goesOn = !isApart && Math.abs(before.height - line.height) < 0.5 && last?.kind === 'heading';
      if (goesOn) last.text += ` ${text}`;
      else blocks.push({ kind: 'heading', level: levelOf(line.height / usual), text, page });
      return;
    }
    const isRow = line.cells.length > 1;
    if (isRow ? texts.length > 0 : rows.length > 0 || isApart) end();
    if (isRow) rows.push(line.cells);
    else texts.push(text);
  });
  end();
  return blocks;
}

const isHeading = (line: Line, text: string, usual: number): boolean =>
  line.height > usual * 1.15 && text.length <= 150 && /\p{L}/u.test(text) && !/^[•·▪–-]/.test(text);

const levelOf = (ratio: number): number => (ratio >= 1.9 ? 1 : ratio >= 1.4 ? 2 : 3);

/** A word that was broken at the end of a line is whole again. */
const joined = (texts: readonly string[]): string =>
  texts.reduce((all, text) => (/\p{Ll}-$/u.test(all) && /^\p{Ll}/u.test(text) ? all.slice(0, -1) + text : `${all} ${text}`));
