import { open } from 'node:fs/promises';
import { isText, listArchive, type Source } from './archive.js';
import { looksLikeTable } from './csv.js';
import { decode } from './decode.js';
import { UnreadableDocument } from './unreadable.js';

/** The formats that memory takes, with what HTTP calls them. */
export const mimeTypes = {
  text: 'text/plain',
  markdown: 'text/markdown',
  html: 'text/html',
  csv: 'text/csv',
  json: 'application/json',
  eml: 'message/rfc822',
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const;

export type DocumentKind = keyof typeof mimeTypes;

/** How the names of such files end. A name proves nothing: other texts are read too. */
export const extensions = ['txt', 'md', 'html', 'csv', 'json', 'pdf', 'docx', 'pptx', 'xlsx', 'eml'] as const;

const formats = new Intl.ListFormat('en-GB').format(extensions);

/** How many bytes tell what a text is. */
const headLength = 64 * 1024;

/**
 * What a file is, by its bytes; names lie. Of a large file only the beginning and the directory of an archive are read.
 * @throws UnreadableDocument when it is none of the formats, or unpacks to more than can be read
 */
export async function recognise(source: Source): Promise<DocumentKind> {
  const { head, isWhole } = await headOf(source);
  // Programs let some bytes stand before it.
  if (head.subarray(0, 1024).includes('%PDF-')) return 'pdf';
  if (head.subarray(0, 4).equals(Buffer.from('PK\x03\x04', 'latin1'))) return kindOfArchive(source);
  if (head.subarray(0, 8).equals(Buffer.from('d0cf11e0a1b11ae1', 'hex'))) {
    throw new UnreadableDocument('unsupported', 'This is an old or locked Office file: save it as .docx, .pptx or .xlsx without a password.');
  }
  const text = decode(head, !isWhole);
  if (text === null) throw new UnreadableDocument('unsupported', `This is no file that memory can read. It reads ${formats}.`);
  return kindOfText(text, isWhole);
}

async function headOf(source: Source): Promise<{ head: Buffer; isWhole: boolean }> {
  if (typeof source !== 'string') return { head: source.subarray(0, headLength), isWhole: source.length <= headLength };
  const file = await open(source);
  try {
    const { size } = await file.stat();
    const { buffer, bytesRead } = await file.read(Buffer.alloc(Math.min(size, headLength)), 0, Math.min(size, headLength), 0);
    return { head: buffer.subarray(0, bytesRead), isWhole: size <= headLength };
  } finally {
    await file.close();
  }
}

const mainParts = { 'word/document.xml': 'docx', 'ppt/presentation.xml': 'pptx', 'xl/workbook.xml': 'xlsx' } as const;

async function kindOfArchive(source: Source): Promise<DocumentKind> {
  const names = (await listArchive(source)).map(({ fileName }) => fileName).filter(isText);
  for (const [part, kind] of Object.entries(mainParts)) if (names.includes(part)) return kind;
  throw new UnreadableDocument('unsupported', `This is an archive, but none of .docx, .pptx and .xlsx: unpack it. Memory reads ${formats}.`);
}

const htmlStart = /^\s*(?:<\?xml[^>]*>\s*)?(?:<!--[^]*?-->\s*)*<(?:!doctype html|html|head|body|article|section|main|div|table|h[1-6]|p|ul|ol)\b/i;
const headerLines = /^(?:[!-9;-~]+:[^\n]*\n(?:[ \t][^\n]*\n)*){2,}(?:\n|$)/;
const mailHeader = /^(?:from|to|subject|date|received|mime-version|message-id|return-path|delivered-to):/gim;
const markdownSign = /^ {0,3}#{1,6} \S|^ {0,3}(?:```|~~~)|^\|?(?:\s*:?-{3,}:?\s*\|)+\s*:?-*:?\s*$|^\S.*\n(?:={3,}|-{3,})\s*$|\[[^\]\n]+\]\(\S+\)|\*\*\S/m;

function kindOfText(given: string, isWhole: boolean): DocumentKind {
  const text = given.replaceAll('\r\n', '\n');
  if (isJson(text, isWhole)) return 'json';
  if (htmlStart.test(text)) return 'html';
  const headers = headerLines.exec(text)?.[0];
  if (headers && (headers.match(mailHeader)?.length ?? 0) >= 2) return 'eml';
  if (looksLikeTable(text, isWhole)) return 'csv';
  return markdownSign.test(text) ? 'markdown' : 'text';
}

/** Of a file that is not here whole, only the beginning is looked at. */
function isJson(text: string, isWhole: boolean): boolean {
  if (!/^\s*(?:\{\s*["}]|\[\s*["{[\]\d\-tfn])/.test(text)) return false;
  if (!isWhole) return true;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
