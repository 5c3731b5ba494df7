import { readFile } from 'node:fs/promises';
import { setPriority } from 'node:os';
import { Worker } from 'node:worker_threads';
import { embeddingWindow } from '../../embeddings/model.js';
import { textOf } from './blocks.js';
import { cutIntoPassages, type Passage } from './chunks.js';
import { recognise, type DocumentKind } from './documentKind.js';
import { readBlocks } from './readBlocks.js';
import { tokenCounter } from './tokens.js';
import { UnreadableDocument, type Fault } from './unreadable.js';

/** The process that reads one file and ends; started by `readDocument.ts`, which sends it one request. */
export interface ReadRequest {
  /** A path, or the bytes themselves. */
  source: string | Uint8Array;
  want: 'passages' | 'text';
}

export type ReadAnswer = { kind: DocumentKind; passages: Passage[] } | { kind: DocumentKind; text: string } | { fault: Fault; message: string };

/** Bytes of the whole process; the heap has a limit of its own. */
const memoryLimit = 900 * 1024 * 1024;

async function answer({ source, want }: ReadRequest): Promise<ReadAnswer> {
  try {
    const bytes = typeof source === 'string' ? await readFile(source) : Buffer.from(source.buffer, source.byteOffset, source.byteLength);
    const kind = await recognise(bytes);
    const blocks = await readBlocks(bytes, kind);
    return want === 'text' ? { kind, text: textOf(blocks) } : { kind, passages: cutIntoPassages(blocks, tokenCounter(), embeddingWindow) };
  } catch (error) {
    if (error instanceof UnreadableDocument) return { fault: error.fault, message: error.message };
    throw error;
  }
}

new Worker(new URL('./memoryWatch.js', import.meta.url), { workerData: memoryLimit }).unref();
setPriority(10);
// Gone with its parent, however that ended.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
process.on('SIGINT', () => {});
process.on('SIGTERM', () => {});
process.once('message', (request: ReadRequest) => {
  void answer(request).then((result) => process.send!(result, () => process.exit()));
});
