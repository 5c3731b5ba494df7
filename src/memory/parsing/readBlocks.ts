import { refuseDocumentTypes } from './archive.js';
import { clean, type Block } from './blocks.js';
import { decode } from './decode.js';
import type { DocumentKind } from './documentKind.js';
import { UnreadableDocument } from './unreadable.js';

type Reader = (bytes: Buffer) => Block[] | Promise<Block[]>;

const textual = (read: (text: string) => Block[]): Reader => (bytes) => read(decode(bytes) ?? '');

/** Each library is loaded only for what needs it. */
const readers: Record<DocumentKind, () => Promise<Reader>> = {
  text: async () => textual((await import('./plainText.js')).readPlainText),
  markdown: async () => textual((await import('./markdown.js')).readMarkdown),
  html: async () => textual((await import('./html.js')).readHtml),
  csv: async () => textual((await import('./csv.js')).readCsv),
  json: async () => textual((await import('./json.js')).readJson),
  eml: async () => (await import('./eml.js')).readEml,
  pdf: async () => (await import('./pdf.js')).readPdf,
  docx: async () => (await import('./docx.js')).readDocx,
  pptx: async () => (await import('./pptx.js')).readPptx,
  xlsx: async () => (await import('./xlsx.js')).readXlsx,
};

const officeKinds = new Set<DocumentKind>(['docx', 'pptx', 'xlsx']);

/** More text than a book has. */
const longest = 5_000_000;

/**
 * The text of a file whose kind is known and whose sizes were checked.
 * @throws UnreadableDocument when there is no text in it, too much, or it is damaged
 */
export async function readBlocks(bytes: Buffer, kind: DocumentKind): Promise<Block[]> {
  const blocks = (await parse(bytes, kind)).map(cleaned).filter(hasText);
  if (blocks.length === 0) {
    const why = kind === 'pdf' ? 'There is no text in the PDF; it may be a scan.' : 'There is no text in the file.';
    throw new UnreadableDocument('damaged', why);
  }
  const length = blocks.reduce((sum, block) => sum + lengthOf(block), 0);
  if (length > longest) {
    throw new UnreadableDocument('too large', `The file holds ${length} characters of text; at most ${longest} can be read. Divide it.`);
  }
  return blocks;
}

async function parse(bytes: Buffer, kind: DocumentKind): Promise<Block[]> {
  const read = await readers[kind]();
  try {
    if (officeKinds.has(kind)) await refuseDocumentTypes(bytes);
    return await read(bytes);
  } catch (error) {
    if (error instanceof UnreadableDocument) throw error;
    if (error instanceof RangeError) throw new UnreadableDocument('damaged', 'The file is nested too deeply to be read.');
    throw new UnreadableDocument('damaged', 'The file is damaged and cannot be read.');
  }
}

const cleaned = (block: Block): Block =>
  block.kind === 'table'
    ? { ...block, header: block.header && clean(block.header), rows: block.rows.map(clean) }
    : { ...block, text: clean(block.text) };

const hasText = (block: Block): boolean => (block.kind === 'table' ? block.rows.some((row) => row.trim() !== '') : block.text.trim() !== '');

const lengthOf = (block: Block): number =>
  block.kind === 'table' ? block.rows.reduce((sum, row) => sum + row.length, block.header?.length ?? 0) : block.text.length;
