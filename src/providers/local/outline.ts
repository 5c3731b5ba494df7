/**
 * The content of what is made: titled sections with points. Everything a section states comes from the request, from
 * files or from memory; where they are silent, a structure says what belongs there and leaves a blank in brackets.
 */

import type { DataTable } from './facts.js';
import { readPairs, readTable } from './facts.js';
import type { Meaning } from './meaning.js';
import type { ReadRequest } from './readRequest.js';
import { structures, type Structure, type StructureSection } from './structures/index.js';
import { keyPhrase, keySentences, partsOf, pointsOf } from './summarise.js';
import { titleOf, type Topic } from './topic.js';
import { capitalise, contentWords, sentences, shorten, stems, titleCase } from './wording.js';

export interface Section {
  title: string;
  bullets: string[];
  table?: DataTable;
  /** May be left out when there is room for less. */
  minor?: boolean;
}

export interface Outline {
  title: string;
  subtitle: string;
  sections: Section[];
  /** Names of the files and documents that it draws from. */
  sources: string[];
  /** Which structure gave the sections, or null when they came from a text or the request. */
  structure: string | null;
}

export interface Source {
  name: string;
  text: string;
  /** A file that was asked for makes the outline; a passage from memory adds to it. */
  kind: 'file' | 'memory';
}

/** From this length on, in characters, what a request brings along is the content itself and needs no structure. */
const enoughText = 700;

/** Builds the outline that all deliverables of a request share. `form` is what it is called: "presentation". */
export async function buildOutline(request: ReadRequest, sources: Source[], form: string, meaning: Meaning): Promise<Outline> {
  const files = sources.filter((source) => source.kind === 'file' && source.text.trim());
  const table = readTable(request.material) ?? readTable(request.instruction) ?? files.map((file) => readTable(file.text)).find(Boolean) ?? null;
  const facts = factsOf(request.material);
  const text = [request.material.length >= enoughText ? request.material : '', ...files.map((file) => file.text)].filter(Boolean).join('\n\n');
  const structure = text || request.topic.sections.length ? null : await chooseStructure(request, form, meaning);
  const bareTable = table && !request.topic.subject && !facts.length && !request.topic.sections.length;
  const skeleton = bareTable ? readingTable : structure ? structure.sections : namedSections(request.topic.sections);
  const sections = text ? sectionsOfText(text) : await placeFacts(skeleton.map((section) => filled(section, request.topic, form)), facts, meaning);
  addMemory(sections, sources.filter((source) => source.kind === 'memory'));
  if (table) sections.splice(bareTable ? 0 : Math.min(1, sections.length), 0, figures(table, request.topic));
  const title = shorten(titleFor(request, files, form), 90);
  for (const section of sections) if (section.title === title) section.title = 'Overview';
  return {
    title,
    subtitle: subtitleOf(request.topic, form, files),
    sections,
    sources: [...new Set(sources.filter((source) => source.text.trim()).map((source) => source.name))],
    structure: structure?.id ?? null,
  };
}

/** What goes with numbers that come without a subject. */
const readingTable: StructureSection[] = [
  { title: 'What the Figures Show', bullets: ['Main message: [one sentence to remember]', 'Reason for the highest value: [reason]', 'Next step: [action, owner, date]'] },
];

function titleFor(request: ReadRequest, files: Source[], form: string): string {
  const { subject } = request.topic;
  if ((subject && subject.toLowerCase() !== form) || !files.length) return titleOf(request.topic, form);
  const heading = partsOf(files[0].text.slice(0, 5000))[0]?.heading;
  return titleCase(heading ?? files[0].name.split('/').at(-1)!.replace(/\.\w+$/, '').replace(/[-_]+/g, ' '));
}

function subtitleOf(topic: Topic, form: string, files: Source[]): string {
  const parts = [topic.audience && topic.subject ? `${capitalise(form)} for ${topic.audience}` : '', topic.period && !topic.subject.includes(topic.period) && topic.subject ? topic.period : '', files.length ? `From ${files.map((file) => file.name.split('/').at(-1)).join(', ')}` : ''];
  return shorten(parts.filter(Boolean).join(' · '), 120);
}

/** Sentences and list items the request brings, without those that are only the numbers of its table. */
const factsOf = (material: string): string[] =>
  sentences(material.slice(0, 20_000))
    .filter((sentence) => readPairs(sentence).length < 2 && !/^[^a-z]*\|/i.test(sentence) && contentWords(sentence).length > 1 && !/^(?:with|and) (?:a |the )?totals?\W*$/i.test(sentence))
    .filter((sentence) => (sentence.match(/[,;\t|]/g)?.length ?? 0) < 2 || /\s\w+\s\w+\s/.test(sentence))
    .map((sentence) => sentence.replace(/^\s*(?:[-*•–]|\d+[.)])\s+/, '').replace(/\.$/, ''));

