import { createRequire } from 'node:module';
import { openSync } from 'fontkit';
import type { Font } from 'fontkit';

/** How wide and high text will be, measured with a font of the same proportions as the one it will be drawn with. */

const require = createRequire(import.meta.url);

/** Roboto's advances are within 1 % of Arial's; the allowance covers that and kerning. */
const allowance = 1.04;
const boldFactor = 1.07;
/** Height of a line in ems: what Arial takes, and what fonts for other scripts take. */
const lineHeight = 1.2;
const tallLineHeight = 1.45;
const firstWideCharacter = 0x2e80;

let font: Font | undefined;
const advances = new Map<number, number>();

/** Path of a font file that came with the package pdfmake. */
export const robotoFile = (style: 'Regular' | 'Medium' | 'Italic' | 'MediumItalic') => require.resolve(`pdfmake/fonts/Roboto/Roboto-${style}.ttf`);

/** Path of a DejaVu font file, which knows many signs and scripts that Roboto lacks. */
export const dejavuFile = (name: 'DejaVuSans' | 'DejaVuSans-Bold') => require.resolve(`dejavu-fonts-ttf/ttf/${name}.ttf`);

function advanceOf(character: string): number {
  const point = character.codePointAt(0)!;
  let advance = advances.get(point);
  if (advance === undefined) {
    font ??= openSync(robotoFile('Regular')) as Font;
    if (font.hasGlyphForCodePoint(point)) advance = font.glyphForCodePoint(point).advanceWidth / font.unitsPerEm;
    else advance = point >= firstWideCharacter ? 1 : 0.75;
    advances.set(point, advance);
  }
  return advance;
}

/** Width of one line of text, in the unit of `size`, a little on the wide side. */
export function textWidth(text: string, size: number, bold = false): number {
  let ems = 0;
  for (const character of text) ems += advanceOf(character);
  return ems * size * allowance * (bold ? boldFactor : 1);
}

/** The text as the lines it breaks into at a width: at spaces, and inside a word only when it is wider than a line. */
export function wrapText(text: string, width: number, size: number, bold = false): string[] {
  const lines: string[] = [];
  let line = '';
  const widthOf = (piece: string) => textWidth(piece, size, bold);
  for (const word of text.split(/(?<=[\s\u2e80-\uffff])/u)) {
    if (widthOf((line + word).trimEnd()) <= width) { line += word; continue; }
    if (line !== '') lines.push(line.trimEnd());
    line = '';
    for (const character of word) {
      if (line !== '' && widthOf(line + character) > width) { lines.push(line); line = ''; }
      line += character;
    }
  }
  lines.push(line.trimEnd());
  return lines;
}

/** Height of wrapped text in points, for a width and size in points. */
export function textHeight(text: string, width: number, size: number, bold = false): number {
  const tall = [...text].some((character) => character.codePointAt(0)! >= firstWideCharacter);
  return wrapText(text, width, size, bold).length * size * (tall ? tallLineHeight : lineHeight);
}

/** The largest of the sizes (given in falling order) at which the text fits the box in points, or the last one. */
export const largestFit = (text: string, width: number, height: number, sizes: number[], bold = false): number =>
  sizes.find((size) => textHeight(text, width, size, bold) <= height) ?? sizes.at(-1)!;
