import { deflateRawSync } from 'node:zlib';
import { zipSync, type Zippable } from 'fflate';
import * as files from '../src/memory/files.js';
import { formOf, formWith, type FormPart } from '../support/form.js';

/** What a hostile upload has to end in: refused with a status, or taken and then `failed` with a reason. */
export type Outcome = 400 | 413 | 415 | { failed: RegExp };

export interface HostileUpload {
  name: string;
  outcome: Outcome;
  /** Made when it is sent, so that not all of them are held at once. */
  make(): ReturnType<typeof formOf> | Promise<ReturnType<typeof formOf>>;
}

const text = (content: string) => Buffer.from(content);
const zip = (entries: Zippable): Buffer => Buffer.from(zipSync(entries));

/** Writes a number wherever a record of an archive has it, by the record's signature. */
function patched(bytes: Buffer, signature: string, offset: number, value: number, size: 2 | 4 = 4): Buffer {
  for (let at = bytes.indexOf(signature, 0, 'latin1'); at !== -1; at = bytes.indexOf(signature, at + 1, 'latin1')) {
    if (size === 2) bytes.writeUInt16LE(value, at + offset);
    else bytes.writeUInt32LE(value, at + offset);
  }
  return bytes;
}

const localHeader = 'PK\x03\x04';
const directoryEntry = 'PK\x01\x02';
const directoryEnd = 'PK\x05\x06';

/** An archive whose entries all share one deflated body, as in D. Fifield's overlapping bombs; its directory tells the truth of each. */
function overlapping(count: number): Buffer {
  const whole = Buffer.alloc(20_000_000, 'a');
  const body = deflateRawSync(whole, { level: 9 });
  const nameOf = (index: number) => text(`word/${String(index).padStart(6, '0')}.xml`);
  const head = Buffer.alloc(30);
  head.write(localHeader, 'latin1');
  head.writeUInt16LE(20, 4);
  head.writeUInt16LE(8, 8);
  head.writeUInt32LE(body.length, 18);
  head.writeUInt32LE(whole.length, 22);
  head.writeUInt16LE(nameOf(0).length, 26);
  const entries = Array.from({ length: count }, (_, index) => {
    const name = nameOf(index);
    const entry = Buffer.alloc(46);
    entry.write(directoryEntry, 'latin1');
    entry.writeUInt16LE(20, 4);
    entry.writeUInt16LE(20, 6);
    entry.writeUInt16LE(8, 10);
    entry.writeUInt32LE(body.length, 20);
    entry.writeUInt32LE(whole.length, 24);
    entry.writeUInt16LE(name.length, 28);
    return Buffer.concat([entry, name]);
  });
  const directory = Buffer.concat(entries);
  const end = Buffer.alloc(22);
  end.write(directoryEnd, 'latin1');
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(head.length + nameOf(0).length + body.length, 16);
  return Buffer.concat([head, nameOf(0), body, directory, end]);
}

/** An archive that is the only entry of an archive, again and again. */
function nested(depth: number): Buffer {
  let inner = zip({ 'a.txt': Buffer.alloc(1_000_000, 'a') });
  for (let level = 0; level < depth; level++) inner = zip({ 'inner.zip': inner });
  return inner;
}

/** Entities that each stand for ten of the one before: a billion letters, if somebody put them in. */
const laughs = `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "ha">${Array.from({ length: 9 }, (_, index) => `<!ENTITY a${index + 1} "${`&a${index};`.repeat(10)}">`).join('')}]>`;
const outside = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY file SYSTEM "file:///etc/passwd">]>';

