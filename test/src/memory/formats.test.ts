import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { recognise } from '../../../src/memory/parsing/documentKind.js';
import { readPassages, readText } from '../../../src/memory/parsing/readDocument.js';
import { UnreadableDocument, type Fault } from '../../../src/memory/parsing/unreadable.js';
import * as files from './files.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';

const signal = new AbortController().signal;

const fault = (expected: Fault, message: RegExp) => (error: unknown) => {
  assert.ok(error instanceof UnreadableDocument, String(error));
  assert.match(error.message, message);
  assert.equal(error.fault, expected);
  return true;
};

describe('recognise', () => {
  it('refuses what is neither text nor a document', async () => {
    await assert.rejects(recognise(Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')), fault('unsupported', /It reads txt, md/));
    await assert.rejects(recognise(Buffer.from('d0cf11e0a1b11ae100', 'hex')), fault('unsupported', /old or locked/));
    await assert.rejects(recognise(Buffer.from(Array.from({ length: 500 }, (_, index) => (index * 7) % 255 + 1))), fault('unsupported', /no file that memory can read/));
  });

  it('refuses archives that are something else, damaged, locked, or have names that lead out', async () => {
    await assert.rejects(recognise(files.archive().subarray(0, 80)), fault('damaged', /damaged/));
    await assert.rejects(recognise(Buffer.from(zipSync({ 'a.txt': Buffer.from('a') }))), fault('unsupported', /archive, but none of/));
    await assert.rejects(recognise(Buffer.from(zipSync({ 'inner.docx': files.archive() }))), fault('unsupported', /archive, but none of/));
    await assert.rejects(recognise(files.archive({ '../../evil.xml': Buffer.from('a') })), fault('damaged', /damaged/));
    const locked = files.archive();
    for (let at = locked.indexOf('PK\x01\x02'); at !== -1; at = locked.indexOf('PK\x01\x02', at + 1)) locked.writeUInt16LE(locked.readUInt16LE(at + 8) | 1, at + 8);
    await assert.rejects(recognise(locked), fault('unsupported', /password/));
  });

  it('refuses archives that unpack to too much, by their directory alone', async () => {
    await assert.rejects(recognise(files.bomb()), fault('too large', /unpacks to more/));
    const many = Object.fromEntries(Array.from({ length: 10_001 }, (_, index) => [`${index}.xml`, new Uint8Array(0)]));
    await assert.rejects(recognise(files.archive(many)), fault('too large', /unpacks to more/));
  });

  it('tells the kinds apart by their bytes', async () => {
    assert.equal(await recognise(await files.pdf()), 'pdf');
    assert.equal(await recognise(await files.docx()), 'docx');
    assert.equal(await recognise(await files.pptx()), 'pptx');
    assert.equal(await recognise(await files.xlsx()), 'xlsx');
    assert.equal(await recognise(files.eml), 'eml');
  });

  const texts: [kind: string, text: string][] = [
    ['text', 'Dear Ann,\nthank you, Bob\n'],
    ['text', 'One, two, three.\nFour, five, six.\nSeven, eight, nine.\n'],
    ['text', 'To: all\n\nNothing else is like a mail.\n'],
    ['text', '{ this is no JSON }'],
    ['text', '<3 you'],
    ['markdown', '# Title\n\nText\n'],
    ['markdown', 'A | B\n---|---\n1 | 2\n'],
    ['markdown', 'Title\n=====\n\nText with a [link](https://example.com).\n'],
    ['html', '<!-- made by hand -->\n<!DOCTYPE html><p>Hello'],
    ['html', '<div><p>Hello</p></div>'],
    ['csv', 'name,price\nPen,1.20\nBook,12\n'],
    ['csv', 'Name;Ort;Jahr\nAnn;"Köln; Bonn";2001\n'],
    ['csv', 'a\tb\tc\n1\t2\t3\n'],
    ['json', '{"a": 1}'],
    ['json', ' [1, 2]'],
    ['eml', 'Received: from a\n by b\nSubject: Hi\nFrom: a@b.c\n\nText\n'],
  ];
  for (const [kind, text] of texts) {
    it(`takes ${JSON.stringify(text.slice(0, 30))} for ${kind}`, async () => assert.equal(await recognise(Buffer.from(text)), kind));
  }

  it('reads text in UTF-16 and Windows-1252', async () => {
    assert.equal(await recognise(Buffer.from('\ufeffname,price\nPen,1\nInk,2\n', 'utf16le')), 'csv');
    assert.equal(await recognise(Buffer.from('Caf\xe9 in K\xf6ln', 'latin1')), 'text');
  });
});

describe('reading documents', function () {
  this.timeout(60_000);
  let folder: string;
  before(async () => {
    folder = await temporaryFolder();
  });
  after(() => rm(folder, { recursive: true }));

  async function read(bytes: Buffer | string) {
    const path = join(folder, 'file');
    await writeFile(path, bytes);
    return readPassages(path, signal);
  }
  /** Heading path, page and text of each passage. */
  const passagesOf = async (bytes: Buffer | string) =>
    (await read(bytes)).passages.map(({ text, metadata: { headings, page } }) => [headings.join(' / '), page, text]);

  it('refuses what is damaged, locked or without text, with a reason', async () => {
    await assert.rejects(read(Buffer.from('%PDF-1.7\nnothing follows')), fault('damaged', /PDF is damaged/));
    await assert.rejects(read(files.lockedPdf()), fault('unsupported', /PDF is protected by a password/));
    await assert.rejects(read(files.emptyPages(3)), fault('damaged', /no text in the PDF; it may be a scan/));
    await assert.rejects(read(files.archive()), fault('damaged', /damaged|no text/));
    await assert.rejects(read('<html><body><script>nothing()</script></body></html>'), fault('damaged', /no text in the file/));
    await assert.rejects(read('[]'), fault('damaged', /no text in the file/));
  });

  it('refuses what is too much, with a reason, and goes on', async () => {
    await assert.rejects(read(files.emptyPages(10_000)), fault('too large', /10000 pages; at most 5000/));
    await assert.rejects(read(files.lyingBomb()), fault('damaged', /damaged/));
    await assert.rejects(read(await files.pdfBomb()), (error) => error instanceof UnreadableDocument);
    await assert.rejects(read(`${'word '.repeat(1_200_000)}.`), fault('too large', /6000001 characters of text; at most 5000000/));
    await assert.rejects(read(`[${'['.repeat(200_000)}${']'.repeat(200_000)}]`), UnreadableDocument);
    assert.equal((await read('All is well.')).passages.length, 1);
  });

  it('stops when it is aborted', async () => {
    const stop = new AbortController();
    const path = join(folder, 'long');
    await writeFile(path, 'A sentence that takes its time. '.repeat(150_000));
    const reading = readPassages(path, stop.signal);
    stop.abort(new Error('enough'));
    await assert.rejects(reading, /enough/);
  });

  it('takes pages of many tags, but not of many within each other', async () => {
    assert.deepEqual(await passagesOf(`<html>${'<div>'.repeat(5000)}deep`), [['', undefined, 'deep']]);
    assert.deepEqual(await passagesOf(`<html>${'<p><img><br>'.repeat(20_000)}wide`), [['', undefined, 'wide']]);
    await assert.rejects(read(`<html>${'<div>'.repeat(300_000)}deeper`), fault('damaged', /nested too deeply/));
  });

  it('reads plain text: paragraphs, broken lines, numbered headings', async () => {
    const long = 'This line was broken by someone who wanted to fit\nit to a width, as people do.';
    assert.deepEqual(await passagesOf(`1. Introduction\n\n${long}\n\n1.1 Scope\n\nApples\nPears\n`), [
      ['1. Introduction', undefined, long.replace('\n', '\n')],
      ['1. Introduction / 1.1 Scope', undefined, 'Apples\nPears'],
    ]);
  });

  it('reads Markdown: headings, lists, tables, code', async () => {
    assert.deepEqual(await passagesOf('# Guide\n\nIntro.\n\n## Install\n\n- one\n- two\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```\nnpm  start\n```\n'), [
      ['Guide', undefined, 'Intro.'],
      ['Guide / Install', undefined, '- one\n- two\n\na | b\n1 | 2\n\nnpm  start'],
    ]);
  });

  it('reads HTML as people see it', async () => {
    const page = '<!doctype html><head><title>T</title><style>p{}</style></head><nav>Menu</nav><h1>Top</h1><p>One<br>two&nbsp;&amp; three</p>'
      + '<table><tr><th>A<th>B<tr><td>1<td>2</table><script>evil()</script>';
    assert.deepEqual(await passagesOf(page), [['Top', undefined, 'One\ntwo & three\n\nA | B\n1 | 2']]);
  });

  it('reads CSV by rows', async () => {
    assert.deepEqual(await passagesOf('name,price,note\nPen,1.20,"blue, thin"\nBook,12,\n'), [['', undefined, 'name | price | note\nPen | 1.20 | blue, thin\nBook | 12 |']]);
  });

  it('reads JSON: objects as sections, lists of objects as tables', async () => {
    const value = { title: 'Prices', items: [{ name: 'Pen', price: 1 }, { name: 'Book', tags: ['x', 'y'] }], office: { city: 'Bonn' } };
    assert.deepEqual(await passagesOf(JSON.stringify(value)), [
      ['', undefined, 'title: Prices'],
      ['items', undefined, 'name | price | tags\nPen | 1 |\nBook |  | x, y'],
      ['office', undefined, 'city: Bonn'],
    ]);
  });

  it('reads mail with its people and the names of what is attached', async () => {
    const [[heading, , text]] = (await passagesOf(files.eml)) as [[string, undefined, string]];
    assert.equal(heading, 'Grüße');
    assert.match(text, /From: .*ann@example\.com.*\nTo: .*bob@example\.com.*\nDate: 2025-01-28T10:00:00\.000Z\nAttachments: offer\.pdf\n\nThe budget is 5000\./);
  });

  it('reads Word documents with headings and tables', async () => {
    const passages = await passagesOf(await files.docx());
    const remote = passages.find(([heading]) => String(heading).endsWith('Remote work'))!;
    assert.match(String(remote[2]), /^Employees can work remotely up to 3 days per week\.\n\nDay \| Place\nMonday \| Office\nFriday \| Home$/);
    assert.ok(passages.some(([heading, , text]) => String(heading).endsWith('Travel') && text === 'Flights need approval.'));
  });

  it('reads presentations slide by slide, with tables and notes', async () => {
    const passages = await passagesOf(await files.pptx());
    const revenue = passages.find(([, , text]) => String(text).includes('Revenue grew 12 %'))!;
    assert.match(String(revenue[2]), /Notes: Mention the new office\./);
    const regions = passages.find(([, , text]) => String(text).includes('Day | Place'))!;
    assert.match(String(regions[2]), /Day \| Place\nMonday \| Office\nFriday \| Home/);
    assert.equal(Number(regions[1]), Number(revenue[1]) + 1);
  });

  it('reads workbooks sheet by sheet', async () => {
    const passages = await passagesOf(await files.xlsx());
    const [heading, , text] = passages.find(([, , text]) => String(text).includes('Rent'))!;
    assert.equal(heading, 'Costs');
    assert.match(String(text), /Item \| Amount\nRent \| 1200\.5\nFood \| 300/);
  });

  it('reads PDFs with headings, tables and the page of each passage', async () => {
    const passages = await passagesOf(await files.pdf());
    const [heading, page, text] = passages.find(([, , text]) => String(text).includes('Employees can work remotely'))!;
    assert.match(String(heading), /Remote work$/);
    assert.equal(page, 1);
    assert.match(String(text), /Monday \| Office\nFriday \| Home/);
  });

  it('gives the whole text with pages to the tools', async () => {
    const { kind, text } = await readText(await files.pdf(), signal);
    assert.equal(kind, 'pdf');
    assert.match(text, /^\[Page 1\]\n\n# Handbook\n\n[^]*Employees can work remotely up to 3 days per week\./);
  });

  it('keeps neither NUL nor half surrogates, which no database takes', async () => {
    assert.deepEqual(await passagesOf('{"a": "b\\u0000c\\ud800d"}'), [['', undefined, 'a: bcd']]);
  });
});
