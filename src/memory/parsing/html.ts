import { Parser } from 'htmlparser2';
import { oneLine, tableOf, type Block } from './blocks.js';
import { UnreadableDocument } from './unreadable.js';

/** What people do not read. */
const hidden = new Set(['script', 'style', 'noscript', 'template', 'svg', 'iframe', 'object', 'nav', 'select', 'button', 'head']);
/** What begins and ends a line. */
const parting = new Set([
  'p', 'div', 'section', 'article', 'main', 'header', 'footer', 'aside', 'ul', 'ol', 'li', 'dl', 'dt', 'dd', 'blockquote', 'figure',
  'figcaption', 'form', 'fieldset', 'address', 'hr', 'body', 'center', 'details', 'summary',
]);

/** Deeper than any page is, and not so deep that the parser takes long for it. */
const deepest = 10_000;

/**
 * Reads a page as it comes, without building a tree, so that its length costs no memory. A table within a table is text
 * of its cell.
 */
class HtmlReader {
  readonly blocks: Block[] = [];
  private text = '';
  private depth = 0;
  private hiddenDepth = 0;
  private tableDepth = 0;
  private preDepth = 0;
  private listMark = '';
  private rows: string[][] = [];
  private hasHeader = false;

  open(name: string): void {
    this.depth += 1;
    if (this.depth > deepest) throw new UnreadableDocument('damaged', 'The file is nested too deeply to be read.');
    if (hidden.has(name)) this.hiddenDepth += 1;
    if (this.hiddenDepth > 0) return;
    if (name === 'table') this.beginTable();
    else if (this.tableDepth > 0) this.openInTable(name);
    else if (/^h[1-6]$/.test(name) || parting.has(name) || name === 'pre') {
      this.endParagraph();
      if (name === 'pre') this.preDepth += 1;
      if (name === 'li') this.listMark = '- ';
    } else if (name === 'br') this.text += '\n';
  }

  add(text: string): void {
    if (this.hiddenDepth > 0) return;
    this.text += this.preDepth > 0 ? text : text.replace(/\s+/g, ' ');
  }

  close(name: string): void {
    this.depth -= 1;
    if (hidden.has(name)) this.hiddenDepth = Math.max(0, this.hiddenDepth - 1);
    else if (this.hiddenDepth > 0) return;
    else if (name === 'table') this.endTable();
    else if (this.tableDepth > 0) this.closeInTable(name);
    else if (/^h[1-6]$/.test(name)) this.endHeading(Number(name[1]));
    else if (parting.has(name) || name === 'pre') {
      this.endParagraph();
      if (name === 'pre') this.preDepth = Math.max(0, this.preDepth - 1);
      if (name === 'ul' || name === 'ol') this.listMark = '';
    }
  }

  end(): void {
    while (this.tableDepth > 0) this.endTable();
    this.endParagraph();
  }

  private openInTable(name: string): void {
    if (this.tableDepth > 1) this.text += ' ';
    else if (name === 'tr') this.rows.push([]);
    else if (name === 'td' || name === 'th') {
      if (name === 'th' && this.rows.length <= 1) this.hasHeader = true;
      this.text = '';
    } else if (parting.has(name) || name === 'br') this.text += ' ';
  }

  private closeInTable(name: string): void {
    if (this.tableDepth > 1) this.text += ' ';
    else if (name === 'td' || name === 'th') this.endCell();
    else if (name === 'caption') this.endParagraph();
    else if (parting.has(name)) this.text += ' ';
  }

  private beginTable(): void {
    this.tableDepth += 1;
    if (this.tableDepth > 1) return;
    this.endParagraph();
    this.rows = [];
    this.hasHeader = false;
  }

  private endCell(): void {
    if (this.rows.length === 0) this.rows.push([]);
    this.rows.at(-1)!.push(oneLine(this.text));
    this.text = '';
  }

  private endTable(): void {
    if (this.tableDepth === 0) return;
    this.tableDepth -= 1;
    if (this.tableDepth > 0) return;
    // Pages that are laid out by tables have rows of a single cell.
    const isLayout = this.rows.every((row) => row.filter(Boolean).length <= 1);
    const table = isLayout ? null : tableOf(this.rows, this.hasHeader || this.rows.length > 2);
    if (table) this.blocks.push(table);
    else for (const row of this.rows) this.paragraph(row.join(' '));
    this.endParagraph();
  }

  private endHeading(level: number): void {
    const text = oneLine(this.text);
    this.text = '';
    if (text) this.blocks.push({ kind: 'heading', level, text });
  }

  private endParagraph(): void {
    this.paragraph(this.text);
    this.text = '';
  }

  private paragraph(given: string): void {
    const lines = this.preDepth > 0 ? given.replace(/\s+$/, '') : given.split('\n').map(oneLine).filter(Boolean).join('\n');
    if (lines.trim() === '') return;
    const last = this.blocks.at(-1);
    // The items of a list stay together.
    if (this.listMark && last?.kind === 'paragraph' && last.text.startsWith('- ')) last.text += `\n${this.listMark}${lines}`;
    else this.blocks.push({ kind: 'paragraph', text: this.listMark + lines });
    this.listMark = '';
  }
}

/** The readable text of an HTML page. */
export function readHtml(html: string): Block[] {
  const reader = new HtmlReader();
  const parser = new Parser({
    onopentagname: (name) => reader.open(name),
    ontext: (text) => reader.add(text),
    onclosetag: (name) => reader.close(name),
  }, { decodeEntities: true });
  parser.end(html);
  reader.end();
  return reader.blocks;
}
