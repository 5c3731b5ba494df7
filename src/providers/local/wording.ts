/** Words, sentences and titles: what every other file here needs to know about plain text. */

const stopWords = new Set(
  ('a an the and or but if then than so of in on at by for from to with without about into over under after before between is are was were be been being am do does ' +
    'did has have had having will would shall should can could may might must not no nor only own same too very just also i me my we us our you your he him his she her it its ' +
    'they them their this that these those there here what which who whom how when where why all any both each few more most other some such as up down out off again once per via')
    .split(' '),
);

const smallWords = new Set('a an the and or but of in on at by for from to with vs via per as'.split(' '));

/** Written like this in a title, however they are typed. */
const properSpelling = new Map(
  ('HR IT AI API B2B B2C CEO CFO COO CTO CRM ERP EU FAQ GDPR ISO KPI KPIs OKR OKRs PDF PR QA ROI SEO SQL SLA SaaS UK US USA UX UI VAT VP Q1 Q2 Q3 Q4 H1 H2 FY R&D ' +
    'January February March April May June July August September October November December Monday Tuesday Wednesday Thursday Friday Saturday Sunday ' +
    'PowerPoint Excel Word English German French Spanish Europe America Africa Asia')
    .split(' ')
    .map((word) => [word.toLowerCase(), word]),
);

/** The words of a text in lower case, without those that carry no meaning. */
export const contentWords = (text: string): string[] =>
  (text.toLowerCase().match(/[\p{L}\p{N}][\p{L}\p{N}'’-]*/gu) ?? []).filter((word) => !stopWords.has(word));

/** The word without its commonest endings, so that "hires" meets "hiring". Crude on purpose; only used to compare. */
export const stem = (word: string): string => word.replace(/(?:ings?|ions?|ments?|ers?|ies|ed|es|s|e|y)$/, '').slice(0, 12) || word;

/** The stems of a text as a set, to count what two texts share. */
export const stems = (text: string): Set<string> => new Set(contentWords(text).map(stem));

const abbreviations = /\b(?:e\.g|i\.e|etc|vs|Mr|Mrs|Ms|Dr|Prof|No|St|Inc|Ltd|Co|approx|incl)\.$/i;

/** Sentences of a text, trimmed. Line ends, and `.`, `!`, `?` before a blank, end a sentence; "3.5" and "e.g. this" do not. */
export function sentences(text: string): string[] {
  const found: string[] = [];
  for (const line of text.split(/\r?\n/)) {
    let start = 0;
    for (const end of line.matchAll(/[.!?…]+["'”’)]*\s+/g)) {
      const upTo = line.slice(start, end.index + end[0].length).trim();
      if (abbreviations.test(upTo)) continue;
      found.push(upTo);
      start = end.index + end[0].length;
    }
    found.push(line.slice(start).trim());
  }
  return found.filter((sentence) => /[\p{L}\p{N}]/u.test(sentence));
}

/** "q1 results for hr" → "Q1 Results for HR". Words that hold capitals already stay as they are. */
export function titleCase(text: string): string {
  const words = text.trim().split(/\s+/).filter(Boolean);
  return words.map((word, index) => titleWord(word, index === 0)).join(' ');
}

function titleWord(word: string, first: boolean): string {
  const [, before, core, after] = /^([^\p{L}\p{N}]*)(.*?)([^\p{L}\p{N}]*)$/su.exec(word) ?? ['', '', word, ''];
  const lower = core.toLowerCase();
  const spelling = properSpelling.get(lower);
  // "us", "it", "may" are words more often than names: typed small, they stay words.
  if (spelling && !(/^(?:us|it|may|word|pr|excel)$/.test(core))) return before + spelling + after;
  if (/\p{Lu}/u.test(core.slice(1)) || (!first && smallWords.has(lower))) return before + (smallWords.has(lower) ? lower : core) + after;
  return before + core.charAt(0).toUpperCase() + core.slice(1) + after;
}

/** The first letter large, nothing else changed. */
export const capitalise = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Cuts at a word's end so that the text, with its "…", is no longer than `length` characters. */
export function shorten(text: string, length: number): string {
  const flat = text.replace(/\s+/g, ' ').trim();
  if (flat.length <= length) return flat;
  const cut = flat.slice(0, length - 1);
  const blank = cut.lastIndexOf(' ');
  return `${(blank > length / 2 ? cut.slice(0, blank) : cut).replace(/[\s,;:.–-]+$/, '')}…`;
}

/** "a, b and c". */
export const listed = (items: string[], word = 'and'): string =>
  items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} ${word} ${items.at(-1)}`;

/** A file name's stem from a title: "Q1 Results – HR" → "q1-results-hr". */
export const fileStem = (title: string): string =>
  title
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60)
    .replace(/-+$/, '') || 'document';