/** The first structure whose words occur; else the nearest in meaning; else the generic one. */
async function chooseStructure(request: ReadRequest, form: string, meaning: Meaning): Promise<Structure> {
  const { subject, audience } = request.topic;
  const asked = audience ? request.instruction.replace(audience, '') : request.instruction;
  const byWords = [subject, `${form} ${asked.slice(0, 400)}`, audience ?? ''].map((text) => text && structures.find(({ words }) => words.test(text))).find(Boolean);
  // Results are told differently to each department, so here the audience has a say.
  if (byWords && byWords.id === 'results-general') return structures.find(({ id, words }) => id.startsWith('results-') && words.test(`results ${subject} ${audience}`)) ?? byWords;
  if (byWords) return byWords;
  const generic = structures.at(-1)!;
  if (!subject) return generic;
  const scores = await meaning.scores(subject, structures.map((structure) => structure.about));
  const best = scores.indexOf(Math.max(...scores));
  return scores[best] >= 0.45 ? structures[best] : generic;
}

/** Sections that the request lists; a structure that knows such a section lends its prompts. */
function namedSections(titles: string[]): StructureSection[] {
  const known = structures.flatMap((structure) => structure.sections);
  return titles.map((title) => {
    const words = stems(title);
    const match = known.find((section) => [...words].some((word) => stems(section.title).has(word)));
    const subject = title.replace(/[{}]/g, '');
    return { title: titleCase(title), bullets: match?.bullets ?? [`Situation today: [facts and figures on ${subject}]`, 'What matters most: [one sentence to remember]', 'Next step: [action, owner, date]'] };
  });
}

function filled(section: StructureSection & { minor?: boolean }, topic: Topic, form: string): Section {
  const values: Record<string, string> = { subject: topic.phrase || 'the topic', title: titleOf(topic, form), period: topic.period ?? 'the period', audience: topic.audience ?? 'the audience' };
  const fill = (text: string) => capitalise(text.replace(/\{(\w+)\}/g, (_, name: string) => values[name]));
  return { title: fill(section.title), bullets: section.bullets.map(fill), minor: section.minor };
}

/** Puts each fact into the section that is nearest in words and meaning, in place of the prompt it answers. */
async function placeFacts(sections: Section[], facts: string[], meaning: Meaning): Promise<Section[]> {
  if (!facts.length || !sections.length) return sections;
  const chosen = facts.length > 24 ? keySentences(facts, 24) : facts;
  const own = new Map<Section, string[]>(sections.map((section) => [section, []]));
  const rest: string[] = [];
  const texts = sections.map((section) => `${section.title}. ${section.bullets.join(' ').replace(/\[[^\]]*\]/g, '')}`);
  for (const fact of chosen) {
    const near = await meaning.scores(fact, texts);
    const scores = near.map((score, index) => score + 0.12 * shared(fact, texts[index]) + (cued(fact, sections[index].title) ? 0.35 : 0));
    const best = scores.indexOf(Math.max(...scores));
    if (scores[best] >= 0.3 && own.get(sections[best])!.length < 5) own.get(sections[best])!.push(fact);
    else rest.push(fact);
  }
  const placed: Section[] = sections.map((section) => ({ ...section, bullets: merge(own.get(section)!, section.bullets), minor: section.minor && !own.get(section)!.length }));
  for (let at = 0; at < rest.length; at += 6) placed.splice(Math.min(1 + at / 6, placed.length), 0, { title: at ? `Key Facts (${1 + at / 6})` : 'Key Facts', bullets: rest.slice(at, at + 6).map((fact) => shorten(fact, 200)) });
  return placed;
}

/** Words that tell where a fact belongs although the section's title does not hold them. */
const cues: [title: RegExp, fact: RegExp][] = [
  [/decision/i, /\b(?:decided|agreed|approved|resolved)\b/i],
  [/tasks|next steps|actions/i, /\bwill\b|\bplans? to\b/i],
  [/time|schedule|milestones|programme/i, /\b(?:\d{1,2}(?:st|nd|rd|th)? (?:of )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|monday|tuesday|wednesday|thursday|friday|deadline|starts?|opens?|arrives?)\b/i],
  [/cost|budget|price|ask$/i, /[$€£]\s?\d|\b(?:costs?|budget|price|funding)\b/i],
  [/headcount|hiring/i, /\b(?:hired?|hires|headcount|recruit\w*|joined)\b/i],
  [/retention|turnover/i, /\b(?:turnover|resign\w*|attrition|departures?)\b/i],
  [/engagement|absence/i, /\b(?:survey|engagement|absence|satisfaction|sick)\b/i],
  [/training/i, /\b(?:train\w*|course|workshop)\b/i],
  [/team|roles|responsib|people to know|contact/i, /\b(?:leads?|responsible|managed? by|contact|manager)\b/i],
  [/risk|problem/i, /\b(?:risks?|problems?|delay\w*|complain\w*|issues?|failed)\b/i],
  [/customers|proof|traction/i, /\b(?:customers?|clients?|users)\b/i],
  [/revenue|income|traction/i, /\b(?:revenue|sold|sales)\b/i],
];

