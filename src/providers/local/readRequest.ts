/** From the words of a request to what it asks for: things to make, files to read, things to do, and the facts it brings. */

import { findDeliverables, refusedKinds, type Deliverable, type Kind } from './deliverables.js';
import { factsOf } from './facts.js';
import { pairOf } from './pairs.js';
import { splitParts } from './parts.js';
import { sentences } from './wording.js';
import { readTopic, type Topic } from './topic.js';

/** Something to do other than making a document. */
export interface Action {
  kind: 'read' | 'write' | 'list' | 'time' | 'email' | 'memory' | 'other';
  /** The clause that asks for it, file names in place. */
  clause: string;
  file: string | null;
  at: number;
}

export interface ReadRequest {
  /** The user's words, trimmed. */
  text: string;
  /** What tells us to do something. */
  instruction: string;
  /** What it brings along: facts, numbers, text to be used. */
  material: string;
  deliverables: Deliverable[];
  /** What it says that it does not want. */
  refused: Kind[];
  actions: Action[];
  topic: Topic;
  /** 'greeting' and 'help' ask for no work; 'empty' asks for nothing at all. */
  talk: 'empty' | 'greeting' | 'help' | null;
  /** What only a language model can write ("a poem"), else null. */
  needsModel: string | null;
  /** Where it names several topics, a request for each with its own deliverables, topic and facts; else empty. */
  parts: ReadRequest[];
  /** Statements of `material` that stand in no part's clause. */
  loose: string;
}

const fileForm = /(?:\/workspace\/|\.{0,2}\/)?[\p{L}\p{N}_][\p{L}\p{N}_./-]*\.(?:txt|md|csv|tsv|json|ya?ml|xml|html?|log|docx?|pptx?|xlsx?|pdf|png|svg|jpe?g|ts|js|py|eml|zip)(?![\p{L}\p{N}])/giu;
const verbs =
  'make|create|build|generate|write|draft|prepare|produce|design|put together|give|send|read|open|show|print|display|list|save|store|chart|plot|draw|graph|visuali[sz]e|summari[sz]e|turn|convert|tell|find|search|book|translate|email|e-mail|mail|delete|remove|rename|calculate|compute|export|order|buy|call|schedule|remind|compose|sing|play|look up|browse|use|take|type|add|set|pay|post|tweet|run|deploy|install|download|upload|copy|move|compare|check|fix|explain|describe|compress|zip';
