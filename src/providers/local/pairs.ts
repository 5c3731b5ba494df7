/** Pairs of label and value in a text, such as "rent 1,200" or "12 new customers". */

export interface Pair {
  label: string;
  value: number;
  /** As it was written: "$1,200", "12 %", "1.5M". */
  written: string;
  /** "€", "$", "£", "¥", "%", a currency's code, or ''. */
  unit: string;
  /** The value came first, so that the label says what was counted. */
  counted: boolean;
}

export const numberForm = String.raw`[-−]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?`;
const factors: Record<string, number> = { k: 1e3, thousand: 1e3, m: 1e6, mn: 1e6, mio: 1e6, million: 1e6, millions: 1e6, bn: 1e9, b: 1e9, billion: 1e9, billions: 1e9 };
const unitNames: Record<string, string> = { euro: 'EUR', euros: 'EUR', dollar: 'USD', dollars: 'USD', pounds: 'GBP', francs: 'CHF', percent: '%' };
const codes = 'EUR|USD|GBP|CHF';
const amount = String.raw`((?:([$€£¥]|${codes})\s?)?(${numberForm})(?:\s?(k|K|m|M|mn|Mio|bn|B|thousand|millions?|billions?))?(?:\s?(%|€|\$|£|${codes}|euros?|dollars?|pounds|francs|percent))?)`;
const countedWords = 'people|persons|units|hours|days|pieces|pcs|points|hires|employees|customers|users';
/** What joins a label to its value, and the value, at the end of a piece. */
const valueLast = new RegExp(String.raw`(?:\s*[:=]\s*|\s+[–-]\s+|\s+(?:is|was|were|are|at|with)\s+|\s+)${amount}(?:\s+(?:${countedWords}))?\.?$`, 'u');
const valueFirst = new RegExp(String.raw`^${amount}\s+(?:(?:for|in|on|from)\s+(?:the\s+)?)?([\p{L}][\p{L}\p{N} /&-]{0,40})$`, 'u');
/** Words before which a number is no value of its own: "grew by 4", "room 12", "version 2". */
const noLabel = /\b(?:grew|rose|fell|increased|decreased|dropped|reached|hired|by|to|from|since|than|page|slides?|in|on|of|for|and|or|about|around|over|under|nearly|almost|least|most|up|down|only|just|before|after|until|due|between|room|floor|version|chapter|step|phase|level|no|nr|number|day|week|article|section|paragraph|iso|act)\.?$/i;
const month = /(?:^|\s)(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?$/i;
const tail = /\s+(?:(?:with|and|plus|including|incl\.?)\s+(?:a\s+|the\s+|an\s+)?(?:grand\s+)?(?:totals?|sum|average|chart|graph|table|formula)s?\b.*|please|thanks|thank you|in total|as (?:a|an)\s+\w+(?:\s+\w+)?|to\s+\S+\.\w{2,4})[.!]?$/i;

/** Every pair of the longest list of pairs in a text. One alone is no data set; the caller decides. */
export function readPairs(text: string): Pair[] {
  const pieces = splitPieces(text);
  const asLabelled = keepRuns(pieces.map((piece, index) => labelledPiece(piece, index > 0)));
  if (asLabelled.length >= 2) return asLabelled;
  const counted = keepRuns(pieces.map((piece, index) => countedPiece(index ? piece : piece.replace(/^.*?(?=[$€£¥]?\s?[-−]?\d)/s, ''))));
  return counted.length >= 2 ? counted : [];
}

/** The pair that a fact is as a whole ("churn: 3%", "12 new customers"), or null when it says something else. */
export function pairOf(fact: string): Pair | null {
  const piece = withoutTail(fact.trim());
  return countedPiece(piece) ?? labelledPiece(piece, true);
}

function withoutTail(piece: string): string {
  let cut = piece;
  while (cut.length <= 300 && tail.test(cut)) cut = cut.replace(tail, '');
  return cut;
}

/** Pieces between commas, semicolons, line ends and "and"; a comma inside "1,200" is no border. */
function splitPieces(text: string): string[] {
  return text
    .split(/\r?\n|;|,(?!\d{3}(?!\d))|(?<=[\p{L}\d%)]{2,}|\d)\.\s+|\s+(?:and|und|et|y)\s+(?=[^,;]*\d)/u)
    .map((piece) => withoutTail(piece.replace(/^\s*(?:[-*•]|and\b|\d+[.)](?=\s+\p{L}))\s*/u, '').trim()))
    .filter(Boolean);
}

/** The longest run of neighbouring pairs: stray numbers elsewhere in the text are not part of the list. */
function keepRuns(pieces: (Pair | null)[]): Pair[] {
  let best: Pair[] = [];
  let run: Pair[] = [];
  for (const pair of [...pieces, null]) {
    if (pair) run.push(pair);
    else {
      if (run.length > best.length) best = run;
      run = [];
    }
  }
  return best;
}

function labelledPiece(piece: string, follows: boolean): Pair | null {
  // "at 10:30" is a time of day.
  if (piece.length > 200 || !/\d/.test(piece) || /\b\d{1,2}:\d\d$/.test(piece)) return null;
  const match = valueLast.exec(piece);
  if (!match) return null;
  let label = piece.slice(0, match.index).trim();
  if (!/\p{L}|^\d{4}$/u.test(label)) return null;
  // The first piece may still carry the sentence that leads to it: "make a chart of Jan 5".
  if (!follows || label.split(/\s+/).length > 3) label = label.replace(/^.*(?:\b(?:of|with|from|for|showing|these|numbers|data|are|were|is)\b|[:–])\s+(?=\S)/i, '');
  if (label.split(/\s+/).length > 5 || noLabel.test(label)) return null;
  // "launch March 12" is a date, "March 12" may be a value.
  if (month.test(label) && /\s/.test(label)) return null;
  if (/\b(?:we|i|you|they|he|she)\b/i.test(label)) return null;
  return { label: label.replace(/^(?:the|a|an|our|my)\s+/i, ''), ...valueOf(match), counted: false };
}

function countedPiece(piece: string): Pair | null {
  if (piece.length > 200) return null;
  const match = valueFirst.exec(piece.replace(/[.!]$/, ''));
  if (!match) return null;
  const label = match[6];
  if (/^(?:of|to|out|x|am|pm|slides?|pages?|bullets?|minutes?|words?|columns?|rows?|hours?|days?|weeks?|months?|years?)\b/i.test(label) || label.split(/\s+/).length > 4) return null;
  // "12 March" is a date; "12 in March" is a value.
  if (month.test(label) && !/\s(?:for|in|on|from)\s/.test(piece)) return null;
  return { label: label.trim(), ...valueOf(match), counted: true };
}

function valueOf([, whole, sign = '', digits, scale = '', suffix = '']: RegExpExecArray): Pick<Pair, 'value' | 'written' | 'unit'> {
  const plain = Number(digits.replace(/,/g, '').replace('−', '-'));
  const value = Number((plain * (factors[scale.toLowerCase()] ?? 1)).toPrecision(15));
  const unit = suffix || sign;
  return { value, written: whole.trim(), unit: unitNames[unit.toLowerCase()] ?? unit };
}
