import type { Block, Table } from './blocks.js';
import type { CountTokens } from './tokens.js';

/** A passage that can be found. */
export interface Passage {
  text: string;
  metadata: {
    /** The page or slide it is on, from 1; missing where the format knows no pages. */
    page?: number;
    /** Its place in the document, from 0. */
    chunkIndex: number;
    /** The headings it stands under, highest first. */
    headings: string[];
  };
}

/** What is embedded of a passage: the headings say what it is about, which its own words may not. */
export const embeddedText = ({ text, metadata: { headings } }: Passage): string =>
  headings.length > 0 ? `${headingLine(headings)}\n${text}` : text;

const headingLine = (headings: readonly string[]): string => headings.join(' – ').slice(-200);

/** A row longer than this is no row but a text in disguise. */
const longestRow = 20_000;
/** A word longer than this is no word. */
const longestWord = 1000;

/**
 * Cuts a document into passages that the model can take in whole. A passage never reaches over a heading or a page, and holds whole
 * paragraphs; a paragraph that is too long is cut between sentences, a sentence that is too long between words. A table is cut
 * between rows, and each part begins with the names of the columns; a row is never cut, however long.
 *
 * @param window how many tokens the model takes in, its two marks among them
 */
export function cutIntoPassages(blocks: readonly Block[], count: CountTokens, window: number): Passage[] {
  const cutter = new Cutter(count, window);
  for (const block of blocks) cutter.add(block);
  return cutter.end();
}

class Cutter {
  private readonly passages: Passage[] = [];
  private headings: { level: number; text: string }[] = [];
  /** Whether anything stands below the last heading. */
  private isHeadingUsed = true;
  private page?: number;
  private parts: string[] = [];
  private tokens = 0;
  private budget: number;

  constructor(private readonly count: CountTokens, private readonly window: number) {
    this.budget = window - 2;
  }

  add(block: Block): void {
    if (block.page !== this.page) {
      this.flush();
      if (block.kind === 'heading') this.keepBareHeading(block.level);
      this.page = block.page;
    }
    if (block.kind === 'heading') this.addHeading(block.level, block.text);
    else if (block.kind === 'table') this.addTable(block);
    else this.addText(block.text, '\n\n');
    if (block.kind !== 'heading') this.isHeadingUsed = true;
  }

  end(): Passage[] {
    this.flush();
    this.keepBareHeading(0);
    return this.passages;
  }

  private addHeading(level: number, text: string): void {
    this.flush();
    this.keepBareHeading(level);
    this.headings = [...this.headings.filter((heading) => heading.level < level), { level, text }];
    this.isHeadingUsed = false;
    this.budget = Math.max(this.window / 2, this.window - 2 - this.count(headingLine(this.path())));
  }

  /** A heading with nothing below it, before one that is not below it either, is all there is to find. */
  private keepBareHeading(nextLevel: number): void {
    const last = this.headings.at(-1);
    if (this.isHeadingUsed || !last || nextLevel > last.level) return;
    this.isHeadingUsed = true;
    this.passages.push(this.passage(last.text, this.path().slice(0, -1)));
  }

  private addTable({ header, rows }: Table): void {
    const head = header === null ? [] : [header];
    const headTokens = header === null ? 0 : this.count(header);
    let isBegun = false;
    for (const row of rows) {
      if (row.length > longestRow) {
        isBegun = false;
        this.addText(row, '\n');
        continue;
      }
      const tokens = this.count(row);
      const needed = isBegun ? tokens : headTokens + tokens;
      if (this.tokens + needed > this.budget && this.tokens > 0) {
        this.flush();
        isBegun = false;
      }
      for (const line of isBegun ? [] : head) this.put(line, headTokens, '\n\n');
      this.put(row, tokens, isBegun || header !== null ? '\n' : '\n\n');
      isBegun = true;
    }
  }

  /** Whole when it fits, otherwise cut where it hurts least. */
  private addText(text: string, separator: string): void {
    const tokens = this.count(text);
    if (tokens <= this.budget && text.length <= longestRow) return this.fit(text, tokens, separator);
    const pieces = sentencesOf(text);
    if (pieces.length > 1) pieces.forEach((sentence, index) => this.addText(sentence, index === 0 ? separator : ' '));
    else for (const part of this.wordRuns(text)) this.fit(part, this.count(part), ' ');
  }

  /** As many words at a time as fit. */
  private *wordRuns(sentence: string): Generator<string> {
    let run: string[] = [];
    let tokens = 0;
    for (const word of wordsOf(sentence)) {
      const needed = this.count(word);
      if (tokens + needed > this.budget && run.length > 0) {
        yield run.join(' ');
        run = [];
        tokens = 0;
      }
      run.push(word);
      tokens += needed;
    }
    if (run.length > 0) yield run.join(' ');
  }

  private fit(text: string, tokens: number, separator: string): void {
    if (this.tokens + tokens > this.budget) this.flush();
    this.put(text, tokens, separator);
  }

  private put(text: string, tokens: number, separator: string): void {
    this.parts.push(this.parts.length > 0 ? separator + text : text);
    this.tokens += tokens;
  }

  private flush(): void {
    const text = this.parts.join('').trim();
    if (text !== '') this.passages.push(this.passage(text, this.path()));
    this.parts = [];
    this.tokens = 0;
  }

  private path = (): string[] => this.headings.map(({ text }) => text);

  private passage(text: string, headings: string[]): Passage {
    const page = this.page === undefined ? {} : { page: this.page };
    return { text, metadata: { ...page, chunkIndex: this.passages.length, headings } };
  }
}

const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' });

const sentencesOf = (text: string): string[] =>
  Array.from(segmenter.segment(text), ({ segment }) => segment.trim()).filter((sentence) => sentence !== '');

const wordsOf = (text: string): string[] =>
  text.split(/\s+/).flatMap((word) => (word.length <= longestWord ? word : (word.match(/[^]{1,1000}/gu) ?? [])));