const polite = String.raw`(?:(?:please|pls|kindly|also|then|now|and|next|finally|could you|can you|would you|will you|i(?:'d| would) like(?: you)? to|i (?:need|want) you to|let's|help me(?: to)?|so|hi|hello|hey)[,!]?\s+)*`;
const starts = new RegExp(String.raw`^${polite}(?:(?:${verbs})\b|i(?:'d like| need| want)\b|we need\b|get me\b|what\b|which\b|how late\b|do you\b|erstelle|mach|schreib|zeichne|prépare|fais|crea|haz)`, 'i');
const styleOnly = /^(?:please\s+)?(?:keep|use|make it|make them|make sure|be |no more|at most|max|add|include|don['’]?t|do not|thanks|thank you|please|the audience|audience|it should|they should|\d+ slides|\d+ pages|short|in english|tone|style|format)\b/i;
const clauseBorder = new RegExp(String.raw`(?:[.!?;\n,]\s*(?:(?:and|then|und|et)\s+)?|\s+(?:and|then|und|et)\s+)(?:then\s+|also\s+|please\s+)*(?=(?:${verbs})\s+(?!it\s+(?:short|simple|clear)))`, 'gi');
const creative = /\b(?:(?:a|an|some|the|me|short|funny|nice|little|love|birthday)\s+)+(poems?|haikus?|songs?|lyrics|(?:short |bedtime |fairy )?stor(?:y|ies)|novels?|jokes?|limericks?|sonnets?|speech(?:es)?|screenplays?|(?:python |javascript |js |typescript |java |bash )?(?:code|scripts?|programs?|functions?))\b/i;

/** Replaces file names by `§0`, `§1` … of the same length, so that words inside them are not read as requests. */
function maskFiles(text: string): { masked: string; files: { name: string; at: number }[] } {
  const files: { name: string; at: number }[] = [];
  const masked = text.replace(fileForm, (name, ...rest) => {
    files.push({ name, at: rest.at(-2) as number });
    return '§'.repeat(name.length);
  });
  return { masked, files };
}

/** Reads a request. Never throws; the longest text takes a few milliseconds, because only its instruction is read closely. */
export function readRequest(raw: string): ReadRequest {
  const text = raw.replace(/\r\n?/g, '\n').replace(/[\u0000-\u0008\u000b-\u001f]/g, ' ').trim();
  const { texts, loose } = splitParts(text, (words) => maskFiles(words).masked, (sentence) => !starts.test(sentence) && !styleOnly.test(sentence));
  return texts.length > 1 ? together(text, texts.map(readPart), loose) : readPart(text);
}

/** One request of several parts. Places count on through all of them; what two parts ask to be read is read once. */
function together(text: string, read: ReadRequest[], loose: string): ReadRequest {
  let from = 0;
  const parts = read.map((part) => {
    const shift = <Placed extends { at: number }>(one: Placed): Placed => ({ ...one, at: one.at + from });
    const moved = { ...part, deliverables: part.deliverables.map(shift), actions: part.actions.map(shift) };
    from += part.instruction.length + 1;
    return moved;
  });
  const actions = parts.flatMap((part) => part.actions);
  return {
    ...parts[0],
    text,
    instruction: parts.map((part) => part.instruction).join('\n'),
    material: [...parts.map((part) => part.material), loose].filter(Boolean).join('\n'),
    deliverables: parts.flatMap((part) => part.deliverables),
    refused: [...new Set(parts.flatMap((part) => part.refused))],
    actions: actions.filter((action, index) => action.kind !== 'read' || actions.findIndex(({ kind, file }) => kind === 'read' && file === action.file) === index),
    talk: null,
    needsModel: parts.find((part) => part.needsModel)?.needsModel ?? null,
    parts,
    loose,
  };
}

function readPart(text: string): ReadRequest {
  const { instruction, material } = divide(text);
  const { masked, files } = maskFiles(instruction);
  const deliverables = findDeliverables(masked).filter((one) => isToBeMade(masked, one));
  const actions = findActions(instruction, masked, files, deliverables);
  nameFiles(masked, files, deliverables, actions);
  const creativeMatch = creative.exec(instruction);
  return {
    text,
    instruction,
    material,
    deliverables,
    refused: refusedKinds(masked),
    actions,
    topic: readTopic(masked),
    talk: readTalk(text, deliverables.length + actions.filter((action) => action.kind !== 'other').length),
    needsModel: needsModel(instruction, creativeMatch, deliverables),
    parts: [],
    loose: '',
  };
}

const making = /\b(?:make|making|create|build|generate|writ(?:e|ing)|draft|prepare|produce|design|put together|give me|get me|send me|show me|turn|convert|export|need|want|like|do an?|draw|plot|chart|graph|visuali[sz]e|type up|save|summari[sz]e|erstell\w*|mach\w*|schreib\w*|zeichne|erzeug\w*|prépare|fais|rédige|crea|haz)\b/i;
const otherWork = new RegExp(String.raw`^${polite}(?:what|who|when|where|why|which|how|is|are|do you|does|did|has|have|was|were|welche|wer|quel\w*|change|insert|update|edit|modify|get rid|get the|find|grep|zip|pack|bundle|compress|extract|(?:e-?)?mail|send|forward|schick\w*|sende|envoie\w*|join|average|total|count|delete|remove|throw|lösche|lies|read|open|remember|from now on|note that|according to|rename|move|copy|search|look)\b`, 'i');

/** "What does our handbook say?" and "mail the deck to Anna" name a document that exists and ask for none to be made. */
function isToBeMade(masked: string, { at }: Deliverable): boolean {
  const border = [...masked.matchAll(clauseBorder)].filter((match) => match.index + match[0].length <= at).at(-1);
  const clause = masked.slice(border ? border.index + border[0].length : 0);
  return !otherWork.test(clause) || making.test(clause);
}

function needsModel(instruction: string, match: RegExpExecArray | null, deliverables: Deliverable[]): string | null {
  if (/\b(?:translate|translation|übersetze|traduis|traduce)\b/i.test(instruction) && !/\b(?:about|on)\s+[^.]*translation/i.test(instruction)) return 'a translation';
  if (!match || /\b(?:about|on|of)\s+[^.]*$/i.test(instruction.slice(0, match.index)) || /^speech/i.test(match[1])) return null;
  // "a story about our Q1 as slides" is a presentation; "write a poem" is not.
  return deliverables.length && !/\b(?:write|compose|tell|sing)\b[^.]{0,20}$/i.test(instruction.slice(0, match.index + 2)) ? null : `a ${match[1].replace(/s$/, '')}`;
}

function readTalk(text: string, intents: number): ReadRequest['talk'] {
  if (!/[\p{L}\p{N}]/u.test(text)) return 'empty';
  if (intents) return null;
  if (/\b(?:what|which things) (?:can|could|do) you (?:do|make|offer|help)|\bhow (?:can|do) you (?:help|work)|\bwho are you|\bwhat are you\b|^help\W*$|\bhelp me$|\bdo you have any(?:thing|\s+tools?)\b|\bwhat (?:tools|capabilities)|\bwhich (?:tools|capabilities)|was kannst du|que peux-tu|qué puedes/i.test(text)) return 'help';
  if (text.length < 60 && /^(?:hi|hello|hey|hiya|good (?:morning|afternoon|evening|day)|greetings|thanks|thank you|hallo|guten (?:tag|morgen)|moin|bonjour|salut|hola|ciao|test|ping)\b/i.test(text)) return 'greeting';
  return null;
}

/** Splits a request into what it asks and what it brings: after a colon, in a fence, or in sentences that ask nothing. */
function divide(text: string): { instruction: string; material: string } {
  const fence = /```[^\n]*\n([\s\S]*?)(?:```|$)|"""([\s\S]*?)(?:"""|$)/.exec(text);
  if (fence) return { instruction: text.replace(fence[0], ' ').trim().slice(0, 2000), material: (fence[1] ?? fence[2]).trim() };
  const colon = /(?<!https?|\b\d{1,2}):\s+/.exec(text.slice(0, 500));
  if (colon) {
    const before = text.slice(0, colon.index);
    const after = text.slice(colon.index + colon[0].length);
    if (asks(before)) {
      const label = /\b(?:with|of|for|showing|from)\s+(\S+(?:\s\S+){0,2})$/i.exec(before);
      // "a bar chart with North: 10, 12": what stands before the colon is the first label.
      if (label && /^[$€£]?-?\d[\d.,]*\s*,\s/.test(after)) return { instruction: /[\p{L}]\s*:\s*\d/u.test(after) ? before.slice(0, label.index) : before, material: `${label[1]}: ${after}` };
      const later = [...laterRequests(after), ...wishes(after)];
      return { instruction: [before, ...later].join('. ').slice(0, 2000), material: keepOthers(after, later) };
    }
  }
  return bySentence(text);
}

