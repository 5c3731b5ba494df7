import assert from 'node:assert/strict';
import { join } from 'node:path';
import { runnerImport } from 'vite';
import { projectRoot } from '../../src/root.js';

interface Series {
  key: string;
  name: string;
  tone: number;
  values: number[];
}

interface Chart {
  marksFor(series: Series[], isWhole: boolean): number[];
  barsAt(series: Series[], at: number, top: number, area: { width: number; height: number }): { series: Series; x: number; y: number; width: number; height: number }[];
  labelled(count: number, width: number, labelWidth: number): number[];
}

const load = async <T>(path: string) => (await runnerImport<T>(join(projectRoot, 'client/src', path))).module;
const series = (...values: number[][]): Series[] => values.map((one, at) => ({ key: String(at), name: `S${at}`, tone: at + 1, values: one }));

describe('the client: the geometry of a chart', () => {
  let chart: Chart;
  before(async () => {
    chart = await load<Chart>('components/chart.ts');
  });

  it('has marks also for nothing, and whole ones for what is counted', () => {
    assert.deepEqual(chart.marksFor([], true), [0, 1]);
    assert.deepEqual(chart.marksFor(series([0, 0]), true), [0, 1]);
    assert.deepEqual(chart.marksFor(series([1, 2]), true), [0, 1, 2]);
    assert.ok(chart.marksFor(series([0.003]), false).at(-1)! >= 0.003);
  });

  it('puts the last mark above every stack', () => {
    for (const most of [1, 7, 99, 101, 12_345]) assert.ok(chart.marksFor(series([0, most], [0, most]), true).at(-1)! >= 2 * most, String(most));
  });

  it('stacks from the ground up, and draws nothing for 0', () => {
    const bars = chart.barsAt(series([5], [0], [15]), 0, 20, { width: 100, height: 200 });
    assert.deepEqual(bars.map(({ series: { key }, y, height }) => [key, y, height]), [['0', 150, 50], ['2', 0, 150]]);
    assert.ok(bars.every(({ x, width }) => x >= 0 && x + width <= 100));
  });

  it('names the newest time always, and as many as fit', () => {
    assert.deepEqual(chart.labelled(30, 300, 70), [5, 13, 21, 29]);
    assert.deepEqual(chart.labelled(2, 20, 70), [1]);
    assert.deepEqual(chart.labelled(0, 300, 70), []);
  });
});

describe('the client: the series of a chart of usage', () => {
  it('puts together what has no colour of its own', async () => {
    const { seriesOf } = await load<{ seriesOf(groups: object[], others: string): Series[] }>('features/usage/usageSeries.ts');
    const groups = Array.from({ length: 9 }, (_, at) => ({ key: String(at), name: `P${at}`, values: [at, 1] }));
    assert.deepEqual(seriesOf([], 'Others'), []);
    assert.equal(seriesOf(groups.slice(0, 7), 'Others').length, 7);
    const all = seriesOf(groups, 'Others');
    assert.deepEqual(all.map(({ tone }) => tone), [1, 2, 3, 4, 5, 6, 7]);
    assert.deepEqual(all.at(-1), { key: 'others', name: 'Others', tone: 7, values: [6 + 7 + 8, 3] });
  });
});
