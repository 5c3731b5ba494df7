/** Where the facts of a request go in a structure, and which of its prompts they leave. */

import { isBlank } from './blanks.js';
import type { Meaning } from './meaning.js';
import type { Section } from './outline.js';
import { shorten, stems } from './wording.js';

/** A point longer than this is cut; whole paragraphs are no points. */
const longest = 400;
const mostInSummary = 6;
/** Beside facts a section keeps this many prompts, so that it is about what was said. */
const promptsBeside = 2;

/** The section that repeats the main facts of all others. */
export const isSummary = (section: Section): boolean => /^(?:summary|overview|key points|at a glance|status at a glance)$/i.test(section.title);

/**
 * Puts each fact into the section that is nearest in words and meaning, in place of the prompt it answers. A summary holds
 * the first facts of all; what fits nowhere else becomes a section of its own. Of `tabled`, which a table shows already,
 * only those go beside it whose words name a section.
 */
export async function placeFacts(sections: Section[], facts: string[], tabled: Set<string>, meaning: Meaning): Promise<Section[]> {
  if (!facts.length || !sections.length) return sections;
  const summary = isSummary(sections[0]) ? sections[0] : null;
  const targets = summary ? sections.slice(1) : sections;
  const { own, rest } = await choosePlaces(targets, facts, tabled, meaning);
  const placed = targets.map((section) => ({ ...section, bullets: merge(own.get(section)!, section.bullets), minor: section.minor && !own.get(section)!.length }));
  const chosen = new Set([...new Set([...rest, ...facts])].slice(0, mostInSummary));
  const main = facts.filter((fact) => chosen.has(fact)).map(cut);
  const left = summary ? rest.filter((fact) => !chosen.has(fact)) : rest;
  const lead = summary || isBlankSection(placed[0]) ? 0 : 1;
  const prompts = summary?.bullets.slice(0, Math.max(0, 3 - main.length)) ?? [];
  return [...(summary ? [{ ...summary, bullets: [...main, ...prompts] }] : []), ...insert(placed, left, lead)];
}

/** Facts without a place follow the first section, six on each. */
function insert(sections: Section[], rest: string[], at: number): Section[] {
  const own: Section[] = [];
  for (let from = 0; from < rest.length; from += 6) own.push({ title: from ? `Key Facts (${1 + from / 6})` : 'Key Facts', bullets: rest.slice(from, from + 6).map(cut) });
  return [...sections.slice(0, at), ...own, ...sections.slice(at)];
}

const cut = (fact: string): string => shorten(fact, longest);

async function choosePlaces(sections: Section[], facts: string[], tabled: Set<string>, meaning: Meaning): Promise<{ own: Map<Section, string[]>; rest: string[] }> {
  const own = new Map<Section, string[]>(sections.map((section) => [section, []]));
  const rest: string[] = [];
  const texts = sections.map((section) => `${section.title}. ${section.bullets.join(' ').replace(/\[[^\]]*\]/g, '')}`);
  for (const fact of facts) {
    const named = sections.map((section) => cued(fact, section.title));
    if (tabled.has(fact) && !named.some(Boolean)) { rest.push(fact); continue; }
    const near = await meaning.scores(fact, texts);
    const scores = near.map((score, index) => score + 0.12 * shared(fact, texts[index]) + (named[index] ? 0.35 : 0));
    const best = scores.indexOf(Math.max(...scores));
    if (scores[best] >= 0.3 && own.get(sections[best])!.length < 5) own.get(sections[best])!.push(fact);
    else rest.push(fact);
  }
  return { own, rest };
}

