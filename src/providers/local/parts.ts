/**
 * Cuts a request that names several topics into one part for each: "a PowerPoint about Q1 results and a PDF about
 * onboarding". A part holds its deliverables, their topic and the facts in its clause, and is read like a request of its own.
 */

import { mentionedDeliverables } from './deliverables.js';
import { readTopic } from './topic.js';
import { sentences, stems } from './wording.js';

export interface Parts {
  /** Texts to be read as requests; one, the whole, where there is one topic. */
  texts: string[];
  /** Statements that follow the last part and stand in no part's clause. */
  loose: string;
}

interface Span {
  start: number;
  text: string;
  /** What it is about; '' where it shares the first topic. */
  subject: string;
}

/** Only the beginning of a text is cut: what comes later is material. */
const longest = 2000;
const lead = /^[^.:;!?\n§]{0,60}?\b(?:about|on|regarding|concerning|covering|introducing|explaining|for|of|zum thema|sur|sobre)\s|^[^.:;!?\n§]{0,60}?\süber\s/i;
const fileLead = /^[^.:;!?\n§]{0,60}?\b(?:about|on|of|from|using)\s+(?:the\s+)?(?:file\s+)?(§+)/i;
const separator = /(?:[.;!?]\s+|\n+|,\s+|\s+(?:and|plus|then|&|as well as|along with|und|et|y|sowie)\s+)(?:(?:and|plus|then|und|et|y)\s+)*/gi;
const trailing = /(?:[\s,;&]|\b(?:and|plus|then|as well as|along with|und|et|y|sowie)\b)+$/i;
/** Words that point back to what was said, name a place or tell what a file is used for: no topic of its own. */
const noTopic = /^(?:same|above|it|its|this|that|them|these|those|topic|content|numbers|figures|data|results?|facts|desktop|drive|server|website|page|paper|a4|print\w*|download\w*|hand\w* out|hand\w*|distribution|review|approval|reference|reading|sharing|sending|later|meeting|event|archive|records?|everyone|each|both|contents)\b(?!\s+(?:of|plan|process|day|design|protection|quality)\b)/i;

/**
 * Cuts a text at deliverables that have a topic of their own. `mask` hides file names without changing the length;
 * `isStatement` tells a fact from an order or a wish.
 */
export function splitParts(raw: string, mask: (text: string) => string, isStatement: (sentence: string) => boolean): Parts {
  const text = counted(raw, mask);
  const spans = spansOf(text, mask(text.slice(0, longest)));
  const texts = joinSpans(spans);
  if (texts.length < 2) return { texts: [raw], loose: '' };
  const last = texts.length - 1;
  const [first = '', ...others] = sentences(texts[last]);
  // After a colon, and in a sentence of its own, what follows belongs to the last part.
  if (/:\s|:$/.test(first) || /[.;!?\n]\s*(?:(?:and|plus|then|und|et|y)\s+)*$/i.test(text.slice(0, spans.at(-1)!.start))) return { texts, loose: '' };
  const statements = others.filter(isStatement);
  const own = texts.map((one) => [one]);
  own[last] = [first];
  const clauses = own.flat();
  for (const wish of others.filter((sentence) => !isStatement(sentence))) for (const index of placesOf(wish, clauses)) own[index].push(wish);
  return { texts: own.map((lines) => lines.map((line, index) => (index < lines.length - 1 ? `${line.replace(/[.\s]+$/, '')}.` : line)).join(' ')), loose: statements.join('\n') };
}

/** A number of slides goes to the presentation, a wish about all to all; anything else stays where it is, with the last. */
function placesOf(wish: string, texts: string[]): number[] {
  const decks = texts.flatMap((text, index) => (mentionedDeliverables(text).some(({ kind }) => kind === 'powerpoint') ? [index] : []));
  if (/^(?:please\s+)?(?:use|keep|make it|with|no more|at most|max\w*|\d+)\b[^.]*\bslides\b/i.test(wish) && decks.length) return decks;
  return /\b(?:each|both|all|them|short|simple|formal)\b/i.test(wish) && !/\b(?:send|e-?mail|mail|save|put)\b/i.test(wish) ? texts.map((_, index) => index) : [texts.length - 1];
}

