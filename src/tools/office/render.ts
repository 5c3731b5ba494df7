import { Worker } from 'node:worker_threads';
import { ToolError } from '../tool.js';
import type { Rendered } from './content.js';

export interface RenderJob {
  kind: 'powerpoint' | 'document' | 'spreadsheet' | 'pdf' | 'chart';
  input: unknown;
}

export type RenderAnswer = { rendered: Rendered } | { refusal: string };

/** Megabytes of heap; far more than the largest input the schemas allow needs. */
const memoryLimit = 512;

const tooLarge = 'There is too much content for one file; make it smaller or spread it over several files.';

/** XML takes no control characters and no half surrogates, and neither should any file. */
function clean(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(/\p{Surrogate}|[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffe\uffff]/gu, '');
  if (Array.isArray(value)) return value.map(clean);
  if (value && typeof value === 'object') return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, clean(inner)]));
  return value;
}

/**
 * Renders a file in a thread of its own, so that layout never holds up the server, a cancelled run stops at once,
 * and the memory of the office libraries is given back. Throws ToolError for content that cannot be set, and the signal's reason when aborted.
 */
export function render(kind: RenderJob['kind'], input: unknown, signal: AbortSignal): Promise<Rendered> {
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    const workerData: RenderJob = { kind, input: clean(input) };
    const worker = new Worker(new URL('./render.worker.js', import.meta.url), { workerData, resourceLimits: { maxOldGenerationSizeMb: memoryLimit } });
    const end = (settle: () => void) => {
      signal.removeEventListener('abort', abort);
      settle();
      void worker.terminate();
    };
    const abort = () => end(() => reject(signal.reason));
    signal.addEventListener('abort', abort, { once: true });
    worker.once('message', (answer: RenderAnswer) => end(() => ('refusal' in answer ? reject(new ToolError(answer.refusal)) : resolve(answer.rendered))));
    worker.once('error', (error: NodeJS.ErrnoException) => end(() => reject(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? new ToolError(tooLarge) : error)));
    worker.once('exit', () => end(() => reject(new Error('The rendering ended without a result.'))));
  });
}