const word = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
const sheet = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
const wordXml = (doctype: string, content: string) => files.archive({ 'word/document.xml': text(`${doctype}<w:document ${word}><w:body><w:p><w:r><w:t>${content}</w:t></w:r></w:p></w:body></w:document>`) });
const deck = (slide: string) => zip({
  '[Content_Types].xml': text('<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'),
  'ppt/presentation.xml': text('<p:presentation><p:sldIdLst><p:sldId r:id="rId1"/></p:sldIdLst></p:presentation>'),
  'ppt/_rels/presentation.xml.rels': text('<Relationships><Relationship Id="rId1" Type="x/slide" Target="slides/slide1.xml"/></Relationships>'),
  'ppt/slides/slide1.xml': text(slide),
});
const workbook = (sheetXml: string) => zip({
  '[Content_Types].xml': text('<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'),
  'xl/workbook.xml': text(`<workbook ${sheet} xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>`),
  'xl/_rels/workbook.xml.rels': text('<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'),
  'xl/worksheets/sheet1.xml': text(sheetXml),
});

/** A mail whose parts are within each other. */
function nestedMail(depth: number): string {
  const parts = Array.from({ length: depth }, (_, index) => `Content-Type: multipart/mixed; boundary="b${index}"\r\n\r\n--b${index}\r\n`);
  return `From: a@example.com\r\nTo: b@example.com\r\nMIME-Version: 1.0\r\n${parts.join('')}`;
}

const cut = (parts: FormPart[]) => formOf(parts, { isCut: true });
const named = (fileName: string) => formWith('text', fileName);
const file = (content: string | Uint8Array): FormPart => ({ name: 'file', fileName: 'a.txt', content });

const damaged = /damaged/;
const refused = (name: string, outcome: 400 | 413 | 415, make: HostileUpload['make']): HostileUpload => ({ name, outcome, make });
const fails = (name: string, reason: RegExp, content: () => Buffer | string | Promise<Buffer>): HostileUpload =>
  ({ name, outcome: { failed: reason }, make: async () => formWith(await content()) });

const forms: HostileUpload[] = [
  refused('a form that is cut in the file', 400, () => cut([file('x'.repeat(100_000))])),
  refused('a form that is cut after a field', 400, () => cut([{ name: 'name', content: 'A' }, file('')])),
  refused('a form without a boundary', 400, () => ({ headers: { 'content-type': 'multipart/form-data' }, body: text('x') })),
  refused('a form whose boundary is another', 400, () => ({ ...formWith('text'), headers: { 'content-type': 'multipart/form-data; boundary=other' } })),
  refused('two files', 400, () => formOf([file('one'), file('two')])),
  refused('a thousand fields', 400, () => formOf([...Array.from({ length: 1000 }, (_, index) => ({ name: `f${index}`, content: 'x' })), file('text')])),
  refused('an empty file', 400, () => formWith('')),
  refused('a file over the limit', 413, () => formWith(Buffer.alloc(6_300_000, 'x'))),
];

const names: HostileUpload[] = [
  refused('a name that leads out', 400, () => named('../../../etc/passwd')),
  refused('a name that leads out on Windows', 400, () => named('..\\..\\boot.ini')),
  refused('a name with NUL', 400, () => named('a.txt\0.pdf')),
  refused('a name that is overlong', 400, () => named(`${'x'.repeat(5000)}.txt`)),
  refused('a name that reads backwards', 400, () => named('a\u202egpj.exe')),
];

const magic: HostileUpload[] = [
  refused('a program that is called a PDF', 415, () => formWith(Buffer.concat([text('\x7fELF\x02\x01\x01'), Buffer.alloc(500)]), 'report.pdf')),
  refused('a picture that is called a Word document', 415, () => formWith(Buffer.from('89504e470d0a1a0a0000000d4948445200000001', 'hex'), 'report.docx')),
  refused('an old Office file with macros', 415, () => formWith(Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)]), 'report.docx')),
  refused('random bytes', 415, () => formWith(Buffer.from(Array.from({ length: 5000 }, (_, index) => (index * 7919) % 255 + 1)), 'notes.txt')),
];