/** One span per deliverable, from what joins it to the sentence up to the next one. */
function spansOf(text: string, masked: string): Span[] {
  const fence = /```|"""/.exec(masked)?.index ?? masked.length;
  const region = masked.slice(0, fence);
  const found = mentionedDeliverables(region);
  const starts: { start: number; at: number }[] = [];
  for (const { at, strength } of found) {
    const start = starts.length ? startBefore(region, starts.at(-1)!.at, at, strength) : 0;
    if (start !== null) starts.push({ start, at });
  }
  return starts.map(({ start, at }, index) => {
    const upTo = starts[index + 1]?.start ?? text.length;
    return { start, text: text.slice(start, upTo).replace(upTo < text.length ? trailing : /$^/, ''), subject: subjectOf(text.slice(start, upTo), region.slice(start, upTo), at - start, index === 0) };
  });
}

const orderVerb = /^(?:(?:please|then|also|and|next|finally|i|we|can|could|would|you|(?:i|we)['’]d|like|to|additionally)[,\s]+)*(?:make|create|build|generate|write|draft|prepare|produce|design|put together|give|need|want|erstelle|schreib\w*|mach\w*)\b/i;

/** What may stand between the joint and a deliverable: "a short one-page ", "short "; "we sent them a " tells of one that exists. */
const opening = /^(?:also\s+)?(?:(?:an?|another|one|the|some|ein\w*|une?|un[ao]?|two|three|\d+)\s[\p{L}\d\s'’-]{0,40}|(?!(?:we|i|they|he|she|it|you|who|which|that|is|was|has|have)\s)(?:[\p{L}\d-]+\s+){0,2})$/iu;

/** Where the clause of a deliverable begins; null when it only stands within another's text. */
function startBefore(region: string, after: number, at: number, strength: number): number | null {
  const joint = [...region.slice(Math.max(after, at - 80), at).matchAll(separator)].at(-1);
  if (!joint) return null;
  const start = Math.max(after, at - 80) + joint.index + joint[0].length;
  const between = region.slice(after, start);
  const isOrder = orderVerb.test(region.slice(start, at));
  if ((/[.!?]\s|\n/.test(between) || !opening.test(region.slice(start, at))) && !isOrder) return null;
  return /:\s/.test(between) && strength < 2 && !isOrder ? null : start;
}

function subjectOf(text: string, span: string, at: number, first: boolean): string {
  const file = fileLead.exec(span.slice(at));
  if (file) return text.slice(at + file[0].length - file[1].length, at + file[0].length);
  const named = lead.test(span.slice(at));
  const [clause] = span.split(/:\s/);
  const { subject } = readTopic(clause);
  if (!subject || noTopic.test(subject)) return '';
  const bare = first && /\s|\d/.test(subject);
  // A chart of a topic needs numbers of its own; without them it draws those of the first.
  if (/^(?:[\w-]+\s)?(?:charts?|graphs?|plots?|diagrams?)\b/i.test(span.slice(at)) && !/\d/.test(span.slice(at))) return '';
  return named || bare ? subject : '';
}

/** Texts of the parts: what has no topic of its own goes with the first one, in front of it or as a sentence behind it. */
function joinSpans(spans: Span[]): string[] {
  const leading = spans.findIndex(({ subject }) => subject);
  if (leading < 0) return [];
  const topics: Span[] = [];
  const shared: string[] = [];
  for (const span of spans.slice(leading)) {
    if (span.subject && topics.every((other) => isNew(span.subject, other.subject))) topics.push(span);
    else shared.push(span.text);
  }
  if (topics.length < 2) return [];
  const [first, ...others] = topics.map(({ text }) => text);
  const front = [...spans.slice(0, leading).map(({ text }) => text), first].join(' and ');
  return [[front, ...shared.map(ordered)].map((text, index) => (index < shared.length ? text.replace(/[.\s]+$/, '') : text)).join('. '), ...others.map(ordered)];
}

/** A clause that leaned on an earlier verb is a request with one of its own. */
const ordered = (text: string): string => (orderVerb.test(text) ? text : `Create ${text}`);

/** A subject made of words of another one points back to it. */
function isNew(subject: string, other: string): boolean {
  const known = stems(other);
  const own = [...stems(subject)];
  return own.length === 0 ? subject !== other : own.some((word) => !known.has(word));
}

const plural = String.raw`(?:power\s?points?|presentations?|(?:slide\s?|pitch\s?)?decks|pdfs?|word documents|word docs|docs|documents|reports|letters|memos|guides|spreadsheets|excels?|excel (?:files|sheets)|workbooks|one[\s-]?pagers|hand-?outs|flyers|leaflets|brochures|proposals|checklists)(?:\s+(?:files|documents))?`;
const leads = 'about|on|regarding|concerning|covering|for';
const numbers = ['zero', 'one', 'two', 'three', 'four', 'five'];
const countForm = new RegExp(String.raw`\b(two|three|four|five|[2-5])\s+((?:(?!(?:${leads})\s)[\p{L}\d-]+\s+){0,3}?)(${plural}(?:\s+for\s+[^.,;:!?\n]{2,30}?(?=\s+(?:about|on|regarding|concerning|covering)\s))?)[,:]?\s+(?:one\s+)?(${leads})\s+([^.!?;:\n]+?)(?=[.!?;:\n]|$|,?\s+(?:and|then)\s+(?:then\s+)?(?:e-?mail|mail|send|save|store|put|keep|use|make|create|write)\b)`, 'iu');
const anotherForm = new RegExp(String.raw`(,?\s+(?:and|plus)\s+)(?:another(?: one)?|a second(?: one)?|one(?: more)?)\s+(?=(?:${leads})\s)`, 'gi');
const itemLead = new RegExp(String.raw`^(?:(?:one|another|the other|the second|a second|the third)(?: one)?\s+)?(?:(?:${leads})\s+)?`, 'i');

/** "Two PDFs about A and B" and "a PDF about A and another about B", written out. */
function counted(text: string, mask: (text: string) => string): string {
  const match = countForm.exec(mask(text.slice(0, longest)));
  if (match) {
    const [whole, many, adjectives, noun, by, rest] = match;
    const items = text.slice(match.index + whole.length - rest.length, match.index + whole.length).replace(/,?\s+respectively\s*$/i, '').split(/,\s*(?:and\s+)?|\s+and\s+/).map((item) => item.replace(itemLead, '').trim());
    const count = /\d/.test(many) ? Number(many) : numbers.indexOf(many.toLowerCase());
    const plain = items.every((item) => item && !/^(?:an?\s+(?:pdf|power|word|chart|table|spread))/i.test(item));
    if (items.length === count && plain) return text.slice(0, match.index) + items.map((item) => `a ${adjectives}${singular(noun)} ${by} ${item}`).join(' and ') + text.slice(match.index + whole.length);
  }
  const masked = mask(text.slice(0, longest));
  const named = [...masked.matchAll(anotherForm)].at(0);
  const noun = named && mentionedDeliverables(masked.slice(0, named.index)).at(-1)?.named;
  return noun ? text.slice(0, longest).replace(anotherForm, (_, joint: string) => `${joint}a ${noun} `) + text.slice(longest) : text;
}

/** The first word that ends in s, so that "PDFs for customers" loses only its own. */
const singular = (noun: string): string => noun.replace(/^([^]*?\p{L})s(?=\s+for\s|$)/iu, '$1');
