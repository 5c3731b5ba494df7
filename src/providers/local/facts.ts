/** The numbers of a text: pairs of label and value, and tables, carried over exactly as written. */

export interface Pair {
  label: string;
  value: number;
  /** As it was written: "$1,200", "12 %", "1.5M". */
  written: string;
}

export interface DataTable {
  /** What the numbers are, when the text says so ("sales"), else null. */
  name: string | null;
  columns: string[];
  rows: (string | number)[][];
  /** A sign that all values carry ("$", "€", "%"), else ''. */
  unit: string;
}

const number = String.raw`[-−]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?`;
const amount = String.raw`([$€£¥]\s?)?(${number})\s?(%|k|m|bn|K|M|million|thousand|billion|€|\$|£|EUR|USD|GBP|CHF)?`;
/** What joins a label to its value, and the value, at the end of a piece. */
const valueLast = new RegExp(String.raw`(\s*[:=]\s*|\s+[–-]\s+|\s+(?:is|was|were|are|at|with)\s+|\s+)${amount}(?:\s+(?:people|persons|units|hours|days|pieces|pcs|points|hires|employees|customers|users))?\.?$`, 'u');
const valueFirst = new RegExp(String.raw`^${amount}\s+(?:(?:for|in|on|from)\s+(?:the\s+)?)?([\p{L}][\p{L}\p{N} /&-]{0,40})$`, 'u');
const factors: Record<string, number> = { k: 1e3, K: 1e3, thousand: 1e3, m: 1e6, M: 1e6, million: 1e6, bn: 1e9, billion: 1e9 };
const timeWord = /^(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec|mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?$|^(?:Q[1-4]|H[12]|FY\s?\d{2,4}|(?:19|20)\d\d|week\s?\d+|W\d+)$/i;
const tail = /\s+(?:(?:with|and|plus|including|incl\.?)\s+(?:a\s+|the\s+|an\s+)?(?:grand\s+)?(?:totals?|sum|average|chart|graph|table|formula)s?\b.*|please|thanks|thank you|in total|as (?:a|an)\s+\w+(?:\s+\w+)?|to\s+\S+\.\w{2,4})[.!]?$/i;

/** True for months, weekdays, quarters, years: labels that stand in order of time. */
export const isTime = (label: string): boolean =>
  timeWord.test(label.trim()) || /^(?:[a-z]{3,9}\.?|Q[1-4]|H[12])\s+(?:19|20)?\d\d$/i.test(label.trim());

/** Every pair of label and value in a text. One alone is no data set; the caller decides. */
export function readPairs(text: string): Pair[] {
  const pieces = splitPieces(text);
  const asLabelled = keepRuns(pieces.map((piece, index) => labelledPiece(piece, index > 0)));
  if (asLabelled.length >= 2) return plausible(asLabelled);
  const counted = keepRuns(pieces.map(countedPiece));
  return counted.length >= 2 ? counted : [];
}

/** Pieces between commas, semicolons, line ends and "and"; a comma inside "1,200" is no border. */
function splitPieces(text: string): string[] {
  return text
    .split(/\r?\n|;|,(?!\d{3}(?!\d))|(?<=[\p{L}\d%)]{2,}|\d)\.\s+|\s+(?:and|und|et|y)\s+(?=[^,;]*\d)/u)
    .map((piece) => piece.replace(/^\s*(?:[-*•]|and\b|\d+[.)](?=\s+\p{L}))\s*/u, '').trim())
    .map((piece) => { let cut = piece; while (cut.length <= 300 && tail.test(cut)) cut = cut.replace(tail, ''); return cut; })
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
  if (piece.length > 200 || !/\d/.test(piece)) return null;
  const match = valueLast.exec(piece);
  if (!match) return null;
  const [, , sign = '', digits, suffix = ''] = match;
  let label = piece.slice(0, match.index).trim();
  if (!/\p{L}|^\d{4}$/u.test(label)) return null;
  // The first piece may still carry the sentence that leads to it: "make a chart of Jan 5".
  if (!follows || label.split(/\s+/).length > 3) label = label.replace(/^.*(?:\b(?:of|with|from|for|showing|these|numbers|data|are|were|is)\b|[:–])\s+(?=\S)/i, '');
  const words = label.split(/\s+/);
  if (words.length > 5 || /\b(?:grew|rose|fell|increased|decreased|dropped|reached|hired|by|to|from|since|than|page|slides?|in)$/i.test(label)) return null;
  if (/\b(?:we|i|you|they|he|she)\b/i.test(label)) return null;
  return { label: label.replace(/^(?:the|a|an|our|my)\s+/i, ''), ...valueOf(sign, digits, suffix) };
}

function countedPiece(piece: string): Pair | null {
  if (piece.length > 200) return null;
  const match = valueFirst.exec(piece.replace(/^.*?(?=[$€£¥]?\s?[-−]?\d)/s, '').replace(/[.!]$/, ''));
  if (!match) return null;
  const [, sign = '', digits, suffix = '', label] = match;
  if (/^(?:slides?|pages?|bullets?|minutes?|words?|columns?|rows?|hours?|days?|weeks?|months?|years?)\b/i.test(label) || label.split(/\s+/).length > 4) return null;
  return { label: label.trim(), ...valueOf(sign, digits, suffix) };
}

