import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { createDeflate } from 'node:zlib';
import { zipSync, type Zippable } from 'fflate';
import { render } from '../../../src/tools/office/render.js';

/** Files for the tests of memory: real ones, made by the libraries that write them, and hostile ones, made by hand. */

const signal = new AbortController().signal;
const made = async (kind: Parameters<typeof render>[0], input: unknown) => Buffer.from((await render(kind, input, signal)).bytes);

const sections = [
  { heading: 'Remote work', content: 'Employees can work remotely up to 3 days per week.', table: { headers: ['Day', 'Place'], rows: [['Monday', 'Office'], ['Friday', 'Home']] } },
  { heading: 'Travel', content: 'Flights need approval.' },
];

export const docx = () => made('document', { title: 'Handbook', sections });
export const pdf = () => made('pdf', { title: 'Handbook', sections });
export const xlsx = () => made('spreadsheet', { title: 'Budget', sheets: [{ name: 'Costs', columns: [{ header: 'Item' }, { header: 'Amount' }], rows: [['Rent', 1200.5], ['Food', 300]] }] });
export const pptx = () => made('powerpoint', { title: 'Review', slides: [{ title: 'Revenue', bullets: ['Revenue grew 12 %'], notes: 'Mention the new office.' }, { title: 'Regions', table: sections[0]!.table }] });

export const eml = Buffer.from([
  'From: Ann <ann@example.com>', 'To: Bob <bob@example.com>', 'Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=', 'Date: Tue, 28 Jan 2025 10:00:00 +0000',
  'MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary=b', '', '--b', 'Content-Type: text/html; charset=utf-8', '',
  '<p>The budget is <b>5000</b>.</p>', '--b', 'Content-Type: application/pdf', 'Content-Disposition: attachment; filename="offer.pdf"', '', 'x', '--b--', '',
].join('\r\n'));

const contentTypes = '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>';

/** An archive that says it is a Word document. */
export const archive = (entries: Zippable = {}): Buffer =>
  Buffer.from(zipSync({ '[Content_Types].xml': Buffer.from(contentTypes), 'word/document.xml': Buffer.from('<w:document/>'), ...entries }));

/** 50 MB of one letter in 50 KB. */
export const bomb = (): Buffer => archive({ 'word/document.xml': [Buffer.alloc(50_000_000, 'a'), { level: 9 }] });

/** The same, with a directory that says it is small. */
export function lyingBomb(): Buffer {
  const bytes = bomb();
  const wrong = Buffer.alloc(4);
  wrong.writeUInt32LE(50_000_000);
  for (let at = bytes.indexOf(wrong); at !== -1; at = bytes.indexOf(wrong, at + 1)) bytes.writeUInt32LE(1000, at);
  return bytes;
}

/** A PDF of the given objects, whose numbers are their places from 1; the first is the catalogue. */
export function pdfOf(objects: (string | Buffer)[], trailer = ''): Buffer {
  const parts: Buffer[] = [Buffer.from('%PDF-1.4\n')];
  const offsets: number[] = [];
  let length = parts[0]!.length;
  const add = (piece: Buffer) => {
    parts.push(piece);
    length += piece.length;
  };
  objects.forEach((object, index) => {
    offsets.push(length);
    add(Buffer.concat([Buffer.from(`${index + 1} 0 obj\n`), Buffer.from(object), Buffer.from('\nendobj\n')]));
  });
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const start = length;
  add(Buffer.from(`xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer\n<</Size ${objects.length + 1}/Root 1 0 R${trailer}>>\nstartxref\n${start}\n%%EOF\n`));
  return Buffer.concat(parts);
}

const catalogue = '<</Type/Catalog/Pages 2 0 R>>';
const page = '<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]>>';

export const emptyPages = (count: number): Buffer =>
  pdfOf([catalogue, `<</Type/Pages/Count ${count}/Kids[${Array.from({ length: count }, (_, index) => `${index + 3} 0 R`).join(' ')}]>>`, ...Array.from({ length: count }, () => page)]);

/** One page whose content unpacks to 600 MB. Made piece by piece, so that making it takes no memory itself. */
export async function pdfBomb(): Promise<Buffer> {
  const piece = Buffer.alloc(1_000_000, ' ');
  const pieces = Array.from({ length: 600 }, () => piece);
  const twice = await buffer(Readable.from(pieces).pipe(createDeflate()).pipe(createDeflate()));
  const stream = Buffer.concat([Buffer.from(`<</Filter[/FlateDecode/FlateDecode]/Length ${twice.length}>>\nstream\n`), twice, Buffer.from('\nendstream')]);
  return pdfOf([catalogue, '<</Type/Pages/Count 1/Kids[3 0 R]>>', page.replace('>>', '/Contents 4 0 R>>'), stream]);
}

/** Says that it is encrypted with a password nobody gave. */
export const lockedPdf = (): Buffer =>
  pdfOf([catalogue, '<</Type/Pages/Count 1/Kids[3 0 R]>>', page, `<</Filter/Standard/V 1/R 2/O(${'o'.repeat(32)})/U(${'u'.repeat(32)})/P -4>>`],
    '/Encrypt 4 0 R/ID[<00112233445566778899aabbccddeeff><00112233445566778899aabbccddeeff>]');
