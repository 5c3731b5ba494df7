/** Picks what matters from a text, in its own words. */

import { contentWords, sentences, shorten, stem } from './wording.js';

/** One part of a text: its heading (null at the beginning of a text without one) and the lines below it. */
export interface Part {
  heading: string | null;
  lines: string[];
}

/** More sentences than this add time and no better choice. */
const maxSentences = 250;

/**
 * The `count` most central sentences, in the order of the text. TextRank (Mihalcea and Tarau, "TextRank: Bringing Order
 * into Text", EMNLP 2004): sentences are the nodes of a graph, weighted by shared words over the logarithms of both
 * lengths, ranked as PageRank does with damping 0.85.
 */
export function keySentences(all: string[], count: number): string[] {
  const distinct = [...new Set(all)].slice(0, maxSentences);
  if (distinct.length <= count) return distinct;
  const bags = distinct.map((sentence) => new Set(contentWords(sentence).map(stem)));
  const weights = bags.map(() => new Float64Array(bags.length));
  bags.forEach((bag, row) => {
    for (let column = 0; column < row; column += 1) weights[row][column] = weights[column][row] = similarity(bag, bags[column]);
  });
  const sums = weights.map((row) => row.reduce((sum, weight) => sum + weight, 0));
  let rank = new Array<number>(bags.length).fill(1);
  for (let round = 0; round < 20; round += 1) {
    rank = step(rank, weights, sums);
  }
  // Figures and dates are what readers look for, so they weigh a little more than the paper has it.
  const score = rank.map((value, index) => value * (/\d/.test(distinct[index]) ? 1.25 : 1));
  const best = score.map((_, index) => index).sort((one, other) => score[other] - score[one] || one - other);
  return best.slice(0, count).sort((one, other) => one - other).map((index) => distinct[index]);
}

/** One round of the ranking; weights are the same in both directions. */
function step(rank: number[], weights: Float64Array[], sums: number[]): number[] {
  const share = rank.map((value, index) => (sums[index] ? value / sums[index] : 0));
  return weights.map((row) => 0.15 + 0.85 * row.reduce((sum, weight, from) => sum + weight * share[from], 0));
}

function similarity(one: Set<string>, other: Set<string>): number {
  if (one.size < 2 || other.size < 2) return 0;
  let common = 0;
  for (const word of one) if (other.has(word)) common += 1;
  return common / (Math.log(one.size) + Math.log(other.size));
}

const headingOf = (line: string, next: string | undefined): string | null => {
  const marked = /^#{1,6}\s+(.+?)\s*#*$/.exec(line) ?? /^\*\*(.{2,80})\*\*:?$/.exec(line);
  if (marked) return marked[1].replace(/\*\*/g, '');
  if (next !== undefined && /^(?:={3,}|-{3,})$/.test(next.trim())) return line.trim();
  return /^[\p{Lu}\d][^.!?;,]{2,60}:?$/u.test(line) && line.split(/\s+/).length <= 8 && /^\s*[-*•]/.test(next ?? '') ? line.replace(/:$/, '') : null;
};

/** Cuts a text at its headings (Markdown, underlined, or a short line above a list). */
export function partsOf(text: string): Part[] {
  const parts: Part[] = [{ heading: null, lines: [] }];
  const lines = text.split(/\r?\n/).filter((line) => line.trim()).slice(0, 5000);
  lines.forEach((line, index) => {
    if (/^\s*(?:={3,}|-{3,}|\*{3,})\s*$/.test(line)) return;
    const heading = headingOf(line.trim(), lines[index + 1]);
    if (heading) parts.push({ heading, lines: [] });
    else parts.at(-1)!.lines.push(line.trim());
  });
  return parts.filter((part) => part.lines.length || part.heading);
}

/** Bullet points of at most `length` characters: list items as they are, sentences picked by rank. */
export function pointsOf(lines: string[], count: number, length = 160): string[] {
  const points = lines.flatMap((line) => (/^\s*(?:[-*•–]|\d+[.)])\s+/.test(line) ? [line] : sentences(line)));
  return keySentences(points.map((point) => plain(point)).filter((point) => contentWords(point).length > 0 && !/^\|/.test(point)), count).map((point) => shorten(point, length));
}

const plain = (point: string): string =>
  point.replace(/^\s*(?:[-*•–]|\d+[.)])\s+/, '').replace(/\[([^\]]+)\]\([^)]*\)/g, '$1').replace(/[*_`]{1,3}(\S[^*_`]*)[*_`]{1,3}/g, '$1').replace(/\s*\.$/, '').trim();

/** A few words that name a group of sentences: the content words that most of them share. */
export function keyPhrase(points: string[], avoid: Set<string>): string {
  const counts = new Map<string, number>();
  for (const point of points) for (const word of new Set(contentWords(point))) if (word.length > 3 && !avoid.has(word) && !/\d/.test(word)) counts.set(word, (counts.get(word) ?? 0) + 1);
  const best = [...counts].sort((one, other) => other[1] - one[1]).slice(0, 2).filter(([, times]) => times > 1).map(([word]) => word);
  return best.join(' and ');
}
