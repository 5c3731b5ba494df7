import type { Block } from './blocks.js';

/** Paragraphs are what blank lines part. A numbered or capitalised line that stands alone is a heading. */
export function readPlainText(text: string): Block[] {
  return text
    .replaceAll('\r\n', '\n')
    .split(/\n[ \t\f]*\n/)
    .map((part) => part.replace(/^\s*\n|\s+$/g, ''))
    .filter((part) => part.trim() !== '')
    .map((part) => headingIn(part) ?? { kind: 'paragraph', text: unwrap(part) });
}

const numbered = /^(\d+(?:\.\d+)*)\.?\s+\p{Lu}/u;

function headingIn(part: string): Block | null {
  const text = part.trim();
  if (text.length > 80 || text.includes('\n') || /[.!?;,]$/.test(text)) return null;
  const number = numbered.exec(text)?.[1];
  if (number) return { kind: 'heading', level: number.split('.').length, text };
  const isCapitals = /\p{Lu}{2}/u.test(text) && text === text.toUpperCase();
  return isCapitals ? { kind: 'heading', level: 1, text } : null;
}

/** Lines that were broken to fit a width are one line again; short ones, as in a list or an address, stay. */
function unwrap(part: string): string {
  const lines = part.split('\n').map((line) => line.trim());
  const broken = lines.length > 1 && lines.slice(0, -1).every((line) => line.length >= 50 && !/^[-*•]|^\d+[.)]\s/.test(line));
  return lines.join(broken ? ' ' : '\n');
}
