import { posix } from 'node:path';
import { Parser } from 'htmlparser2';
import { isText, unpack } from './archive.js';
import { oneLine, tableOf, type Block } from './blocks.js';
import { UnreadableDocument } from './unreadable.js';

/** A presentation: of each slide its title, texts, tables and the speaker's notes. The page of a block is its slide. */
export async function readPptx(bytes: Buffer): Promise<Block[]> {
  const parts = await unpack(bytes, (name) => /^ppt\/(?:_rels|slides|notesSlides)\//.test(name) && isText(name) || name === 'ppt/presentation.xml');
  const main = 'ppt/presentation.xml';
  const xml = parts.get(main);
  if (!xml) throw new UnreadableDocument('damaged', 'The file is damaged: it lacks its list of slides.');
  const targets = relationsOf(parts, main);
  return slideIds(xml).flatMap((id, index) => {
    const path = targets.find((target) => target.id === id)?.path;
    return path && parts.has(path) ? slideBlocks(parts, path, index + 1) : [];
  });
}

function slideBlocks(parts: Map<string, Buffer>, path: string, page: number): Block[] {
  const notesPath = relationsOf(parts, path).find(({ type }) => type.endsWith('/notesSlide'))?.path;
  const notes = (notesPath && parts.get(notesPath)) || null;
  const said = notes ? readShapes(notes, page).filter((block) => block.kind === 'paragraph').map(({ text }) => text).join('\n') : '';
  const shown = readShapes(parts.get(path)!, page);
  // A title may stand behind the text it is above.
  const blocks = [...shown.filter(({ kind }) => kind === 'heading'), ...shown.filter(({ kind }) => kind !== 'heading')];
  return said ? [...blocks, { kind: 'paragraph', text: `Notes: ${said}`, page }] : blocks;
}

interface Relation {
  id: string;
  type: string;
  path: string;
}

/** What a part refers to. */
function relationsOf(parts: Map<string, Buffer>, path: string): Relation[] {
  const xml = parts.get(posix.join(posix.dirname(path), '_rels', `${posix.basename(path)}.rels`));
  const relations: Relation[] = [];
  if (xml) eachTag(xml, (name, { Id, Type = '', Target = '' }) => {
    if (name !== 'Relationship' || !Id) return;
    const target = Target.startsWith('/') ? Target.slice(1) : posix.join(posix.dirname(path), Target);
    relations.push({ id: Id, type: Type, path: target });
  });
  return relations;
}

/** The relations of the slides, in their order. */
function slideIds(xml: Buffer): string[] {
  const ids: string[] = [];
  eachTag(xml, (name, attributes) => {
    if (name === 'p:sldId' && attributes['r:id']) ids.push(attributes['r:id']);
  });
  return ids;
}

function eachTag(xml: Buffer, open: (name: string, attributes: Record<string, string>) => void): void {
  new Parser({ onopentag: open }, { xmlMode: true }).end(xml.toString('utf8'));
}

/** Numbers, dates and footers are the same on every slide. */
const repeated = new Set(['sldNum', 'dt', 'ftr', 'hdr', 'sldImg']);

/** Reads the shapes of a slide: their paragraphs (a:p), and the rows (a:tr) of their tables. */
class ShapeReader {
  readonly blocks: Block[] = [];
  private placeholder = '';
  private lines: string[] = [];
  private text = '';
  private isInText = false;
  private rows: string[][] | null = null;

  constructor(private readonly page: number) {}

  open(name: string, { type = '' }: Record<string, string>): void {
    if (name === 'p:sp') this.placeholder = '';
    else if (name === 'p:ph') this.placeholder = type;
    else if (name === 'a:tbl') this.rows = [];
    else if (name === 'a:tr') this.rows?.push([]);
    else if (name === 'a:br') this.text += ' ';
    this.isInText = name === 'a:t';
  }

  add(text: string): void {
    if (this.isInText) this.text += text;
  }

  close(name: string): void {
    this.isInText = false;
    if (name === 'a:p') this.endLine();
    else if (name === 'a:tc') this.rows?.at(-1)?.push(this.takeLines(' '));
    else if (name === 'a:tbl') this.endTable();
    else if (name === 'p:sp') this.endShape();
  }

  private endLine(): void {
    const line = oneLine(this.text);
    if (line) this.lines.push(line);
    this.text = '';
  }

  private takeLines(separator: string): string {
    const text = this.lines.join(separator);
    this.lines = [];
    return text;
  }

  private endTable(): void {
    const table = tableOf(this.rows ?? [], true, this.page);
    if (table) this.blocks.push(table);
    this.rows = null;
  }

  private endShape(): void {
    const isTitle = this.placeholder === 'title' || this.placeholder === 'ctrTitle';
    const text = this.takeLines(isTitle ? ' ' : '\n');
    if (text === '' || repeated.has(this.placeholder)) return;
    this.blocks.push(isTitle ? { kind: 'heading', level: 1, text, page: this.page } : { kind: 'paragraph', text, page: this.page });
  }
}

function readShapes(xml: Buffer, page: number): Block[] {
  const reader = new ShapeReader(page);
  new Parser({
    onopentag: (name, attributes) => reader.open(name, attributes),
    ontext: (text) => reader.add(text),
    onclosetag: (name) => reader.close(name),
  }, { xmlMode: true, decodeEntities: true }).end(xml.toString('utf8'));
  return reader.blocks;
}