/** Words that tell where a fact belongs although the section's title does not hold them. */
const cues: [title: RegExp, fact: RegExp][] = [
  [/decision/i, /\b(?:decided|agreed|approved|resolved)\b/i],
  [/tasks|next steps|actions/i, /\bwill\b|\bplans? to\b|\bnext\b/i],
  [/time|schedule|milestones|programme|outlook/i, /\b(?:\d{1,2}(?:st|nd|rd|th)? (?:of )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|(?:january|february|march|april|june|july|august|september|october|november|december) \d|monday|tuesday|wednesday|thursday|friday|deadline|launch|starts?|opens?|arrives?)/i],
  [/cost|budget|price|ask$/i, /^(?!.*\b(?:revenue|sales|income)\b).*(?:[$€£]\s?\d|\b(?:costs?|budget|price|funding)\b)/i],
  [/headcount|hiring/i, /\b(?:hired?|hires|headcount|recruit\w*|joined)\b/i],
  [/retention|turnover/i, /\b(?:turnover|resign\w*|attrition|departures?)\b/i],
  [/engagement|absence/i, /\b(?:survey|engagement|absence|satisfaction|sick)\b/i],
  [/training/i, /\b(?:train\w*|course|workshop)\b/i],
  [/team|roles|responsib|people to know|contact/i, /\b(?:leads?|lead by|led by|responsible|managed? by|contact|manager)\b/i],
  [/risk|problem/i, /\b(?:risks?|problems?|delay\w*|complain\w*|issues?|failed|lost|late|outages?|bugs?)\b/i],
  [/customers|proof|traction/i, /\b(?:customers?|clients?|users)\b/i],
  [/revenue|income|traction/i, /\b(?:revenue|sold|sales)\b/i],
  [/key figures/i, /\d\s?%|[$€£¥]\s?\d|\b\d+ (?:of|out of) \d|\bfrom [$€£]?\d|\bby \d|\b(?:average|median|score|nps)\b|\b(?:revenues?|costs?|profits?|sales|turnover|headcount)\b.*\d/i],
  [/goals? and results/i, /\b(?:goals?|targets?|milestones?|\d+ (?:of|out of) \d+)\b/i],
  [/achievement|done since/i, /\bnew (?:customers?|clients?|users?|partners?|offices?|products?)\b|\b(?:won|launched|released|signed|completed|reached|award\w*|certified|opened|finished|delivered|record)\b/i],
];

const cued = (fact: string, title: string): boolean => cues.some(([forTitle, forFact]) => forTitle.test(title) && forFact.test(fact));

const shared = (one: string, other: string): number => {
  const words = stems(other);
  return Math.min(3, [...stems(one)].filter((word) => words.has(word)).length);
};

/** Facts first; each takes the place of the prompt that shares most words with it. */
function merge(facts: string[], prompts: string[]): string[] {
  if (!facts.length) return prompts;
  const left = [...prompts];
  for (const fact of facts) {
    const overlaps = left.map((prompt) => { const asks = prompt.split(/[:[]/)[0]; return shared(fact, asks) + (cued(fact, asks) ? 1 : 0); });
    const first = overlaps.indexOf(Math.max(...overlaps));
    // Of "Goal 1" to "Goal 3" the last goes first, so that their numbers stay in order.
    const best = /^[^:[]*\d\s*[:[]/.test(left[first] ?? '') ? overlaps.lastIndexOf(overlaps[first]) : first;
    // A prompt that is a blank from its beginning asks for any fact of its section.
    const index = overlaps[best] > 0 ? best : left.findIndex((prompt) => prompt.startsWith('['));
    if (index >= 0) left.splice(index, 1);
  }
  return [...facts.map(cut), ...left.slice(0, promptsBeside)];
}

/** A section in which nothing is said yet. */
export const isBlankSection = (section: Section): boolean => !section.table && section.bullets.every(isBlank);

/** Leaves out sections of prompts alone beyond `most`: the last one, what comes next, is the most useful, then the first. */
export function trimBlanks(sections: Section[], most: number): Section[] {
  const blank = sections.filter(isBlankSection);
  const closing = blank.at(-1) === sections.at(-1) ? blank.slice(-1) : [];
  const others = blank.filter((section) => !closing.includes(section));
  const kept = new Set([...closing, ...others.filter(({ minor }) => !minor), ...others.filter(({ minor }) => minor)].slice(0, most));
  return sections.filter((section) => !isBlankSection(section) || kept.has(section));
}
