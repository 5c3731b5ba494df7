/**
 * The content of what is made: titled sections with points. Everything a section states comes from the request, from
 * files or from memory; where they are silent, a structure says what belongs there and leaves a blank in brackets.
 */

import { readGiven, type Given } from './facts.js';
import { comparableRows, conclusions } from './figures.js';
import type { Meaning } from './meaning.js';
import { readPairs } from './pairs.js';
import { isBlankSection, isSummary, placeFacts, trimBlanks } from './placement.js';
import type { ReadRequest } from './readRequest.js';
import { structures, type Structure, type StructureSection } from './structures/index.js';
import { keyPhrase, keySentences, partsOf, pointsOf } from './summarise.js';
import { readTable, spanOf, type DataTable } from './tables.js';
import { titleOf, type Topic } from './topic.js';
import { capitalise, contentWords, shorten, stems, titleCase } from './wording.js';

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
  /** What a passage was searched for. */
  topic?: string;
}

/** From this length on, in characters, what a request brings along is the content itself and needs no structure. */
const enoughText = 700;

/** Builds the outline that all deliverables of a request share. `form` is what it is called: "presentation". */
export async function buildOutline(request: ReadRequest, sources: Source[], form: string, meaning: Meaning): Promise<Outline> {
  const files = sources.filter((source) => source.kind === 'file' && source.text.trim());
  const given = givenBy(request, files);
  const { facts, table } = given;
  const text = [isProse(request.material, facts) ? request.material : '', ...files.map((file) => file.text)].filter(Boolean).join('\n\n');
  const structure = text || request.topic.sections.length ? null : await chooseStructure(request, form, meaning);
  const bareTable = table && !request.topic.subject && !facts.length && !request.topic.sections.length;
  const skeleton = bareTable ? readingTable : structure ? structure.sections : namedSections(request.topic.sections);
  const shown = table !== null && isWorthShowing(given, table, skeleton, request);
  const wanted = skeleton.filter(({ title }) => !shown || title !== figuresTitle).map((section) => filled(section, request.topic, form));
  let sections = text ? sectionsOfText(text) : await placeFacts(wanted, facts, shown ? given.tabled : new Set(), meaning);
  if (!sections.length && facts.length) sections = [{ title: 'Key Facts', bullets: facts }];
  addMemory(sections, sources.filter((source) => source.kind === 'memory'));
  if (table && shown) {
    const points = conclusions(table, request.topic.subject, request.text);
    const concluded = !facts.length && concludeSummary(sections, points);
    const first = bareTable || !sections.length || (isBlankSection(sections[0]) && !text) ? 0 : 1;
    sections.splice(first, 0, figures({ ...given, table }, request, concluded ? [] : points));
  }
  if (structure && !bareTable) sections = withoutIdleBlanks(sections, structure, given, request.topic.slides);
  const title = shorten(titleFor(request, files, form, table), 90);
  for (const section of sections) if (section.title === title) section.title = 'Overview';
  return {
    title,
    subtitle: subtitleOf(request.topic, form, files),
    sections,
    sources: [...new Set(sources.filter((source) => source.text.trim()).map((source) => source.name))],
    structure: structure?.id ?? null,
  };
}

/** The numbers of a request take the place of this section. */
const figuresTitle = 'Key Figures';

/** What the request brings; its own sentence or a file may hold the numbers instead. */
function givenBy(request: ReadRequest, files: Source[]): Given {
  const given = readGiven(request.material, `${request.topic.subject} ${request.instruction}`);
  const table = given.table ?? readTable(request.instruction) ?? files.map((file) => readTable(file.text)).find(Boolean) ?? null;
  return { ...given, table, isList: given.isList || !given.table };
}

/** Long running text is told in its own order; notes and lists, however long, are facts to be placed. */
const isProse = (material: string, facts: string[]): boolean =>
  material.length >= enoughText && (facts.length > 40 || /^#{1,6}\s/m.test(material) || facts.reduce((sum, fact) => sum + fact.length, 0) / facts.length > 80);

/** Forms that lack something without each of their sections. */
const forms = new Set(['letter', 'invoice', 'minutes', 'job']);

/** Where a request gives facts, what is made is about them: few sections of prompts alone stay, more only to fill a number of slides. */
function withoutIdleBlanks(sections: Section[], structure: Structure, { facts, table }: Given, slides: number | null): Section[] {
  const said = facts.length + (table?.rows.length ?? 0);
  if (!said || forms.has(structure.id)) return sections;
  const filledSections = sections.filter((section) => !isBlankSection(section)).length;
  return trimBlanks(sections, Math.max(said > 1 ? 2 : 3, (slides ?? 0) - 1 - filledSections));
}

/** Where the request gives numbers alone, what follows from them opens the summary. */
function concludeSummary([first]: Section[], points: string[]): boolean {
  if (!points.length || !first || !isSummary(first) || !isBlankSection(first)) return false;
  first.bullets = [...points, ...first.bullets.slice(0, Math.max(0, 4 - points.length))];
  return true;
}

/** Two different numbers that the text states need no table, unless one is asked for or the structure has a place for it. */
const isWorthShowing = (given: Given, table: DataTable, skeleton: StructureSection[], request: ReadRequest): boolean =>
  given.isList || table.rows.length > 2 || comparableRows(table) !== null || skeleton.some(({ title }) => title === figuresTitle) || request.deliverables.some(({ kind, wantsTable }) => wantsTable || kind === 'spreadsheet' || kind === 'chart');

/** What goes with numbers that come without a subject. */
const readingTable: StructureSection[] = [
  { title: 'What the Figures Show', bullets: ['Main message: [one sentence to remember]', 'Reason for the highest value: [reason]', 'Next step: [action, owner, date]'] },
];

function titleFor(request: ReadRequest, files: Source[], form: string, table: DataTable | null): string {
  const { subject, sections, audience, period } = request.topic;
  // Numbers without a topic are named by what they are.
  if (table?.pairs && !files.length && !subject && !sections.length && !audience && !period) return titleCase(table.name ?? spanOf(table));
  if ((subject && subject.toLowerCase() !== form) || !files.length) return titleOf(request.topic, form);
  const heading = partsOf(files[0].text.slice(0, 5000))[0]?.heading;
  return titleCase(heading ?? files[0].name.split('/').at(-1)!.replace(/\.\w+$/, '').replace(/[-_]+/g, ' '));
}

function subtitleOf(topic: Topic, form: string, files: Source[]): string {
  const parts = [topic.audience && topic.subject ? `${capitalise(form)} for ${topic.audience}` : '', topic.period && !topic.subject.includes(topic.period) && topic.subject ? topic.period : '', files.length ? `From ${files.map((file) => file.name.split('/').at(-1)).join(', ')}` : ''];
  return shorten(parts.filter(Boolean).join(' · '), 120);
}

/** The first structure whose words occur; else the nearest in meaning; else the generic one. */
async function chooseStructure(request: ReadRequest, form: string, meaning: Meaning): Promise<Structure> {
  const { audience, period } = request.topic;
  // "A deck about Q1" asks for what Q1 brought.
  const subject = request.topic.subject && request.topic.subject === period ? `${period} results` : request.topic.subject;
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
function figures({ table, written, isList }: Given & { table: DataTable }, request: ReadRequest, points: string[]): Section {
  const { subject } = request.topic;
  const title = table.name ? titleCase(table.name) : !isList ? 'Key Figures' : subject ? `${titleCase(subject)}: Figures` : 'Figures';
  return { title, bullets: [...written, ...points], table };
}