const asks = (part: string): boolean => {
  const { masked } = maskFiles(part);
  const last = sentences(masked).at(-1) ?? '';
  return findDeliverables(last).length > 0 || /\b(?:save|write|store|put|email|send)\b/i.test(last);
};

const laterRequests = (text: string): string[] =>
  sentences(text.slice(0, 20_000)).filter((sentence) => sentence.length < 300 && starts.test(sentence) && findDeliverables(maskFiles(sentence).masked).length > 0 && !/^(?:what|which|we need)\b/i.test(sentence));

/** "Keep it to 4 slides" behind the facts is about the form; a sentence with other numbers is a fact. */
const wishes = (text: string): string[] =>
  sentences(text.slice(0, 20_000)).filter((sentence) => sentence.length < 120 && styleOnly.test(sentence) && !starts.test(sentence) && !/\d/.test(sentence.replace(/\b\d+[\s-]*(?:slides?|pages?|minutes|bullets?|words)\b/gi, '')));

const keepOthers = (text: string, taken: string[]): string => taken.reduce((rest, sentence) => rest.replace(sentence, ''), text).trim();

function bySentence(text: string): { instruction: string; material: string } {
  const all = sentences(text);
  let asked = all.filter((sentence) => sentence.length < 600 && starts.test(sentence));
  if (!asked.length) asked = all.slice(0, 200).filter((sentence) => sentence.length < 600 && findDeliverables(maskFiles(sentence).masked).length > 0).slice(0, 2);
  if (!asked.length) asked = all.slice(0, 1);
  const style = all.filter((sentence) => !asked.includes(sentence) && sentence.length < 200 && styleOnly.test(sentence));
  const whole = all.filter((sentence) => asked.includes(sentence) || style.includes(sentence)).join(' ').slice(0, 2000);
  const { instruction, facts } = inlineFacts(whole);
  // Lines stay lines in the material, because a table is read by lines.
  const material = [...asked, ...style].reduce((rest, sentence) => rest.replace(sentence, ''), text).replace(/[ \t]{2,}/g, ' ').trim();
  return { instruction, material: [facts, material].filter(Boolean).join('\n') };
}

