import assert from 'node:assert/strict';
import { requireService } from '../../support/services.js';
import { brightness, pagesOf, strayWords, textOf } from './opened.js';
import { openToolBench, toolError } from './toolRun.js';
import type { ToolBench } from './toolRun.js';

const sentence = 'Café, Zürich, Łódź, €, – and Привет stand in this sentence, which is said again and again. ';

describe('generate_pdf', function () {
  this.timeout(60_000);
  let bench: ToolBench;
  before(async () => { bench = await openToolBench(); });
  after(() => bench.close());

  const refused: [string, object, RegExp][] = [
    ['an empty section', { title: 'x', sections: [{ bullets: [' '] }] }, /^sections\[0\] is empty/],
    ['letters it has no font for', { title: 'Report 你好', sections: [{ content: 'x' }] }, /no font for these characters: 你 好\. Use generate_document/],
    ['scripts that run to the left', { title: 'x', sections: [{ content: 'שלום' }] }, /no font for these characters/],
    ['more than a page on one page', { title: 'x', onePage: true, sections: [{ content: sentence.repeat(300) }] }, /does not fit on one page/],
  ];
  for (const [title, args, message] of refused) it(`refuses ${title}`, () => assert.rejects(bench.run('generate_pdf', args), toolError(message)));

  it('refuses a file larger than maxFileSize', async () => {
    await assert.rejects(bench.run('generate_pdf', { title: 'x', sections: [{ content: 'y' }] }, { config: { maxFileSize: 10 } }), toolError(/^File size exceeds limit/));
  });

  it('leaves emoji out and says so', async () => {
    const { output } = await bench.run('generate_pdf', { title: 'Launch 🚀', sections: [{ content: 'Up 📈' }] });
    assert.equal(output.omittedCharacters, '🚀📈');
  });

  describe('in poppler', () => {
    before(async function () { await requireService(this, 'poppler'); });

    it('has text that can be found, on numbered pages', async () => {
      const { output } = await bench.run('generate_pdf', { title: 'Report – Zürich', subtitle: 'Łódź', sections: [
        { heading: 'Text', content: sentence.repeat(60) },
        { heading: 'Lists', bullets: ['One', '  Two'], numbered: ['First', 'Second'] },
        { heading: 'Signs', content: 'Arrows → ✓ ≥ ½ and Ελλάδα, Tiếng Việt, ₽ ₹ ₴' },
        { heading: 'Table', table: { headers: ['Name', 'Amount'], rows: Array.from({ length: 50 }, (_, row) => [`Row ${row}`, row * 1000.5]) } },
      ] });
      const pages = await pagesOf(bench.onDisk(output.filePath));
      assert.equal(pages.length, output.pageCount);
      pages.forEach((page, index) => {
        assert.deepEqual(strayWords(page), []);
        assert.ok(textOf(page).endsWith(`Page ${index + 1} of ${pages.length}`));
      });
      const all = pages.map(textOf).join(' ');
      assert.ok(all.split('Café, Zürich, Łódź, €, – and Привет').length - 1 >= 58, 'but for those a page break cuts');
      for (const text of ['One', 'Two', '1. First', '2. Second', '→ ✓ ≥ ½', 'Ελλάδα', 'Tiếng Việt', '₽ ₹ ₴', 'Row 49', '49,024.5']) assert.ok(all.includes(text), text);
    });

    it('fits one page when asked to, in smaller print', async () => {
      const sections = [{ heading: 'Text', content: sentence.repeat(25) }, { heading: 'List', bullets: Array.from({ length: 25 }, (_, index) => `Point ${index}`) }];
      const loose = await bench.run('generate_pdf', { title: 'Loose', sections });
      assert.equal(loose.output.pageCount, 2);
      const { output } = await bench.run('generate_pdf', { title: 'Tight', onePage: true, sections });
      const [page, ...more] = await pagesOf(bench.onDisk(output.filePath));
      assert.equal(more.length, 0);
      assert.deepEqual(strayWords(page), []);
      assert.ok(textOf(page).includes('Point 24'));
    });

    it('keeps words of a wide table apart, and a heading with its table', async () => {
      const row = Array.from({ length: 12 }, (_, column) => `Value${column}`);
      const { output } = await bench.run('generate_pdf', { title: 'Wide', sections: [{ heading: 'Before', bullets: Array.from({ length: 34 }, (_, index) => `Item ${index}`) }, { heading: 'Wide table', table: { headers: row, rows: [row, ['Donaudampfschifffahrtsgesellschaft', ...row.slice(1)]] } }] });
      const pages = await pagesOf(bench.onDisk(output.filePath));
      assert.equal(pages.length, 2);
      assert.ok(textOf(pages[1]).startsWith('Wide table Value0 Value1'), textOf(pages[1]));
      const line = pages[1].words.filter((word) => word.text.startsWith('Value')).slice(0, 12);
      for (let index = 1; index < line.length; index++) assert.ok(line[index].xMin > line[index - 1].xMax, `${line[index].text} runs into ${line[index - 1].text}`);
    });

    it('has something on every page', async () => {
      const { output } = await bench.run('generate_pdf', { title: 'Pages', sections: Array.from({ length: 12 }, (_, index) => ({ heading: `Part ${index}`, content: sentence.repeat(12) })) });
      const pages = await brightness(bench.onDisk(output.filePath));
      assert.equal(pages.length, output.pageCount);
      for (const value of pages) assert.ok(value < 254, `a page of brightness ${value}`);
    });
  });
});
