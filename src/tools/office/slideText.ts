import { textHeight } from './measure.js';
import type { Paragraph } from './paragraphs.js';
import { plainText } from './paragraphs.js';

/** Sizes the text of a slide and spreads it over several when there is too much. All lengths in points. */

export interface TextBlock {
  paragraphs: Paragraph[];
  /** Of the outermost level. */
  size: number;
  /** Space after each paragraph of the outermost level. */
  gap: number;
  /** What all of it takes. */
  height: number;
}

const smallest = 12;

export const sizeAt = (size: number, level: number) => Math.max(smallest, size - 2 * level);

/** Space after a paragraph: less before a deeper one, so that what belongs together stands together. */
export const gapAfter = (paragraphs: Paragraph[], index: number, gap: number) => ((paragraphs[index + 1]?.level ?? 0) === 0 ? gap : gap * 0.6);

/** How far each level of a list stands in; a number needs more room than a sign. */
export const indentStep = (paragraph: Paragraph, size: number) => Math.round(paragraph.kind === 'number' ? size * 1.6 : size);

const indentOf = (paragraph: Paragraph, size: number) => (paragraph.kind === 'text' ? 0 : indentStep(paragraph, size) * (paragraph.level + 1));

const heightOf = (paragraph: Paragraph, width: number, size: number) =>
  textHeight(plainText(paragraph.text), width - indentOf(paragraph, size), sizeAt(size, paragraph.level));

function totalHeight(paragraphs: Paragraph[], width: number, size: number, gap: number): number {
  return paragraphs.reduce((sum, paragraph, index) => sum + heightOf(paragraph, width, size) + gapAfter(paragraphs, index, gap), 0);
}

/** The block at the largest size that fits, loosened a little when there is room; null when none fits. */
export function fitParagraphs(paragraphs: Paragraph[], width: number, height: number, sizes: number[]): TextBlock | null {
  for (const size of sizes) {
    const tight = size * 0.4;
    const needed = totalHeight(paragraphs, width, size, tight);
    if (needed > height) continue;
    const gap = Math.min(size * 0.8, tight + (height - needed) / (2 * paragraphs.length));
    return { paragraphs, size, gap, height: totalHeight(paragraphs, width, size, gap) };
  }
  return null;
}

/** Cuts a paragraph that is higher than a third of a slide at the ends of sentences, or failing that between words. */
function splitLong(paragraph: Paragraph, width: number, height: number, size: number): Paragraph[] {
  if (heightOf(paragraph, width, size) <= height / 3) return [paragraph];
  const pieces = plainText(paragraph.text).split(/(?<=[.!?;。!?]\s)/u);
  const words = pieces.length > 1 ? pieces : splitMiddle(plainText(paragraph.text));
  const parts: Paragraph[] = [];
  for (const text of words) {
    const last = parts.at(-1);
    const joined = last && { ...last, text: last.text + text };
    if (joined && heightOf(joined, width, size) <= height / 3) parts[parts.length - 1] = joined;
    else parts.push({ ...paragraph, text });
  }
  return parts.flatMap((part) => {
    const trimmed = { ...part, text: part.text.trim() };
    return parts.length > 1 && heightOf(trimmed, width, size) > height / 3 ? splitLong(trimmed, width, height, size) : [trimmed];
  });
}

/** Two halves, cut at the space nearest the middle, or in the middle when there is none. */
function splitMiddle(text: string): string[] {
  const characters = [...text];
  const middle = Math.floor(characters.length / 2);
  for (let distance = 0; distance < middle; distance++) {
    for (const at of [middle + distance, middle - distance]) {
      if (characters[at] === ' ') return [characters.slice(0, at + 1).join(''), characters.slice(at + 1).join('')];
    }
  }
  return [characters.slice(0, middle).join(''), characters.slice(middle).join('')];
}

/** A paragraph and the deeper ones below it, which should not be parted. */
function groups(paragraphs: Paragraph[]): Paragraph[][] {
  const found: Paragraph[][] = [];
  for (const paragraph of paragraphs) {
    if (paragraph.level > 0 && found.length > 0) found.at(-1)!.push(paragraph);
    else found.push([paragraph]);
  }
  return found;
}

/** The paragraphs on as many pages as needed, about equally full, all at one size. */
export function pageParagraphs(paragraphs: Paragraph[], width: number, height: number, sizes: number[]): TextBlock[] {
  const whole = fitParagraphs(paragraphs, width, height, sizes);
  if (whole) return [whole];
  const size = sizes.at(-1)!;
  const gap = size * 0.4;
  const heightAt = (list: Paragraph[]) => totalHeight(list, width, size, gap);
  const pieces = paragraphs.flatMap((paragraph) => splitLong(paragraph, width, height, size));
  const units = groups(pieces).flatMap((group) => (heightAt(group) <= height ? [group] : group.map((paragraph) => [paragraph])));
  const share = heightAt(pieces) / Math.ceil(heightAt(pieces) / height);
  const pages: Paragraph[][] = [[]];
  let done = 0;
  for (const unit of units) {
    const page = pages.at(-1)!;
    // Measured from the first page on, so that what one page leaves over does not pile up on the last.
    const hasItsShare = done + heightAt(unit) / 2 > share * pages.length;
    if (page.length > 0 && (hasItsShare || heightAt([...page, ...unit]) > height)) pages.push([...unit]);
    else page.push(...unit);
    done += heightAt(unit);
  }
  const common = sizes.find((candidate) => pages.every((page) => fitParagraphs(page, width, height, [candidate]))) ?? size;
  return pages.map((page) => fitParagraphs(page, width, height, [common]) ?? { paragraphs: page, size, gap, height: heightAt(page) });
}
