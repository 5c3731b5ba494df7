/** The facts that a request brings along, in its own words. */

import { pairOf, readPairs, type Pair } from './pairs.js';
import { findTable, isTime, tableOfPairs, type DataTable } from './tables.js';
import { areParts, kindOf } from './figures.js';
import { capitalise, sentences } from './wording.js';

export interface Given {
  /** Statements as the request words them, each one thing; nothing of the material is left out but what `table` holds. */
  facts: string[];
  table: DataTable | null;
  /** The list that made `table`, as it was written, where the table's plain numbers do not show it: "North 1.2 million". */
  written: string[];
  /** Those of `facts` whose numbers `table` shows. */
  tabled: Set<string>;
  /** True when the table is a list of the same quantity and not a gathering of different ones. */
  isList: boolean;
}

/** Reads what a request about `about` brings: a table that it writes as one, statements, and the numbers among them. */
export function readGiven(material: string, about: string): Given {
  const text = material.slice(0, 20_000);
  const found = findTable(text);
  const facts = factsOf(found?.rest ?? text);
  const none = { written: [], tabled: new Set<string>() };
  if (found) return { ...none, facts, table: found.table, isList: true };
  const pairs = facts.map(pairOf);
  const own = pairs.filter((pair) => pair !== null);
  const table = tableOfPairs(own);
  const parts = areParts(own, about);
  if (table && (parts || isDataList(own))) return { facts: facts.filter((_, index) => !pairs[index]), table: { ...table, parts }, tabled: none.tabled, written: asWritten(facts.filter((_, index) => pairs[index]), own), isList: true };
  if (table) return { facts, table, written: [], tabled: new Set(facts.filter((_, index) => pairs[index])), isList: false };
  return { ...none, facts, table: tableOfPairs(readPairs(text)), isList: false };
}

/** "Jan 5, Feb 8" and "rent 1200, food 400" are one quantity in parts; "revenue 1.2 million, 12 customers" are two. */
const isDataList = (pairs: Pair[]): boolean =>
  new Set(pairs.map(({ unit }) => unit)).size === 1 && (pairs.every(({ label }, index) => isTime(label) || (!index && isTime(label.split(' ').at(-1)!))) || pairs.every((pair) => !pair.counted && kindOf({ ...pair, unit: '' }) === 'plain'));

const asWritten = (facts: string[], pairs: Pair[]): string[] => {
  if (pairs.every(({ written, value }) => written.replace(/,/g, '') === String(value))) return [];
  return facts.reduce<string[][]>((lines, fact, index) => (index % 6 ? [...lines.slice(0, -1), [...lines.at(-1)!, fact]] : [...lines, [fact]]), []).map((line) => line.join(', '));
};

const bulletMark = /^\s*(?:[-*•–+]|\d+[.)])\s+/;
const empty = /^(?:(?:with|and) (?:a |the )?totals?|thanks?(?: you)?|thank you .*|please|cheers|best regards|kind regards)\W*$/i;
/** Headings that say no more than "here are facts". */
const plainHeading = /^(?:(?:the |some |our |my |key |main |important |following )*(?:facts?|figures|numbers|data|notes|details|info(?:rmation)?|input|content|points|key points|bullets|here (?:is|are).*|this is .*))$/i;

/** Sentences, list items and the parts of lists in a text. What stands in quotation marks or brackets is never cut. */
export function factsOf(text: string): string[] {
  const kept: string[] = [];
  const masked = text.replace(/"[^"\n]+"|“[^”\n]+”|„[^“”\n]+[“”]|«[^»\n]+»|\([^()\n]+\)/g, (span) => `\uE000${kept.push(span) - 1}\uE001`);
  const restore = (one: string) => one.replace(/\uE000(\d+)\uE001/g, (_, index: string) => kept[Number(index)]);
  let heading = '';
  const facts: string[] = [];
  for (const line of masked.split(/\r?\n/)) {
    const bare = line.replace(bulletMark, '').trim();
    if (!bare) { heading = facts.length && !line ? '' : heading; continue; }
    if (/^[^.:;]{2,50}:$/.test(bare)) { heading = plainHeading.test(bare.slice(0, -1)) ? '' : bare; continue; }
    const pieces = sentences(bare).flatMap((sentence) => sentence.split(/;\s*/)).flatMap(listParts);
    facts.push(...pieces.map((piece) => (heading ? `${heading} ${piece}` : piece)));
  }
  const plain = facts.map((fact) => restore(fact).replace(bulletMark, '').replace(/(?<!\.)[.,]$/, '').trim()).filter((fact) => /[\p{L}\p{N}]/u.test(fact) && !empty.test(fact));
  return [...new Set(plain.map(upper))];
}

/** "iPhone" keeps its small letter. */
const upper = (fact: string): string => (/^\p{Ll}\p{Lu}/u.test(fact) ? fact : capitalise(fact));

/** A part that begins so leans on what stands before it. */
const leaning = /^(?:which|who|that|because|but|while|although|so|then|when|where|if|in|on|at|by|since|after|before|with|without|for|as|to|from|including|especially|driven|due|thanks|led|helped|up|down|compared|versus|vs|of|than|not|mainly|mostly|\uE000)\b/i;
const isPart = (part: string): boolean => /[\p{L}\p{N}%€$£)]/u.test(part) && /\p{L}|[%€$£]|^\d{4}\s/u.test(part) && !leaning.test(part) && (/\d/.test(part) || part.split(/\s+/).length >= 3);

/** "Revenue 1.2 million, costs 0.8 million and 12 new customers" are three facts; a sentence with commas is one. */
function listParts(sentence: string): string[] {
  const parts = sentence.split(/,\s+(?:(?:and|und|et|y|plus)\s+)?/).flatMap(atAnd);
  const figures = parts.filter((part) => /\d/.test(part)).length;
  return parts.length > 1 && figures > 1 && parts.every((part) => isPart(part) && part.split(/\s+/).length <= 12) ? parts : [sentence];
}

function atAnd(part: string): string[] {
  const [left, ...right] = part.split(/\s+(?:and|und|et|y|plus|&)\s+/);
  return right.length === 1 && /\d/.test(left) && /\p{L}/u.test(left) && !/\bbetween\b/i.test(left) && (pairOf(right[0]) || /^(?:an?|the|we|our|they|i)\s.*\d/i.test(right[0])) && !isTime(right[0]) ? [left, right[0]] : [part];
}
