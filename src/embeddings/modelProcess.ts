import { setPriority } from 'node:os';
import { loadModel, type Model } from './model.js';

/**
 * The process that holds the model; started by `embeddings.ts` with the model's folder as its argument.
 * Takes `{ id, texts }`, answers `{ id, vectors }` or `{ id, error }`, one after the other.
 */
export interface EmbedRequest {
  id: number;
  texts: string[];
}
export type EmbedAnswer = { id: number; vectors: Float32Array[] } | { id: number; error: string };

let loaded: Promise<Model> | undefined;
let last = Promise.resolve();

async function answer({ id, texts }: EmbedRequest): Promise<EmbedAnswer> {
  try {
    const model = await (loaded ??= loadModel(process.argv[2]));
    const vectors: Float32Array[] = [];
    for (const text of texts) vectors.push(await model.embedText(text));
    return { id, vectors };
  } catch (error) {
    loaded = undefined;
    return { id, error: (error as Error).message };
  }
}

process.on('message', (request: EmbedRequest) => {
  last = last.then(async () => {
    process.send?.(await answer(request));
  });
});
// Gone with its parent, however that ended. Killed rather than exited: nothing is lost, and native threads may be at work.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
// Ctrl-C reaches the whole group of processes; the parent may still need vectors while it stops in order.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => {});
setPriority(10);
