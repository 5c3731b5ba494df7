/** The outlines of a request: one that all deliverables share, or one for each topic. */

import type { Deliverable } from './deliverables.js';
import { factsOf } from './facts.js';
import type { Meaning } from './meaning.js';
import { buildOutline, type Outline, type Source } from './outline.js';
import type { ReadRequest } from './readRequest.js';
import { findTable } from './tables.js';
import type { TaskList } from './tasks.js';
import { stems } from './wording.js';

/** What is made from one outline: the request or its part, and the sources that it draws from. */
export interface Content {
  request: ReadRequest;
  outline: Outline;
  sources: Source[];
}

/** Builds one content per topic of a request, in their order; never none. */
export async function buildContents(request: ReadRequest, list: TaskList, sources: Source[], meaning: Meaning): Promise<Content[]> {
  const parts = request.parts.length ? await withLooseFacts(request, meaning) : [request];
  return Promise.all(parts.map(async (part, index) => {
    const own = request.parts.length ? sourcesFor(request, index, sources) : sources;
    return { request: part, sources: own, outline: await buildOutline(part, own, formOf(part, list), meaning) };
  }));
}

/** The content that a deliverable is made from; other work draws from the first. */
export const contentOf = (contents: Content[], deliverable: Deliverable | null): Content =>
  contents.find(({ request }) => deliverable && request.deliverables.includes(deliverable)) ?? contents[0];

/** A file is the content of the parts that name it, of all where none does; a passage is that of the topic it was searched for. */
function sourcesFor(request: ReadRequest, index: number, sources: Source[]): Source[] {
  const subjects = request.parts.map(({ topic }) => topic.subject);
  // A file that is named in front of the first deliverable belongs to none alone.
  const clauses = request.parts.map(({ deliverables }, place) => request.instruction.slice(deliverables[0]?.at ?? 0, request.parts[place + 1]?.deliverables[0]?.at));
  return sources.filter(({ kind, name, topic }) => {
    const owners = kind === 'memory' ? subjects.map((subject) => subject === topic) : clauses.map((clause) => clause.includes(name));
    return owners[index] || !owners.includes(true);
  });
}

/** More statements than this are a text, which stays whole. */
const mostFacts = 60;

/** Gives each statement that stands in no part's clause to the topic nearest in words and meaning, a table or a long text as a whole. */
async function withLooseFacts(request: ReadRequest, meaning: Meaning): Promise<ReadRequest[]> {
  if (!request.loose) return request.parts;
  const facts = findTable(request.loose) ? [] : factsOf(request.loose);
  const pieces = facts.length && facts.length <= mostFacts ? facts : [request.loose];
  const subjects = request.parts.map(({ topic, text }) => topic.subject || text);
  const own: string[][] = subjects.map(() => []);
  for (const piece of pieces) {
    const words = stems(piece);
    const near = await meaning.scores(piece, subjects);
    const scores = near.map((score, index) => score + 0.2 * [...stems(subjects[index])].filter((word) => words.has(word)).length);
    own[scores.indexOf(Math.max(...scores))].push(piece);
  }
  return request.parts.map((part, index) => ({ ...part, material: [part.material, ...own[index]].filter(Boolean).join('\n') }));
}

/** What the outline's subtitle calls the thing: the request's own word for the first deliverable. */
function formOf(request: ReadRequest, list: TaskList): string {
  const first = request.deliverables[0] ?? list.tasks.find((task) => task.deliverable)?.deliverable;
  if (!first) return 'document';
  const genre = /pitch deck|report|letter|memo|minutes|proposal|policy|invoice|contract|agreement|handout|flyer|agenda|plan|summary|brochure|guide|handbook|job description|checklist|budget/i.exec(first.named)?.[0];
  const plain = { powerpoint: 'presentation', document: 'document', spreadsheet: 'spreadsheet', pdf: 'document', chart: 'chart' }[first.kind];
  return genre ? genre.toLowerCase() : plain;
}