const cued = (fact: string, title: string): boolean => cues.some(([forTitle, forFact]) => forTitle.test(title) && forFact.test(fact));

const shared = (one: string, other: string): number => {
  const words = stems(other);
  return Math.min(3, [...stems(one)].filter((word) => words.has(word)).length);
};

/** Facts first; each takes the place of the prompt that shares most words with it; at most six points in all. */
function merge(facts: string[], prompts: string[]): string[] {
  const left = [...prompts];
  for (const fact of facts) {
    const overlaps = left.map((prompt) => { const asks = prompt.split(/[:[]/)[0]; return shared(fact, asks) + (cued(fact, asks) ? 1 : 0); });
    const best = overlaps.indexOf(Math.max(...overlaps));
    if (overlaps[best] > 0) left.splice(best, 1);
  }
  return [...facts.map((fact) => shorten(fact, 200)), ...left].slice(0, Math.max(facts.length, 5));
}

/** Sections from a text: its own headings, else its key sentences in groups of four. */
function sectionsOfText(text: string): Section[] {
  const parts = partsOf(text);
  const headed = parts.filter((part) => part.heading && pointsOf(part.lines, 6).length);
  if (headed.length >= 2) {
    const intro = parts[0].heading ? [] : pointsOf(parts[0].lines, 4);
    return [...(intro.length ? [{ title: 'Summary', bullets: intro }] : []), ...headed.slice(0, 20).map((part) => ({ title: shorten(titleCase(part.heading!), 70), bullets: pointsOf(part.lines, 6) }))];
  }
  const points = pointsOf(parts.flatMap((part) => part.lines), 20).filter((point) => readPairs(point).length < 3);
  if (points.length <= 6) return points.length ? [{ title: headed[0]?.heading ? titleCase(headed[0].heading) : 'Key Points', bullets: points }] : [];
  const used = new Set<string>();
  const size = Math.ceil(points.length / Math.ceil(points.length / 5));
  const sections: Section[] = [{ title: 'Summary', bullets: keySentences(points, 3) }];
  for (let at = 0; at < points.length; at += size) {
    const bullets = points.slice(at, at + size);
    const phrase = keyPhrase(bullets, used);
    contentWords(phrase).forEach((word) => used.add(word));
    sections.push({ title: phrase ? titleCase(phrase) : `Details ${sections.length}`, bullets });
  }
  return sections;
}

function addMemory(sections: Section[], passages: Source[]): void {
  const bySource = new Map<string, string[]>();
  for (const passage of passages.slice(0, 8)) bySource.set(passage.name, [...(bySource.get(passage.name) ?? []), passage.text]);
  const bullets = [...bySource].slice(0, 4).flatMap(([name, texts]) => pointsOf(texts, 3, 150).map((point) => `${point} (source: ${name})`));
  for (let at = 0; at < bullets.length; at += 5) sections.splice(Math.min(1 + at / 5, sections.length), 0, { title: at ? `From Your Documents (${1 + at / 5})` : 'From Your Documents', bullets: bullets.slice(at, at + 5) });
}

/** The numbers of the request: what follows from them is computed, nothing is added. */
function figures(table: DataTable, topic: Topic): Section {
  const columns = table.columns.map((_, index) => index).filter((index) => index > 0 && table.rows.every((row) => typeof row[index] === 'number')).slice(0, 2);
  const bullets = table.rows.length > 1 ? columns.flatMap((column) => readColumn(table, column)) : [];
  return { title: table.name ? titleCase(table.name) : topic.subject ? `${titleCase(topic.subject)}: Figures` : 'Figures', bullets, table };
}

function readColumn(table: DataTable, column: number): string[] {
  const sorted = [...table.rows].sort((one, other) => Number(other[column]) - Number(one[column]));
  const name = table.columns.length > 2 ? ` ${table.columns[column]}` : '';
  const said = (row: (string | number)[]) => `${row[0]} (${withUnit(Number(row[column]), table.unit)})`;
  const total = table.unit === '%' ? [] : [`Total${name}: ${withUnit(totalOf(table, column), table.unit)}`];
  return [`Highest${name}: ${said(sorted[0])}`, `Lowest${name}: ${said(sorted.at(-1)!)}`, ...total];
}

/** The sum of a column, without the noise of binary fractions. */
export const totalOf = (table: DataTable, column: number): number => Number(table.rows.reduce((sum, row) => sum + Number(row[column]), 0).toPrecision(12));

const withUnit = (value: number, unit: string): string => {
  const digits = new Intl.NumberFormat('en-US', { maximumFractionDigits: 6 }).format(value);
  return /^[$€£¥]$/.test(unit) ? `${unit}${digits}` : unit ? `${digits}${unit === '%' ? '%' : ` ${unit}`}` : digits;
};