const factLead = /(?:(?:,\s+|\s+[–-]\s+|\s+)(?:with|where|showing|saying|mentioning|including|noting|which says|that says|which|that|of)\s+|,\s+|\s+[–-]\s+)(?:that\s+|the (?:facts?|figures|numbers)\s+)?/gi;
const ofForm = /^(?:an?\s+|the\s+|about\s+|at most\s+|max(?:imum)?\s+)*\d+[\s-]*(?:slides?|slids|pages?|bullets?|points?|minutes?|words|columns|rows|sections|chapters|lines|copies|pictures|x)\b/i;

/** Cuts off what an instruction says itself: "a deck about Q1 with revenue 1.2 million and 12 new customers". */
function inlineFacts(instruction: string): { instruction: string; facts: string } {
  for (const lead of instruction.matchAll(factLead)) {
    const from = lead.index + lead[0].length;
    const before = instruction.slice(0, lead.index);
    const [tail] = sentences(instruction.slice(from));
    if (!tail || ofForm.test(tail) || findDeliverables(maskFiles(before).masked).length === 0) continue;
    const [first, second] = factsOf(tail);
    // "A list of 12 members" counts what it is about; "a chart of Jan 5, Feb 8" gives numbers.
    if (/\sof\s+$/i.test(lead[0]) && !(second && pairOf(first) && pairOf(second))) continue;
    const clause = /\b(?:which|that|where)\s+$/i.test(lead[0]);
    if (!first || !/\d/.test(tail) || !(clause || pairOf(first) || /\b(?:from|of|to|by)\s+[$€£]?\d/i.test(first)) || starts.test(tail) || findDeliverables(maskFiles(tail).masked).length) continue;
    return { instruction: `${before}. ${instruction.slice(from).replace(tail, '')}`.trim(), facts: tail };
  }
  return { instruction, facts: '' };
}

/** Cuts an instruction into clauses, each beginning with a verb, and names what each asks for besides deliverables. */
function findActions(instruction: string, masked: string, files: { name: string; at: number }[], deliverables: Deliverable[]): Action[] {
  const borders = [0, ...[...masked.matchAll(clauseBorder)].map((match) => match.index + match[0].length), masked.length];
  const actions: Action[] = [];
  for (let index = 0; index + 1 < borders.length; index += 1) {
    const [at, upTo] = [borders[index], borders[index + 1]];
    const clause = instruction.slice(at, upTo).trim();
    if (!/[\p{L}\p{N}]/u.test(clause)) continue;
    const inClause = files.filter((file) => file.at >= at && file.at < upTo);
    const makes = deliverables.some((one) => one.at >= at && one.at < upTo);
    actions.push(...actionsOf(clause, masked.slice(at, upTo), inClause, makes, at));
  }
  return actions;
}

const readLead = /\b(?:read|open|show|print|display|cat|view|summari[sz]e|use|using|from|of|based on|according to|turn|convert|take|analy[sz]e|in|does|with|about|extract|lies|lis|check|explain|compare)\b/i;
const writeLead = /\b(?:save|write|store|put|export|speichere|enregistre|copy|keep)\b/i;

