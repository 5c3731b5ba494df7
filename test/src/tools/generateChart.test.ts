import assert from 'node:assert/strict';
import { openToolBench, toolError } from './toolRun.js';
import type { ToolBench } from './toolRun.js';

const bars = { type: 'bar', title: 'Hires in Łódź & Київ', labels: ['January', 'February'], series: [{ name: '2025', values: [8, 11] }, { name: '2026', values: [12, -14.5] }] };

describe('generate_chart', function () {
  this.timeout(60_000);
  let bench: ToolBench;
  before(async () => { bench = await openToolBench(); });
  after(() => bench.close());

  const refused: [string, object, RegExp][] = [
    ['labels without values', { ...bars, labels: ['a', 'b', 'c'] }, /The chart has 3 labels but series 1 has 2 values/],
    ['a pie of two series', { ...bars, type: 'pie' }, /pie and takes one series/],
    ['a pie of negative values', { type: 'pie', labels: ['a', 'b'], series: [{ values: [1, -1] }] }, /needs values above zero/],
    ['a name with a folder', { ...bars, fileName: 'a/b' }, /plain name/],
  ];
  for (const [title, args, message] of refused) it(`refuses ${title}`, () => assert.rejects(bench.run('generate_chart', args), toolError(message)));

  it('refuses a file larger than maxFileSize', () =>
    assert.rejects(bench.run('generate_chart', bars, { config: { maxFileSize: 10 } }), toolError(/^File size exceeds limit/)));

  for (const type of ['bar', 'line', 'pie']) {
    it(`draws a ${type} chart as PNG`, async () => {
      const series = type === 'pie' ? [{ values: [3, 1] }] : bars.series;
      const { output } = await bench.run('generate_chart', { ...bars, type, series, fileName: type });
      const bytes = await bench.read(`${type}.png`);
      assert.deepEqual([...bytes.subarray(0, 8)], [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
      assert.deepEqual([bytes.readUInt32BE(16), bytes.readUInt32BE(20)], [1920, 1080]);
      assert.deepEqual([output.width, output.height], [1920, 1080]);
      assert.ok(bytes.length > 10_000, 'an empty picture would be smaller');
    });
  }

  it('draws SVG with every label and value', async () => {
    const { output } = await bench.run('generate_chart', { ...bars, unit: '%', format: 'svg' });
    assert.equal(output.filePath, '/workspace/hires-in-lodz.svg');
    const svg = (await bench.read('hires-in-lodz.svg')).toString();
    for (const text of ['Hires in Łódź &amp; Київ', 'January', 'February', '2025', '2026', '12.0%', '-14.5%']) assert.ok(svg.includes(text), text);
  });

  it('names every one of a dozen long categories', async () => {
    const labels = Array.from({ length: 12 }, (_, index) => `Department of things ${index}`);
    await bench.run('generate_chart', { type: 'bar', labels, series: [{ values: labels.map((_, index) => index) }], format: 'svg', fileName: 'many' });
    const svg = (await bench.read('many.svg')).toString();
    for (let index = 0; index < 12; index++) assert.match(svg, new RegExp(`things ${index}<`));
  });

  it('stops when the run is cancelled', async () => {
    const controller = new AbortController();
    const running = bench.run('generate_chart', bars, { signal: controller.signal });
    controller.abort(new Error('cancelled'));
    await assert.rejects(running, /cancelled/);
  });
});
