import assert from 'node:assert/strict';
import { copyFile } from 'node:fs/promises';
import { strFromU8, unzipSync } from 'fflate';
import { requireService } from '../../support/services.js';
import { openInLibreOffice, strayWords, textOf } from './opened.js';
import type { Page } from './opened.js';
import { openToolBench, toolError } from './toolRun.js';
import type { ToolBench } from './toolRun.js';

const sentence = 'The voluntary turnover rate fell from 4.1 % in the fourth quarter to 2.8 % in the first, well below the benchmark of 3.6 %.';
const repeat = (count: number, make: (index: number) => string) => Array.from({ length: count }, (_, index) => make(index));

/** Everything that has ever run over the edge of a slide. */
const crowded = [
  { title: 'Twelve points', bullets: repeat(12, (index) => `Point ${index} about something that matters to everyone`) },
  { title: 'Long bullets '.repeat(12), bullets: repeat(14, () => sentence) },
  { title: 'W'.repeat(200), content: 'W'.repeat(3000) },
  { title: 'Nested', bullets: ['Top', ...repeat(40, (index) => `${'  '.repeat(index % 4)}Level ${index % 4}: ${sentence.slice(0, 20 + index * 2)}`)] },
  { title: 'One paragraph', content: `${sentence} `.repeat(30) },
  { title: 'Wide table', table: { headers: repeat(12, (index) => `Column ${index}`), rows: repeat(25, String).map((row) => repeat(12, (column) => `Cell ${row} ${column}`)) } },
  { title: 'Tall rows', table: { headers: ['Topic', 'Explanation'], rows: repeat(9, String).map((row) => [`Topic ${row}`, sentence.repeat(2)]) } },
  { title: 'Table with words', content: sentence, table: { rows: repeat(12, String).map((row) => [row, 'a', 'b']) } },
  { title: 'Russian Привет', bullets: repeat(10, () => 'Текучесть кадров снизилась с 4,1 % до 2,8 %, что значительно ниже отраслевого показателя за тот же период.') },
  { title: 'Numbered', content: repeat(25, (index) => `${index + 1}. ${sentence.slice(0, 70)}`).join('\n') },
];

