import assert from 'node:assert/strict';
import { strFromU8, unzipSync } from 'fflate';
import { requireService } from '../../support/services.js';
import { openInLibreOffice, strayWords, textOf } from './opened.js';
import { openToolBench, toolError } from './toolRun.js';
import type { ToolBench } from './toolRun.js';

const sentence = 'The policy applies to everyone who works from Zürich, Łódź or Київ – for €5 or more. ';

describe('generate_document', function () {
  this.timeout(60_000);
  let bench: ToolBench;
  before(async () => { bench = await openToolBench(); });
  after(() => bench.close());

  it('refuses an empty section, a path as a name and a file that is too large', async () => {
    await assert.rejects(bench.run('generate_document', { title: 'x', sections: [{ heading: 'a' }, { content: ' \n ' }] }), toolError(/^sections\[1\] is empty/));
    await assert.rejects(bench.run('generate_document', { title: 'x', sections: [{ heading: 'a' }], fileName: 'a/b' }), toolError(/plain name/));
    await assert.rejects(bench.run('generate_document', { title: 'x', sections: [{ heading: 'a' }] }, { config: { maxFileSize: 100 } }), toolError(/^File size exceeds limit/));
    assert.deepEqual((await bench.run('list_files', {})).output, { files: [] });
  });

  it('sets headings, lists and tables that Word knows as such', async () => {
    const { output } = await bench.run('generate_document', { title: 'Policy', sections: [
      { heading: 'One', content: 'Plain and **bold**.' }, { heading: 'Two', level: 2, bullets: ['a', '  b'] },
      { heading: 'Three', level: 3, numbered: ['first', 'second'] }, { numbered: ['again first'] }, { table: { headers: ['H'], rows: [['c']] } },
    ] });
    assert.deepEqual({ ...output, fileSize: 0 }, { filePath: '/workspace/policy.docx', fileSize: 0, sectionCount: 5, tableCount: 1, wordCount: 9 });
    const files = unzipSync(await bench.read('policy.docx'));
    const xml = strFromU8(files['word/document.xml']);
    for (const style of ['Title', 'Heading1', 'Heading2', 'Heading3']) assert.ok(xml.includes(`w:val="${style}"`), style);
    assert.match(xml, /<w:b\/>.*?bold/);
    assert.match(xml, /<w:tblHeader\/>/);
    const lists = [...xml.matchAll(/<w:ilvl w:val="(\d)"\/><w:numId w:val="(\d+)"\/>/g)].map(([, level, list]) => `${level}:${list}`);
    assert.equal(lists[1], `1:${lists[0].slice(2)}`, 'a deeper bullet of the same list');
    assert.equal(lists[2], lists[3], 'one numbered list');
    assert.notEqual(lists[3], lists[4], 'another list counts for itself');
  });

  it('opens in LibreOffice with all its text on numbered pages', async function () {
    await requireService(this, 'libreoffice');
    await requireService(this, 'poppler');
    const sections = [
      { heading: 'Introduction', content: sentence.repeat(20) },
      { heading: 'Rules', bullets: ['Core hours', '  from ten'], numbered: ['Ask', 'Wait'] },
      { heading: 'Figures', table: { headers: Array.from({ length: 12 }, (_, column) => `Column ${column}`), rows: Array.from({ length: 60 }, (_, row) => Array.from({ length: 12 }, (_, column) => row * 1000 + column)) } },
      { heading: 'Привет', content: 'Ελλάδα → ✓ «да»' },
    ];
    const { output } = await bench.run('generate_document', { title: 'A long title of a policy that has to be broken into two lines', subtitle: 'Version 2', sections });
    const pages = await openInLibreOffice(bench.onDisk(output.filePath));
    assert.ok(pages.length >= 3);
    pages.forEach((page, index) => {
      assert.deepEqual(strayWords(page), []);
      assert.ok(textOf(page).endsWith(`Page ${index + 1} of ${pages.length}`), textOf(page).slice(-60));
    });
    const all = pages.map(textOf).join(' ');
    assert.equal(all.split('Zürich, Łódź or Київ – for €5').length - 1, 20);
    for (const text of ['Version 2', 'Core hours', 'from ten', '1. Ask', '2. Wait', '59,011', 'Привет', 'Ελλάδα → ✓ «да»']) assert.ok(all.includes(text), text);
    assert.ok(textOf(pages[2]).includes('Column 0'), 'the header of a table is repeated');
  });
});
