import { Worker } from 'node:worker_threads';
import type { Jobs } from './thread.worker.js';
import { ToolError } from './tool.js';

export type ThreadAnswer = { result: unknown } | { refusal: string };

/** Megabytes of heap for one job. */
const memoryLimit = 512;
/** Milliseconds for one job. */
const timeLimit = 30_000;

const tooMuch = new ToolError('The data is too large to be worked on; use less of it at once.');
const tooLong = new ToolError(`This takes more than ${timeLimit / 1000} seconds; make it simpler or use less data.`);

/**
 * Does a job in a thread of its own with limits of time and memory, so that no file or query holds up the server and a cancelled run
 * stops at once. Throws ToolError for what the job refuses and for limits passed, and the signal's reason when aborted.
 */
export function inThread<K extends keyof Jobs>(kind: K, input: Parameters<Jobs[K]>[0], signal: AbortSignal): Promise<Awaited<ReturnType<Jobs[K]>>> {
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./thread.worker.js', import.meta.url), {
      workerData: { kind, input }, env: {}, resourceLimits: { maxOldGenerationSizeMb: memoryLimit },
    });
    const end = (settle: () => void) => {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
      settle();
      void worker.terminate();
    };
    const abort = () => end(() => reject(signal.reason));
    const timer = setTimeout(() => end(() => reject(tooLong)), timeLimit);
    signal.addEventListener('abort', abort, { once: true });
    worker.once('message', (answer: ThreadAnswer) =>
      end(() => ('refusal' in answer ? reject(new ToolError(answer.refusal)) : resolve(answer.result as Awaited<ReturnType<Jobs[K]>>))));
    worker.once('error', (error: NodeJS.ErrnoException) => end(() => reject(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? tooMuch : error)));
    worker.once('exit', () => end(() => reject(new Error(`The job ${kind} ended without a result.`))));
  });
}
