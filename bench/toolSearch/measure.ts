import { toolText } from '../../src/embeddings/toolRanking.js';
import { candidates } from './candidates.js';
import { labelledRequests, labelledTools } from './score.js';

/** Measures one candidate in a process of its own, so that its memory is its own. */
export interface Measurement {
  loadTime: number;
  /** Milliseconds for a request or a tool's description, and for a text that fills the window of 256 tokens. */
  shortTime: number;
  longTime: number;
  /** What the process grew by, in MB. */
  memory: number;
  toolVectors: Float32Array[];
  requestVectors: Float32Array[];
}

const [name, rivals] = process.argv.slice(2) as [string, string];
const before = process.memoryUsage().rss;
const started = performance.now();
const embedText = await candidates[name]!(rivals);
await embedText('The first text pays for what is prepared only once.');
const loadTime = performance.now() - started;

async function timed(texts: string[]): Promise<[Float32Array[], number]> {
  const start = performance.now();
  const vectors: Float32Array[] = [];
  for (const text of texts) vectors.push(await embedText(text));
  return [vectors, (performance.now() - start) / texts.length];
}

const [requestVectors, shortTime] = await timed(labelledRequests.map(({ text }) => text));
const [toolVectors] = await timed(labelledTools.map(toolText));
const [, longTime] = await timed(Array.from({ length: 10 }, () => 'a page of quite ordinary words '.repeat(60)));
const memory = (process.memoryUsage().rss - before) / 1e6;
process.send!({ loadTime, shortTime, longTime, memory, toolVectors, requestVectors } satisfies Measurement, () => process.exit(0));
