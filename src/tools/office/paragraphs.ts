/** Text as people and models write it (lines, dashes, numbers, some Markdown) as paragraphs to be set. */

export interface Paragraph {
  kind: 'text' | 'bullet' | 'number';
  /** 0 for the outermost. */
  level: number;
  /** May hold `**bold**`. */
  text: string;
  /** Which number a numbered paragraph carries. */
  ordinal?: number;
}

const deepest = 2;

/** Two spaces or a tab are one level. */
function levelOf(indent: string): number {
  const columns = indent.replaceAll('\t', '  ').length;
  return Math.min(deepest, Math.floor(columns / 2));
}

function parseLine(line: string, plainKind: 'text' | 'bullet'): Paragraph {
  const [, indent, marker, rest] = /^(\s*)(?:([-*•–▪◦]|\d{1,3}[.)])\s+)?(.*)$/.exec(line)!;
  const heading = /^#{1,6}\s+(.*)$/.exec(rest);
  if (heading) return { kind: 'text', level: 0, text: `**${plainText(heading[1])}**` };
  if (marker && /\d/.test(marker)) return { kind: 'number', level: levelOf(indent), text: rest.trim(), ordinal: parseInt(marker, 10) };
  const kind = marker ? 'bullet' : plainKind;
  return { kind, level: kind === 'text' ? 0 : levelOf(indent), text: rest.trim() };
}

/** Lines of running text; `plainKind` says what a line without a marker becomes. Empty lines are dropped. */
export function parseText(text: string, plainKind: 'text' | 'bullet'): Paragraph[] {
  return text.split(/\r?\n/).filter((line) => line.trim() !== '').map((line) => parseLine(line.trimEnd(), plainKind));
}

/** A list of bullets; each may hold several lines, and indentation makes it a deeper level. */
export const parseBullets = (bullets: string[]): Paragraph[] =>
  bullets.flatMap((bullet) => parseText(bullet, 'bullet'));

/** A list that is numbered from 1. */
export const parseNumbered = (items: string[]): Paragraph[] =>
  items.map((item) => item.trim().replace(/^\d{1,3}[.)]\s+/, '').replace(/\s+/g, ' '))
    .filter((text) => text !== '')
    .map((text, index) => ({ kind: 'number', level: 0, text, ordinal: index + 1 }));

/** The text without Markdown's marks for bold, italics and code. */
export const plainText = (text: string): string =>
  text.replace(/\*\*(.+?)\*\*/g, '$1').replace(/__(.+?)__/g, '$1').replace(/(^|[\s(])\*(\S(?:.*?\S)?)\*(?=[\s).,;:!?]|$)/g, '$1$2').replace(/`([^`]+)`/g, '$1');

/** The text cut where bold begins and ends. */
export const boldRuns = (text: string): { text: string; bold: boolean }[] =>
  text.split(/\*\*(.+?)\*\*/)
    .map((piece, index) => ({ text: plainText(piece), bold: index % 2 === 1 }))
    .filter((run) => run.text !== '');
