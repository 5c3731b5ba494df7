/** What a request is about, for whom, for which time, and how long it shall be. */

import { capitalise, listed, titleCase } from './wording.js';

export interface Topic {
  /** Without article: "Q1 results"; '' when the request names none. */
  subject: string;
  /** The same as it stands in a sentence: "our new office"; '' when there is none. */
  phrase: string;
  /** "HR", "the board"; null when not said. */
  audience: string | null;
  /** "Q1 2025", "March", "2025"; null when not said. */
  period: string | null;
  /** Sections that the request itself lists, as titles. */
  sections: string[];
  slides: number | null;
  pages: number | null;
}

const numberWords = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'];
const count = String.raw`(\d{1,6}|${numberWords.join('|')})`;
const audienceNames =
  String.raw`HR|IT|legal|finance|sales|marketing|engineering|management|leadership|investors?|the board|board|board members|executives?|managers?|team leads|employees|staff|customers?|clients?|students?|pupils|teachers|parents|children|kids|school (?:kids|children)|schoolchildren|beginners|new hires|new employees|new joiners|newcomers|colleagues|interns|developers|engineers|designers|stakeholders|shareholders|partners|suppliers|volunteers|patients|everyone|everybody|participants|my boss|my manager|my team|our team|the team|the public|the CEO|the CFO|the CTO|the council|the committee`;