function valueOf(sign: string, digits: string, suffix: string): Pick<Pair, 'value' | 'written'> {
  const plain = Number(digits.replace(/,/g, '').replace('−', '-'));
  const value = Number((plain * (factors[suffix] ?? 1)).toPrecision(15));
  const gap = /^[a-zA-Z]{3,}$/.test(suffix) ? ' ' : '';
  return { value, written: `${sign.trim()}${digits}${gap}${suffix}` };
}

/** "Q1 2025, Q2 2025" names times and gives no numbers. */
function plausible(pairs: Pair[]): Pair[] {
  const years = pairs.every((pair) => isTime(pair.label) && /^(?:19|20)\d\d$/.test(pair.written));
  return years ? [] : pairs;
}

const unitOf = (pairs: Pair[]): string => {
  const units = new Set(pairs.map((pair) => /^[$€£¥]|%$|[€$£]$|EUR$|USD$|GBP$|CHF$/.exec(pair.written)?.[0] ?? ''));
  return units.size === 1 ? [...units][0] : '';
};

/** The numbers of a text as one table, or null when it gives none. Lines of CSV come first, then lists of pairs. */
export function readTable(text: string): DataTable | null {
  const lines = readLines(text);
  if (lines) return lines;
  const series = readSeries(text);
  if (series) return series;
  const pairs = readPairs(text);
  if (pairs.length < 2) return null;
  // "sales Q1 100, Q2 150": what stands before the first time is the name of the numbers.
  let name: string | null = null;
  const first = /^(.*\S)\s+(\S+)$/.exec(pairs[0].label);
  if (first && isTime(first[2]) && pairs.slice(1).every((pair) => isTime(pair.label))) {
    name = first[1];
    pairs[0] = { ...pairs[0], label: first[2] };
  }
  return { name, columns: [pairs.every((pair) => isTime(pair.label)) ? 'Period' : 'Item', 'Value'], rows: pairs.map(({ label, value }) => [label, value]), unit: unitOf(pairs) };
}

const cell = (text: string): string | number => {
  const trimmed = text.trim().replace(/^"(.*)"$/, '$1').replace(/\*\*/g, '');
  return new RegExp(`^${number}$`).test(trimmed) ? Number(trimmed.replace(/,/g, '').replace('−', '-')) : trimmed;
};

/** Two or more lines with the same number of `|`, tab, `;` or `,`, at least one holding a number. */
function readLines(text: string): DataTable | null {
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  for (const separator of ['|', '\t', ';', ',']) {
    const rows: (string | number)[][] = [];
    let width = 0;
    for (const line of lines) {
      const body = separator === '|' ? line.replace(/^\||\|$/g, '') : line;
      if (/^[\s|:-]+$/.test(body) && body) continue;
      const cells = body.split(separator).map(cell);
      if (cells.length < 2 || (width && cells.length !== width) || cells.some((one) => typeof one === 'string' && one.length > 60)) {
        if (rows.length >= 2) break;
        rows.length = 0;
        width = 0;
        if (cells.length < 2 || cells.length > 12) continue;
      }
      width = cells.length;
      rows.push(cells);
    }
    const numeric = rows.slice(1).some((row) => row.slice(1).some((one) => typeof one === 'number'));
    if (rows.length < 2 || !numeric) continue;
    const headed = rows[0].every((one) => typeof one === 'string') || (rows[0].slice(1).every((one) => typeof one === 'string'));
    const columns = headed ? rows[0].map(String) : rows[0].map((_, index) => (index ? (width === 2 ? 'Value' : `Value ${index}`) : 'Item'));
    return { name: null, columns, rows: headed ? rows.slice(1) : rows, unit: '' };
  }
  return null;
}

/** "North: 10, 12, 15; South: 8, 9, 14": several values for each label. */
function readSeries(text: string): DataTable | null {
  const form = new RegExp(String.raw`([\p{L}][\p{L}\p{N} ]{0,30}?)\s*[:=]\s*((?:${number})(?:\s*,\s+(?:${number}))+)(?![\p{L}\d])`, 'gu');
  const rows = [...text.matchAll(form)].map((match) => [match[1].trim(), ...match[2].split(/,\s+/).map((one) => Number(one.replace(/,/g, '')))]);
  if (!rows.length || rows.some((row) => row.length !== rows[0].length)) return null;
  // One series alone is a list of values without names: they are numbered.
  if (rows.length === 1) return { name: String(rows[0][0]), columns: ['Number', 'Value'], rows: rows[0].slice(1).map((value, index) => [String(index + 1), value]), unit: '' };
  return { name: null, columns: ['Item', ...rows[0].slice(1).map((_, index) => `Value ${index + 1}`)], rows, unit: '' };
}
