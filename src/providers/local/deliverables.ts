/**
 * Finds what a request asks to be made. Words that name a file format ("PowerPoint", "PDF") decide; words that name a
 * kind of writing ("report", "budget") decide only where no format is named beside them.
 */

export type Kind = 'powerpoint' | 'document' | 'spreadsheet' | 'pdf' | 'chart';

export interface Deliverable {
  kind: Kind;
  /** The words that named it: "one-page PDF", "Word report". */
  named: string;
  /** Where in the instruction it is named. */
  at: number;
  /** A table or chart asked for inside it. */
  wantsTable: boolean;
  wantsChart: boolean;
  fileName: string | null;
}

interface Mention {
  kind: Kind;
  /** 3: a file format; 2: a thing that has one usual format; 1: a kind of writing. */
  strength: 1 | 2 | 3;
  at: number;
  end: number;
  text: string;
}

const words: { kind: Kind; strength: 1 | 2 | 3; form: RegExp }[] = [
  { kind: 'powerpoint', strength: 3, form: /\b(?:power[\s-]?po(?:ints?|int)|powerpiont|powerpint|pptx?|ppt)\b/gi },
  { kind: 'powerpoint', strength: 2, form: /\b(?:slide[\s-]?(?:decks?|shows?)|slides?|slids|pitch[\s-]?decks?|decks?|presentations?|presentaions?|pr(?:ä|ae)sentation(?:en)?|folien|diapositives?|diapositivas?|présentations?|presentación|presentazione|keynote)(?![\p{L}])/giu },
  { kind: 'document', strength: 3, form: /\b(?:(?:microsoft |ms )?word(?=\s*(?:[-.,;!?]|$|document|doc\b|docs\b|file|datei|report|letter|memo|format|version|and\b|as\b|about\b|on\b|for\b|with\b|or\b|too\b|minutes|that\b|which\b|copy|please|summar|propos|polic|und\b))(?!\s+(?:for|and)\s+word)|docx?|google doc)\b/gi },
  { kind: 'document', strength: 1, form: /\b(?:documents?|reports?|letters?|memos?|memorandum|minutes(?=\s+(?:of|for|from)|\s*$)|proposals?|essays?|articles?|polic(?:y|ies)(?=\s+(?:for|on|about|document))|agreements?|contracts?|guides?|handbooks?|manuals?|briefs?|summar(?:y|ies)|plans?|job descriptions?|checklists?|agendas?|press releases?|white\s?papers?|berichte?|brief|dokumente?|rapports?|lettres?|informes?|cartas?|dokumentation)(?![\p{L}])/giu },
  { kind: 'spreadsheet', strength: 3, form: /\b(?:spread[\s-]?sheets?|excel|exel|xlsx?|(?:work)books?(?=\s|$|[.,])|tabellenkalkulation|tableur|hoja de cálculo|csv table)\b/gi },
  { kind: 'spreadsheet', strength: 2, form: /\b(?:sheets?|trackers?|time\s?sheets?)(?!\s+of\s+paper)\b/gi },
  { kind: 'spreadsheet', strength: 1, form: /\b(?:tables?|budgets?|price lists?|tabellen?|tableau|tabla|haushaltsplan)\b/gi },
  { kind: 'pdf', strength: 3, form: /\b(?:pdfs?|one[\s-]?pagers?|1[\s-]?pagers?)\b/gi },
  { kind: 'pdf', strength: 1, form: /\b(?:hand-?outs?|flyers?|leaflets?|brochures?|invoices?|rechnung|certificates?|fact\s?sheets?)\b/gi },
  { kind: 'chart', strength: 2, form: /\b(?:(?:bar|line|pie|column|donut)?[\s-]?(?:charts?|graphs?|plots?|diagrams?)|pie(?=\s+of)|(?:linien|balken|kreis|säulen)?diagramme?|graphique|gráfico)(?![\p{L}])/giu },
];

const chartVerb = /(?:^|[.;,]\s*|\b(?:and|then|please|you|to)\s+)(chart|plot|graph|visuali[sz]e)\s+(?!with\b|and\b)/gi;

