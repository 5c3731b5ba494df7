import { parentPort, workerData } from 'node:worker_threads';
import { UnreadableDocument } from '../memory/parsing/unreadable.js';
import type { ThreadAnswer } from './thread.js';
import { ToolError } from './tool.js';

/** What is done in threads; each library is loaded only for what needs it. */
const jobs = {
  calculate: async () => (await import('./calculation/calculate.js')).calculateExpression,
  editWorkbook: async () => (await import('./workbook/edit.js')).editWorkbook,
  query: async () => (await import('./query/query.js')).query,
  pack: async () => (await import('./files/pack.js')).pack,
};

export type Jobs = { [K in keyof typeof jobs]: Awaited<ReturnType<(typeof jobs)[K]>> };

async function answer({ kind, input }: { kind: keyof Jobs; input: unknown }): Promise<ThreadAnswer> {
  try {
    const work = (await jobs[kind]()) as (input: unknown) => unknown;
    return { result: await work(input) };
  } catch (error) {
    if (error instanceof ToolError || error instanceof UnreadableDocument) return { refusal: error.message };
    throw error;
  }
}

parentPort!.postMessage(await answer(workerData));
