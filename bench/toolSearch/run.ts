import { fork } from 'node:child_process';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fuseRanks } from '../../src/embeddings/fuseRanks.js';
import { rankTools } from '../../src/embeddings/toolRanking.js';
import { candidates } from './candidates.js';
import type { Measurement } from './measure.js';
import { labelledRequests, labelledTools, orderByVector, orderByWords, score } from './score.js';

// npm run bench:tools [-- <folder with the rivals' packages>]; see README.md.

const rivals = resolve(process.argv[2] ?? '.');
const english = labelledRequests.map(({ language }) => !language);

function measure(name: string): Promise<Measurement | undefined> {
  const child = fork(fileURLToPath(new URL('./measure.js', import.meta.url)), [name, rivals], {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  return new Promise((done) => {
    child.once('message', (measurement) => done(measurement as Measurement));
    child.once('exit', () => done(undefined));
  });
}

function row(order: string, orders: string[][], costs: string[] = ['', '', '', '']): string[] {
  const all = score(labelledRequests, orders);
  const ofEnglish = score(labelledRequests.filter((_, i) => english[i]), orders.filter((_, i) => english[i]));
  const others = score(labelledRequests.filter((_, i) => !english[i]), orders.filter((_, i) => !english[i]));
  return [order, `${all.top1}`, `${all.top3}`, `${all.top8}`, all.reciprocalRank.toFixed(3), `${ofEnglish.top1} of ${ofEnglish.requests}`, `${others.top1} of ${others.requests}`, ...costs];
}

const words = await orderByWords(labelledRequests);
const rows = [
  ['order by', 'first', 'in 3', 'in 8', 'mean 1/place', 'English first', 'German and French first', 'load ms', 'ms a request', 'ms 256 tokens', 'MB'],
  Array.from({ length: 11 }, () => '---'),
  row('words alone (PostgreSQL full text)', words),
];
const missing: string[] = [];
for (const name of Object.keys(candidates)) {
  const measured = await measure(name);
  if (!measured) {
    missing.push(name);
    continue;
  }
  const byVector = orderByVector(measured.toolVectors, measured.requestVectors);
  const { loadTime, shortTime, longTime, memory } = measured;
  rows.push(row(name, byVector, [loadTime.toFixed(0), shortTime.toFixed(1), longTime.toFixed(0), memory.toFixed(0)]));
  rows.push(row('… and words as equals (k = 60)', byVector.map((order, i) => fuseRanks([order, words[i]!]).map(({ key }) => key))));
  rows.push(row('… and words, as shipped (`rankTools`)', byVector.map((order, i) => rankTools(order, words[i]!))));
}
console.log(`${labelledRequests.length} requests, ${labelledTools.length} tools\n`);
for (const cells of rows) console.log(`| ${cells.join(' | ')} |`);
if (missing.length > 0) console.log(`\nNot found in ${rivals}, so not measured: ${missing.join('; ')}`);