/** All places where a format or kind of writing is named, in order, without overlaps (the stronger wins). */
function findMentions(text: string): Mention[] {
  const all: Mention[] = words.flatMap(({ kind, strength, form }) =>
    [...text.matchAll(form)].map((match) => {
      const at = match.index + match[0].length - match[0].trimStart().length;
      return { kind, strength, at, end: match.index + match[0].length, text: match[0].trim() };
    }));
  for (const match of text.matchAll(chartVerb)) {
    const at = match.index + match[0].lastIndexOf(match[1]);
    all.push({ kind: 'chart', strength: 3, at, end: at + match[1].length, text: 'chart' });
  }
  all.sort((one, other) => one.at - other.at || other.strength - one.strength || other.end - one.end);
  return all.filter((mention, index) => !all.some((other, place) => place !== index && covers(other, mention, place < index)));
}

const covers = (other: Mention, mention: Mention, earlier: boolean): boolean =>
  other.at < mention.end && mention.at < other.end && (other.strength > mention.strength || (other.strength === mention.strength && earlier));

const topicLead = /\b(?:about|on|regarding|concerning|covering|über|zum thema|sur|sobre)\s+(?!(?:one|1|a single|\d+)\b)/i;
const negated = /\b(?:no|not(?: as)?|without|except|instead of|rather than|don['’]?t (?:want|need|make|create|give me)|do not (?:want|need|make|create)|skip|never|kein(?:e|en)?|ohne)\s+(?:a |an |the |any |as |as a |make |in )*$/i;
const changedMind = /\b(?:no|actually|rather|sorry|wait)[,:]?\s+(?:make|do)\s+(?:it|that|them|this)\s+(?:a |an |as |as a |into a )?$/i;
const alreadyThere = /\b(?:send|(?:e-?)?mail|attach|forward)\s+(?:the|that|this|my)\s*$/i;
const inside = /\b(?:with|including|incl\.?|containing|contains|include|includes|add|has|have|having|featuring|mit|avec|con)\s+(?:(?:a|an|the|some|one|two|\d+|bar|line|pie|summary|clear|small|nice|data|eine[mnr]?|un|une)\s+)*$/i;
const purpose = /\b(?:for|during|before|after|at|in|from|of|to accompany|attached to|based on|out of)\s+(?:(?:the|my|our|his|her|their|your|this|that|these|next|tomorrow['’]s|an?|upcoming|annual|\w+)\s+){0,3}$/i;
const joined = /(?:,|;|&|\+|\/|\b(?:and|plus|also|or|then|as well as|along with|und|et|y|sowie)\b)\s*(?:(?:then|also|me|us|make|create|give me|generate|produce|write|draft|build|prepare|i (?:also )?(?:need|want)|another|the|same|matching|short|brief|nice|separate|new|simple|one-page|one page|\d+-page|two-page|single-page|[\p{L}\d]+-|a|an|one|two|\w+-slide|eine?n?|un|une|bar|line|pie|word|as|into|in|to|as a|in a)\s*)*$/iu;
const converting = /(?:\b(?:as|in|into|to|als|en)\s+(?:(?:a|an|the|one-page|one page|microsoft|ms|my|proper|nice|short|eine?n?)\s+)*|[(])$/i;
const sourceLead = /\b(?:from|of|read|open|summari[sz]e|in|using|based on|according to|turn|convert|take)\s+(?:the|my|our|this|that|these|those|attached|uploaded|\s)+$/i;

/** The deliverables of an instruction, in the order in which they are named. File names must be masked before. */
export function findDeliverables(instruction: string): Deliverable[] {
  const refused = refusedKinds(instruction);
  return unique(mentionedDeliverables(instruction)).filter(({ kind }) => !refused.includes(kind)).map(({ strength: _, ...one }) => one);
}

/** The same with every naming of a kind on its own, and how plainly it was named (3: as a file format). */
export function mentionedDeliverables(instruction: string): (Deliverable & { strength: number })[] {
  const found: (Deliverable & { strength: number })[] = [];
  let last: { mention: Mention; taken: boolean; feature: boolean } | null = null;
  for (const mention of findMentions(instruction)) {
    const verdict = judge(instruction, mention, last, found.at(-1) ?? null);
    if (verdict === 'new') found.push({ kind: mention.kind, named: mention.text, at: mention.at, wantsTable: false, wantsChart: false, fileName: null, strength: mention.strength });
    const current = found.at(-1);
    if (verdict === 'format' && current) Object.assign(current, { kind: mention.kind, named: `${mention.text} ${current.named}`, strength: mention.strength });
    if (verdict === 'feature' && current) {
      if (mention.kind === 'chart') current.wantsChart = true;
      else current.wantsTable = true;
    }
    if (verdict === 'same' && current && !current.named.includes(mention.text)) current.named += ` ${mention.text}`;
    last = { mention, taken: verdict !== 'skip', feature: verdict === 'feature' };
  }
  return found;
}

type Verdict = 'new' | 'format' | 'feature' | 'same' | 'skip';

/** What one mention means, from what stands before it and what was found so far. */
function judge(text: string, mention: Mention, last: { mention: Mention; taken: boolean; feature: boolean } | null, current: Deliverable | null): Verdict {
  const before = text.slice(Math.max(0, mention.at - 80), mention.at);
  if (current && changedMind.test(before)) return 'format';
  if (negated.test(before) || alreadyThere.test(before)) return 'skip';
  if (!current) return sourceLead.test(before) && mention.strength < 3 && /\b(?:read|summari[sz]e|from)\s+\S+\s*$/i.test(before) ? 'skip' : 'new';
  const between = text.slice(last!.mention.end, mention.at);
  const isFeature = mention.kind === 'chart' || (mention.kind === 'spreadsheet' && mention.strength === 1);
  if (isFeature && inside.test(before)) return 'feature';
  if (joined.test(before)) {
    if (last!.feature && isFeature) return 'feature';
    if (!last!.taken && !/\b(?:an?|another|one)\s/i.test(between.slice(-40))) return 'skip';
    const ownArticle = /\b(?:an?|another|one|make|create|write|draft|chart|plot|eine?n?|une?)\b/i.test(between);
    const namesWell = mention.strength >= 2 || ownArticle;
    const inTopic = topicLead.test(between) && !ownArticle && mention.strength < 3;
    return namesWell && !inTopic ? 'new' : 'skip';
  }
  if (mention.strength === 3 && converting.test(before)) return current.kind === mention.kind ? 'same' : strongName(current) ? 'new' : 'format';
  if (/^[\s-]*$/.test(between)) return adjacent(mention, last!.mention, current, last!.taken);
  if (/[.!?;]\s|\n/.test(between) && mention.strength >= 2 && !purpose.test(before)) return 'new';
  if (mention.kind === current.kind) return 'same';
  if (mention.strength === 3 && !topicLead.test(between) && !purpose.test(before) && /^(?:an?|eine?n?|une?)?\s*$/i.test(between.slice(-6).trim())) return 'new';
  return 'skip';
}

/** "PDF report", "Word document", "Excel chart": the format decides, a chart becomes part of it. */
function adjacent(mention: Mention, before: Mention, current: Deliverable, taken: boolean): Verdict {
  if (!taken) return 'skip';
  if (mention.kind === current.kind) return 'same';
  if (mention.kind === 'chart' && before.strength === 3) return 'feature';
  return mention.strength > before.strength ? 'format' : 'same';
}

const strongName = (deliverable: Deliverable): boolean => findMentions(deliverable.named).some((mention) => mention.strength === 3 && mention.kind === deliverable.kind);

/** Kinds of which an instruction says that they are not wanted. */
export const refusedKinds = (instruction: string): Kind[] =>
  findMentions(instruction).filter(({ at }) => { const before = instruction.slice(Math.max(0, at - 80), at); return negated.test(before) && !changedMind.test(before); }).map(({ kind }) => kind);

/** The same kind twice about one topic is one deliverable ("two PDFs" still gives one: it names one content). */
function unique<One extends Deliverable>(found: One[]): One[] {
  const kept: One[] = [];
  for (const one of found) {
    const same = kept.find((other) => other.kind === one.kind);
    if (!same) kept.push(one);
    else Object.assign(same, { wantsTable: same.wantsTable || one.wantsTable, wantsChart: same.wantsChart || one.wantsChart, named: `${same.named} ${one.named}` });
  }
  return kept;
}
