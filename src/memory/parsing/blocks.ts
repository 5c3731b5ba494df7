/** What every format is read into: text in order, with its headings, tables and pages. */
export type Block = Heading | Paragraph | Table;

interface Placed {
  /** The page or slide it stands on, from 1, where the format knows pages. */
  page?: number;
}

export interface Heading extends Placed {
  kind: 'heading';
  /** 1 is the highest. */
  level: number;
  text: string;
}

export interface Paragraph extends Placed {
  kind: 'paragraph';
  text: string;
}

export interface Table extends Placed {
  kind: 'table';
  /** What the columns are called, in one line; null when the table does not say. */
  header: string | null;
  /** One line each. */
  rows: string[];
}

/** A row of cells as one line. Null when all of them are empty. */
export function rowOf(cells: readonly string[]): string | null {
  const texts = cells.map(oneLine);
  return texts.some((text) => text !== '') ? texts.join(' | ').trim() : null;
}

/** A table of rows, the first of which names the columns when `hasHeader`; null when there is nothing in it. */
export function tableOf(rows: readonly (readonly string[])[], hasHeader: boolean, page?: number): Table | null {
  const lines = rows.map(rowOf).filter((line): line is string => line !== null);
  if (lines.length === 0) return null;
  const named = hasHeader && lines.length > 1;
  return { kind: 'table', header: named ? lines[0]! : null, rows: named ? lines.slice(1) : lines, ...(page !== undefined && { page }) };
}

/** Text in one line, every run of white space a single blank. */
export const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** The database takes no NUL and no half surrogates; other control characters say nothing to anyone. */
export const clean = (text: string): string =>
  text.replace(/\p{Surrogate}|[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffe\uffff]/gu, '').replace(/\u00a0/g, ' ');

/** All blocks as one text for someone who reads on: headings marked by #, pages by a line of their own. */
export function textOf(blocks: readonly Block[]): string {
  const parts: string[] = [];
  let page: number | undefined;
  for (const block of blocks) {
    if (block.page !== undefined && block.page !== page) parts.push(`[Page ${(page = block.page)}]`);
    if (block.kind === 'heading') parts.push(`${'#'.repeat(Math.min(6, block.level))} ${block.text}`);
    else if (block.kind === 'paragraph') parts.push(block.text);
    else parts.push([...(block.header === null ? [] : [block.header]), ...block.rows].join('\n'));
  }
  return parts.join('\n\n');
}