function actionsOf(clause: string, masked: string, files: { name: string; at: number }[], makes: boolean, at: number): Action[] {
  const plain: Pick<Action, 'clause' | 'at' | 'file'> = { clause, at, file: null };
  if (/\b(?:e-?mail|send|forward)\b/i.test(masked) && /\S+@\S+\.\w+/.test(clause)) return [{ kind: 'email', ...plain }];
  if (/^(?:\W|please|then|and)*(?:delete|remove|rename|zip|unzip|extract|compress|move|update|edit|change|insert|add|get rid|throw|join|average|total|count|filter|sort|group)\b/i.test(masked) && !makes) return [{ kind: 'other', ...plain, file: files[0]?.name ?? null }];
  const found: Action[] = [];
  for (const file of files) {
    const before = masked.slice(0, file.at - at);
    const target = /\b(?:to|in|into|as|called|named|in (?:a|the) (?:text )?file(?: called| named)?|unter|dans|en)\s*["'“]?$/i.test(before);
    if (target && (writeLead.test(before) || /\b(?:called|named|as)\s*["'“]?$/i.test(before)) && !/\b(?:what|show|find|search)\b/i.test(before)) {
      if (!makes && writeLead.test(before)) found.push({ kind: 'write', ...plain, file: file.name });
    } else if (readLead.test(before) || makes || !before.trim() || /\bwhat\b/i.test(masked)) found.push({ kind: 'read', ...plain, file: file.name });
  }
  if (found.length || files.length || makes) return found;
  if (/\b(?:search|look|find|check)\b.*\b(?:memory|knowledge(?: base)?|uploaded documents|my documents|our documents)\b/i.test(masked)) return [{ kind: 'memory', ...plain }];
  if (isListing(masked)) return [{ kind: 'list', ...plain }];
  if (/\b(?:what|which|wat|whats|what's|tell me|current|show)\b.*\b(?:time|date|day|weekday)\b(?!\s*(?:sheet|line|table|off))|\bhow late\b|\btime is it\b|wie spät|wieviel uhr|welcher tag|quelle heure|qué hora|current (?:time|date)/i.test(masked)) return [{ kind: 'time', ...plain }];
  if (/^(?:\W|please|then|and)*(?:save|write|store|put|speichere)\b.*\b(?:file|datei|fichier)\b/i.test(masked)) return [{ kind: 'write', ...plain }];
  return [{ kind: 'other', ...plain }];
}

const isListing = (text: string): boolean =>
  /\b(?:list|show|see|display|what|which|are there|do i have|zeig\w*|welche|liste[rz]?)\b.*\b(?:files?|folders?|director(?:y|ies)|workspace|dateien|ordner|fichiers|dossier|archivos)\b/i.test(text) && !/\b(?:mention|contain|about|with the word|search|find)\w*\b/i.test(text);

/** "save it as results.pptx" names the deliverable's file; such a file is not one to read. */
function nameFiles(masked: string, files: { name: string; at: number }[], deliverables: Deliverable[], actions: Action[]): void {
  const endings: Record<string, Deliverable['kind']> = { ppt: 'powerpoint', pptx: 'powerpoint', doc: 'document', docx: 'document', xls: 'spreadsheet', xlsx: 'spreadsheet', csv: 'spreadsheet', pdf: 'pdf', png: 'chart', svg: 'chart' };
  for (const file of files) {
    const before = masked.slice(0, file.at);
    if (!/\b(?:to|as|in|into|called|named|name it|call it|file name|filename)\s*["'“:]?\s*$/i.test(before)) continue;
    const weak = deliverables.findIndex((one) => one.kind === 'document' && /^(?:summar(?:y|ies)|reports?|plans?|agendas?|checklists?|documents?|articles?)$/i.test(one.named));
    if (weak >= 0 && /\.(?:txt|md)$/i.test(file.name) && /\b(?:save|write|store|put|export)\b/i.test(before)) {
      const [{ at }] = deliverables.splice(weak, 1);
      if (!actions.some((action) => action.kind === 'write')) actions.push({ kind: 'write', clause: masked.slice(at), file: file.name, at });
      const read = actions.findIndex((action) => action.kind === 'read' && action.file === file.name);
      if (read >= 0) actions.splice(read, 1);
    }
    const target = deliverables.find((one) => one.kind === endings[file.name.split('.').at(-1)!.toLowerCase()]);
    if (!target) continue;
    target.fileName = file.name.split('/').at(-1)!;
    const index = actions.findIndex((action) => action.file === file.name);
    if (index >= 0) actions.splice(index, 1);
  }
}