describe('generate_powerpoint', function () {
  this.timeout(120_000);
  let bench: ToolBench;
  before(async () => { bench = await openToolBench(); });
  after(() => bench.close());

  const xmlOf = async (path: unknown) => {
    const files = unzipSync(await bench.read(String(path)));
    return Object.fromEntries(Object.entries(files).filter(([name]) => name.endsWith('.xml')).map(([name, bytes]) => [name, strFromU8(bytes)]));
  };

  const refused: [string, object, RegExp][] = [
    ['an empty slide', { slides: [{ title: 'One', content: 'x\ny' }, { title: ' ', content: ' \n ' }] }, /^slides\[1\] is empty; give it a title/],
    ['a chart with too few values', { slides: [{ title: 'x', chart: { type: 'bar', labels: ['a', 'b'], series: [{ values: [1] }] } }] }, /The chart of slides\[0\] has 2 labels but series 1 has 1 values/],
    ['a pie of two series', { slides: [{ title: 'x', chart: { type: 'pie', labels: ['a'], series: [{ values: [1] }, { values: [2] }] } }] }, /pie and takes one series/],
    ['a pie of nothing', { slides: [{ title: 'x', chart: { type: 'pie', labels: ['a'], series: [{ values: [0] }] } }] }, /needs values above zero/],
    ['a row no slide can hold', { slides: [{ title: 'x', table: { rows: [Array(12).fill(sentence.repeat(8))] } }] }, /row too long for a slide/],
    ['a file name with a folder', { fileName: '../deck', slides: [{ title: 'x' }] }, /plain name without folders/],
    ['a hidden file name', { fileName: '.deck', slides: [{ title: 'x' }] }, /plain name/],
  ];
  for (const [title, args, message] of refused) {
    it(`refuses ${title}`, async () => {
      await assert.rejects(bench.run('generate_powerpoint', args), toolError(message));
      assert.deepEqual((await bench.run('list_files', {})).output, { files: [] });
    });
  }

  it('refuses a file larger than maxFileSize', async () => {
    await assert.rejects(bench.run('generate_powerpoint', { slides: [{ title: 'x' }] }, { config: { maxFileSize: 1000 } }), toolError(/^File size exceeds limit: \d+ bytes, at most 1000/));
    assert.deepEqual((await bench.run('list_files', {})).output, { files: [] });
  });

  it('stops at once when the run is cancelled', async () => {
    const controller = new AbortController();
    const running = bench.run('generate_powerpoint', { slides: crowded }, { signal: controller.signal });
    controller.abort(new Error('cancelled'));
    await assert.rejects(running, /cancelled/);
    await assert.rejects(bench.run('generate_powerpoint', { slides: crowded }, { signal: controller.signal }), /cancelled/);
  });

  it('takes the documented arguments and names the file after the title', async () => {
    const { output, artifacts } = await bench.run('generate_powerpoint', { slides: [{ title: 'HR: Résultats du Q1 – Łódź & Straße', content: 'For the board' }, { title: 'Summary', content: 'We grew.\nWe hired.' }] });
    assert.equal(output.filePath, '/workspace/hr-resultats-du-q1-lodz-strasse.pptx');
    assert.equal(output.slideCount, 2);
    assert.equal(output.fileSize, (await bench.read(String(output.filePath))).length);
    assert.deepEqual(artifacts, [output.filePath]);
  });

  it('names a file without Latin letters, and cuts a long name', async () => {
    assert.equal((await bench.run('generate_powerpoint', { title: '人事報告', slides: [{ title: 'x' }] })).output.filePath, '/workspace/presentation.pptx');
    const { output } = await bench.run('generate_powerpoint', { title: 'word '.repeat(40), slides: [{ title: 'x' }] });
    assert.match(String(output.filePath), /^\/workspace\/[a-z-]{50,60}\.pptx$/);
    assert.equal((await bench.run('generate_powerpoint', { fileName: 'Deck.PPTX', slides: [{ title: 'x' }] })).output.filePath, '/workspace/Deck.PPTX');
  });

  it('sets real placeholders, bullets, numbers, notes, tables and charts', async () => {
    const { output } = await bench.run('generate_powerpoint', { title: 'Parts', slides: [
      { title: 'Bullets & <tags>', bullets: ['**One**', '  Deeper', '3) Three'], notes: 'Say hello\u0000\u0007' },
      { title: 'Table', table: { headers: ['A', 'B'], rows: [['x', 1.5]] } },
      { title: 'Chart', chart: { type: 'line', labels: ['Q1', 'Q2'], series: [{ name: 'S', values: [1, 2] }] } },
    ] });
    const xml = await xmlOf(output.filePath);
    const bullets = xml['ppt/slides/slide2.xml'];
    assert.match(bullets, /type="title"/);
    assert.match(bullets, /<a:buChar/);
    assert.match(bullets, /lvl="1"/);
    assert.match(bullets, /<a:buAutoNum type="arabicPeriod" startAt="3"/);
    assert.match(bullets, /Bullets &amp; &lt;tags&gt;/);
    assert.doesNotMatch(bullets, /\*\*|•/, 'neither Markdown nor typed bullets are left in the text');
    assert.match(xml['ppt/notesSlides/notesSlide2.xml'], /Say hello</);
    assert.match(xml['ppt/slides/slide3.xml'], /<a:tbl>/);
    assert.ok(Object.keys(xml).some((name) => /^ppt\/charts\/chart\d+\.xml$/.test(name)));
    for (const [name, text] of Object.entries(xml)) assert.doesNotMatch(text, /<\/a:r><a:pPr/, `${name} has paragraph properties after text`);
  });

  describe('in LibreOffice', () => {
    let pages: Page[];
    let slideCount: unknown;
    before(async function () {
      await requireService(this, 'libreoffice');
      await requireService(this, 'poppler');
      const { output } = await bench.run('generate_powerpoint', { title: 'Crowded deck', subtitle: 'For the test', fileName: 'crowded', slides: crowded });
      slideCount = output.slideCount;
      pages = await openInLibreOffice(bench.onDisk(output.filePath));
    });

    it('has as many pages as slides', () => assert.equal(pages.length, slideCount));

    it('keeps every word on the page and off the footer', () => {
      const footer = 6.85 * 72;
      pages.forEach((page, index) => {
        assert.equal(page.words.filter((word) => word.yMin < footer).length > 0, true, `slide ${index + 1} is empty`);
        assert.deepEqual(strayWords(page, footer, footer), [], `slide ${index + 1}: ${textOf(page).slice(0, 60)}`);
      });
    });

    it('loses no text', () => {
      const all = pages.map(textOf).join(' ');
      assert.equal(all.split('benchmark of 3.6 %').length - 1, 14 + 30 + 9 * 2 + 1);
      for (const index of [0, 11]) assert.ok(all.includes(`Point ${index} about`));
      assert.ok(all.includes('Cell 24 11'));
      assert.equal(all.split('Текучесть кадров').length - 1, 10);
      const endless = pages.filter((page) => textOf(page).startsWith('WWW'));
      const letters = endless.flatMap((page) => page.words).map((word) => word.text).filter((word) => /^W+$/.test(word)).join('').length;
      assert.equal(letters, 3000 + 200 * endless.length, 'a word without end is broken, its title stands on each slide');
    });

    it('goes on with numbered titles', () => assert.ok(pages.some((page) => textOf(page).startsWith('One paragraph (2/'))));

    it('numbers its slides and repeats the title in the footer', () => {
      const words = pages[2].words.filter((word) => word.yMin > 6.85 * 72).map((word) => word.text).join(' ');
      assert.equal(words, 'Crowded deck 3');
    });

    it('opens charts and tables with their text', async () => {
      const { output } = await bench.run('generate_powerpoint', { slides: [
        { title: 'Hires', chart: { type: 'bar', title: 'New hires', labels: ['January', 'February'], series: [{ name: '2025', values: [8, 11] }, { name: '2026', values: [12, 14] }] } },
        { title: 'Sites', bullets: ['Zürich leads'], chart: { type: 'pie', labels: ['Zürich', 'Łódź'], series: [{ values: [60, 40] }] } },
        { title: 'Costs', table: { headers: ['Year', 'Cost'], rows: [[2025, 1234567], [2026, null]] } },
      ] });
      const [bars, pie, table] = (await openInLibreOffice(bench.onDisk(output.filePath))).map(textOf);
      for (const text of ['Hires', 'New hires', 'January', 'February', '2025', '2026', '14']) assert.ok(bars.includes(text), text);
      for (const text of ['Zürich leads', 'Łódź', '60%', '40%']) assert.ok(pie.includes(text), text);
      for (const text of ['2025', '1,234,567']) assert.ok(table.includes(text), text);
    });

    it('is the same file by name when made again', async () => {
      const args = { fileName: 'again', slides: [{ title: 'First version' }] };
      const first = await bench.run('generate_powerpoint', args);
      await copyFile(bench.onDisk(first.output.filePath), bench.onDisk('/workspace/kept.pptx'));
      const second = await bench.run('generate_powerpoint', { ...args, slides: [{ title: 'Second version' }] });
      assert.equal(second.output.filePath, first.output.filePath);
      assert.ok(textOf((await openInLibreOffice(bench.onDisk(second.output.filePath)))[0]).includes('Second version'));
      assert.ok(textOf((await openInLibreOffice(bench.onDisk('/workspace/kept.pptx')))[0]).includes('First version'));
    });
  });
});