const archives: HostileUpload[] = [
  refused('a bomb: 50 MB of one letter', 413, () => formWith(files.bomb())),
  refused('a bomb of entries that share one body', 413, () => formWith(overlapping(200))),
  refused('an archive of 20,000 entries', 413, () => formWith(files.archive(Object.fromEntries(Array.from({ length: 20_000 }, (_, index) => [`${index}.xml`, new Uint8Array(0)]))))),
  refused('archives within archives', 415, () => formWith(nested(50))),
  refused('an archive that holds a document', 415, () => formWith(zip({ 'inner.docx': files.archive() }))),
  refused('an archive with names that lead out', 400, () => formWith(files.archive({ '../../evil.xml': text('x') }))),
  refused('an archive with absolute names', 400, () => formWith(files.archive({ '/etc/passwd': text('x') }))),
  refused('an archive that is cut', 400, () => formWith(files.archive().subarray(0, 120))),
  refused('an archive with a password', 415, () => formWith(patched(files.archive(), directoryEntry, 8, 1, 2))),
  refused('an archive whose directory lies elsewhere', 400, () => formWith(patched(files.archive(), directoryEnd, 16, 0x7fffffff))),
  refused('an archive that says it is zip64 and has no such record', 400, () => formWith(patched(files.archive(), directoryEnd, 16, 0xffffffff))),
  refused('an archive whose entries say they have 4 GB', 413, () => formWith(patched(files.archive(), directoryEntry, 24, 0xfffffffe))),
  fails('an archive that hides its bomb from its directory', damaged, () => files.lyingBomb()),
  fails('an archive whose entries point at their own directory', damaged, () => patched(files.archive(), directoryEntry, 42, 60)),
];

const contents: HostileUpload[] = [
  fails('a PDF with a password', /protected by a password/, () => files.lockedPdf()),
  fails('a PDF of 10,000 empty pages', /10000 pages; at most 5000/, () => files.emptyPages(10_000)),
  fails('a PDF whose page unpacks to 600 MB', /too much memory|too long/, () => files.pdfBomb()),
  fails('a PDF that ends after its first line', damaged, () => '%PDF-1.7\nnothing follows'),
  fails('a PDF whose pages are their own parents', damaged, () => files.pdfOf(['<</Type/Catalog/Pages 2 0 R>>', '<</Type/Pages/Count 1/Kids[2 0 R]>>'])),
  fails('a Word document of a billion laughs', /declares a document type/, () => wordXml(laughs, '&a9;')),
  fails('a Word document that asks for /etc/passwd', /declares a document type/, () => wordXml(outside, '&file;')),
  fails('a workbook of a billion laughs', /declares a document type/, () => workbook(`${laughs}<worksheet ${sheet}><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&a9;</t></is></c></row></sheetData></worksheet>`)),
  fails('a workbook with one cell at the far end', /too much memory|too long/, () => workbook(`<worksheet ${sheet}><dimension ref="A1:XFD1048576"/><sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>`)),
  fails('a presentation of a billion laughs', /declares a document type/, () => deck(`${laughs}<p:sld><p:sp><a:p><a:t>&a9;</a:t></a:p></p:sp></p:sld>`)),
  fails('HTML with 300,000 tags within each other', /nested too deeply/, () => `<html>${'<div>'.repeat(300_000)}deep`),
  fails('JSON with 400,000 lists within each other', /nested too deeply/, () => `[${'['.repeat(400_000)}${']'.repeat(400_000)}]`),
  fails('CSV of a million columns', /characters of text; at most 5000000/, () => `${'a,'.repeat(1_000_000)}a\n${'1,'.repeat(1_000_000)}1\n${'2,'.repeat(1_000_000)}2\n`),
  fails('a mail of 1,000 parts within each other', damaged, () => nestedMail(1000)),
];

/** Files and forms made to hurt whoever reads them. */
export const hostileUploads: HostileUpload[] = [...forms, ...names, ...magic, ...archives, ...contents];