const audienceForm = new RegExp(
  String.raw`\b(?:for|to|aimed at|addressed to|für|pour|para)\s+((?:(?:the|our|my|all|a|an|new|senior|company|potential)\s+){0,2}(?:${audienceNames})(?:\s+(?:team|department|managers?|leads?|committee|staff|people|colleagues|employees|meeting|members))?|(?:the|our|my)\s+[\p{L}\s]{2,30}?(?:team|department|committee|meeting|all-hands|workshop|conference))(?![\p{L}-])`,
  'iu',
);
const month = '(?:January|February|March|April|May|June|July|August|September|October|November|December)';
const periodForm = new RegExp(String.raw`\b(?:Q[1-4](?:\s*(?:/|of\s+)?\s*(?:FY\s?)?(?:20)?\d\d)?|(?:first|second|third|fourth|last|this|next) (?:quarter|month|year|half)(?:\s+of\s+(?:19|20)\d\d)?|H[12](?:\s+(?:19|20)\d\d)?|FY\s?\d{2,4}|${month}(?:\s+(?:19|20)\d\d)?|(?:19|20)\d\d)\b`);
const dateLike = new RegExp(String.raw`^(?:the\s+)?(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|tomorrow|today|next|this (?:week|month)|${month}\s+\d|\d{1,2}(?:st|nd|rd|th)?\b|time\b|behalf|(?:a |the )?(?:projector|screen|wall|beamer|side|fly)\b|it\b|them\b|that\b|this\b(?!\s+\p{L}))`, 'iu');
const article = /^(?:the|a|an|our|my|your|their|his|her|its|this|that|these|some|all|how|der|die|das|den|dem|unsere?[nrms]?|le|la|les|l['’]|notre|nos|el|los|las|nuestr[oa]s?)\s+/i;

const deliverableWord = String.raw`(?:power\s?point|pptx?|slides?|slids|slide deck|deck|presentation|word|docx?|document|report|letter|memo|spreadsheet|excel|exel|xlsx?|workbook|pdf|one[\s-]?pager|hand-?out|flyer|chart|graph|plot|diagram|summary)`;
const end = new RegExp(
  [
    String.raw`[.!?](?:\s|$)`,
    String.raw`[\n;]`,
    String.raw`\s*[–—:](?=\s)`,
    String.raw`,?\s+(?:and|then|plus|also)\s+(?:then |also |please )?(?:an?|another|make|create|write|draft|save|send|give|put|chart|export|turn|add|include|keep|use|tell|list|email|e-mail|one|\d+|book|translate|the same)\b`,
    String.raw`,?\s+(?:and|plus)\s+(?:the\s+)?${deliverableWord}s?\b`,
    String.raw`,\s+(?:an?|with|in|as|using|please|keep|use|add|include|no more|at most|max|about \d|\d+|one|two|three|five|ten)\b`,
    String.raw`,?\s+(?:and|but)\s+(?:no|not)\s+(?:an?\s+)?${deliverableWord}\b`,
    String.raw`,?\s+as\s+(?:an?\s+)?(?:\S+\s+)?${deliverableWord}\b`,
    String.raw`,?\s+in(?:to)?\s+(?:an?\s+)?(?:the\s+)?(?:\S+\s+)?(?:${deliverableWord}|${count}|English|German|French|Spanish)\b(?:\s+format)?`,
    String.raw`,?\s+(?:with|including|containing|featuring)\s+(?:an?\s+|the\s+|some\s+)?(?:\S+\s+)?(?:tables?|charts?|graphs?|speaker|notes|totals?|sum|bullets?|sections?|chapters?|slides?|columns?|pictures?|formulas?|pages?)\b`,
    String.raw`,?\s+(?:please|thanks|thank you|asap|bitte|por favor|s['’]il)\b`,
    String.raw`,?\s+(?:by|until|before)\s+(?:tomorrow|monday|tuesday|wednesday|thursday|friday|next|the end)\b`,
    String.raw`,?\s+(?:and\s+)?(?:save|name|call|send|email)\s+(?:it|them|the|that)\b`,
    String.raw`\s+(?:and|with)\s+(?:a\s+|the\s+)?(?:grand\s+)?(?:totals?|sums?|headings|formulas)\b`,
    String.raw`,\s*(?:print-ready|ready)\b`,
    String.raw`\s+as\s+(?:bars?|lines?|columns|a pie|§|png|an image)\b`,
    String.raw`\s+(?:that|which)\s+(?:i|we|you|can|is|shows?|has|covers?)\b`,
    String.raw`\s+(?:from|using|based on)\s+(?:\S*§|this|these|the following|the (?:attached|data|notes|file))`,
    String.raw`\s*§`,
  ].join('|'),
  'i',
);

const numberOf = (text: string): number => (/^\d+$/.test(text) ? Number(text) : numberWords.indexOf(text.toLowerCase()));

function lastCount(text: string, noun: string): number | null {
  const found = [...text.matchAll(new RegExp(String.raw`\b${count}[\s-]*(?:(?:single|short|simple|clear|titled)\s+)?${noun}`, 'gi'))].at(-1);
  return found ? numberOf(found[1]) : null;
}

/** Reads the topic from the instruction part of a request, in which file names are masked by `§`. */
export function readTopic(instruction: string): Topic {
  const audience = readAudience(instruction);
  const phrase = readPhrase(instruction);
  const subject = withoutArticle(phrase);
  return {
    subject,
    phrase,
    audience,
    period: periodForm.exec(instruction)?.[0] ?? /\bq[1-4]\b/.exec(instruction)?.[0].toUpperCase() ?? null,
    sections: listItems(instruction, subject),
    slides: lastCount(instruction, String.raw`(?:slides?|slids|folien|diapos\w*)\b`) ,
    pages: /\b(?:one|1|single)[\s-]?page/i.test(instruction) ? 1 : lastCount(instruction, String.raw`(?:pages?|pagers?)\b`),
  };
}

function readAudience(instruction: string): string | null {
  const said = /\baudience(?:\s+is|:)\s+([^.,;\n]{2,40})/i.exec(instruction) ?? audienceForm.exec(instruction);
  if (!said) return null;
  const name = said[1].trim().replace(/^(?:my)\s+/i, 'my ');
  return /^(?:hr|it|ceo|cfo|cto)$/i.test(name) ? name.toUpperCase() : name.replace(/\bhr\b/g, 'HR');
}

/** The words after "about", else after "of" or "for", else those that stand before the deliverable's name. */
function readPhrase(instruction: string): string {
  for (const lead of [/\b(?:about|regarding|concerning|covering|on the topic of|titled|entitled|called|zum thema|sobre|à propos de)\s+|(?<=\s)über\s+/gi, /\b(?:on|sur|zu|zur|zum)\s+/gi, /\b(?:of|introducing|explaining|to explain|to track|tracking|comparing|summari[sz]ing|showing|that shows|how)\s+/gi, /\b(?:for|to|für|pour|para|des?|du)\s+/gi, /\bat\s+(?=the\s|our\s)/gi, /\b(?:plot|graph|chart|visuali[sz]e)\s+(?!of\b|for\b|with\b|these\b)/gi, /\b(?:with|mit|avec|con|w\/)\s*/gi]) {
    for (const match of instruction.matchAll(lead)) {
      const phrase = clean(instruction.slice(match.index + match[0].length));
      const subject = withoutArticle(phrase);
      if (!subject || dateLike.test(subject) || isForm(subject) || namesAudience(instruction, match.index)) continue;
      if (/^(?:with|mit|avec|con|to|de)\s/i.test(match[0]) && /^(?:me|us|you|him|her|a|an|the|and|no|make|do|show|be|have|help|present|print|\d+)\b/i.test(instruction.slice(match.index + match[0].length))) continue;
      return phrase;
    }
  }
  return modifiers(instruction);
}

const isForm = (subject: string): boolean => /@|^https?:/.test(subject) || new RegExp(String.raw`^(?:(?:new|short|nice|simple|one-page|professional)\s+)*${deliverableWord}s?(?:\s+(?:file|document|slides?|presentation|format))?$|^(?:me|us|you|him|her|them|it|this|that|review|work|download|fun|free|these numbers|numbers|sums?|totals?|average|the following|each|every|and|use)$`, 'i').test(subject);
const namesAudience = (instruction: string, at: number): boolean => audienceForm.exec(instruction.slice(at))?.index === 0;

/** Cuts a subject where the request goes on with something else, and drops its audience. */
function clean(text: string): string {
  const stop = end.exec(text);
  let subject = (stop ? text.slice(0, stop.index) : text).trim();
  const audience = audienceForm.exec(subject);
  if (audience && audience.index > 0) subject = (subject.slice(0, audience.index) + subject.slice(audience.index + audience[0].length)).trim();
  subject = subject.replace(/\s+(?:erstellen|erzeugen|machen|schreiben)$/i, '').replace(/\s+(?:and|for|with|of|on|in|to|the|a|an)$/i, '').replace(/^["“'‘]+|["”'’.,;:!?]+$/g, '').trim();
  return subject.split(/\s+/).slice(0, 15).join(' ');
}

function withoutArticle(phrase: string): string {
  let subject = phrase;
  while (article.test(subject)) subject = subject.replace(article, '');
  return subject;
}

const plainAdjective = new RegExp(String.raw`^(?:a|an|the|me|us|my|our|some|please|new|short|long|nice|quick|simple|brief|professional|beautiful|great|good|clean|clear|modern|detailed|formal|complete|full|one|two|three|\w+-(?:page|slides?|pager)|\d+|page|single|great|little|small|cool|corporate|for|and|as|in|to|word|excel|pdf|powerpoint|basic|proper|bar|line|pie|column|pls|give|make|do|i|need|want|you|could|can|would|like|create|write|build|draft|generate|prepare|produce|design|together|put|show|get|have|is|read|open|then|it|this|that|§|typed?|up|with|from|of|into)$`, 'i');
const weakForms = /\b(?:budget|minutes|proposal|policy|agenda|invoice|contract|agreement|plan|tracker|timesheet|price list|job description|press release|checklist|flyer|handbook|manual|pitch deck|letter|memo|handout|certificate|report)s?\b/i;

/** "a Q1 results presentation" → "Q1 results"; "our monthly budget" → "monthly budget". */
function modifiers(instruction: string): string {
  const kind = weakForms.exec(instruction);
  const form = new RegExp(String.raw`\b${deliverableWord}s?\b`, 'i').exec(instruction);
  const upTo = kind ? kind.index : (form?.index ?? -1);
  if (upTo < 0) return '';
  const before = instruction.slice(0, upTo).split(/[.,;:!?\n]|\b(?:and|then)\b/).at(-1)!.trim().split(/\s+/).filter(Boolean);
  const kept: string[] = [];
  while (before.length && !plainAdjective.test(before.at(-1)!)) kept.unshift(before.pop()!);
  // A bare "report" names the form and no subject.
  if (kind && (kept.length || !/^(?:report|letter|memo|plan|handout|flyer|tracker)s?$/i.test(kind[0]))) kept.push(kind[0]);
  return kept.join(' ');
}

/** Sections that the request lists: "covering hiring, retention and training", "with sections on …", or a subject of three parts. */
function listItems(instruction: string, subject: string): string[] {
  const lead = /\b(?:covering|(?:sections?|chapters?|headings?|parts|topics|points)\s*(?:on|for|about|covering|:|are|called)|slides\s*(?:for|:|called)|agenda:|topics:|structure:)\s*/i.exec(instruction);
  if (lead) {
    const items = split(clean(instruction.slice(lead.index + lead[0].length)));
    if (items.length >= 2) return items.map((item) => capitalise(item));
  }
  const items = split(subject);
  return items.length >= 3 ? items.map((item) => capitalise(item)) : [];
}

const split = (text: string): string[] => {
  const items = text.split(/,\s*(?:and\s+)?|\s+and\s+|\s*&\s*/).map((item) => item.replace(article, '').trim());
  return items.every((item) => item && item.split(/\s+/).length <= 6 && !/\d{2,}$/.test(item)) ? items.slice(0, 20) : [];
};

const weakGenre = /\b(?:minutes|invoice|agenda|contract|agreement|proposal|policy|job description|press release|certificate|checklist)\b/i;

/** The title of what is made. Falls back to its form and audience: "Presentation for the Board". */
export function titleOf(topic: Topic, form: string): string {
  const genre = weakGenre.exec(form)?.[0];
  if (topic.subject) return genre && !topic.subject.toLowerCase().includes(genre.toLowerCase()) ? `${titleCase(genre)}: ${titleCase(topic.subject)}` : titleCase(topic.subject);
  if (topic.sections.length) return titleCase(listed(topic.sections.slice(0, 4)));
  const parts = [form, topic.period, topic.audience && `for ${topic.audience}`].filter(Boolean);
  return titleCase(parts.join(' '));
}
