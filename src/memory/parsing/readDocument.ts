import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import pLimit from 'p-limit';
import type { Passage } from './chunks.js';
import type { DocumentKind } from './documentKind.js';
import type { ReadAnswer, ReadRequest } from './readerProcess.js';
import { UnreadableDocument } from './unreadable.js';

/** How long one file may take, in milliseconds. */
const timeLimit = 120_000;

/** Megabytes of heap for one file. */
const heapLimit = 512;

/** Few at once: each may take all the memory it is allowed. */
const inTurn = pLimit(2);

/**
 * The passages of a file on disk, and its kind. Read in a process of its own, which has limits of time and memory and gives all of it
 * back, so that no file can hold up or bring down this one.
 * @throws UnreadableDocument, and the signal's reason when aborted
 */
export async function readPassages(path: string, signal: AbortSignal): Promise<{ kind: DocumentKind; passages: Passage[] }> {
  return (await read({ source: path, want: 'passages' }, signal)) as { kind: DocumentKind; passages: Passage[] };
}

/** The text of a file, its headings marked by # and its pages by a line of their own. Throws as `readPassages` does. */
export async function readText(bytes: Uint8Array, signal: AbortSignal): Promise<{ kind: DocumentKind; text: string }> {
  return (await read({ source: bytes, want: 'text' }, signal)) as { kind: DocumentKind; text: string };
}

async function read(request: ReadRequest, signal: AbortSignal): Promise<ReadAnswer> {
  const answer = await inTurn(() => ask(request, signal));
  if ('fault' in answer) throw new UnreadableDocument(answer.fault, answer.message);
  return answer;
}

function ask(request: ReadRequest, signal: AbortSignal): Promise<ReadAnswer> {
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    const child = fork(fileURLToPath(new URL('./readerProcess.js', import.meta.url)), {
      serialization: 'advanced',
      execArgv: [`--max-old-space-size=${heapLimit}`],
      // Nothing of the environment: keys and secrets are no business of a process that reads what strangers made.
      env: {},
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    const end = (settle: () => void) => {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
      settle();
      child.kill('SIGKILL');
    };
    const abort = () => end(() => reject(signal.reason as Error));
    const timer = setTimeout(() => end(() => reject(new UnreadableDocument('too large', 'The file takes too long to read.'))), timeLimit);
    signal.addEventListener('abort', abort, { once: true });
    child.once('message', (answer: ReadAnswer) => end(() => resolve(answer)));
    child.once('error', (error) => end(() => reject(error)));
    child.once('exit', (_code, ended) => end(() => reject(deathOf(ended))));
    child.send(request, (error) => error && end(() => reject(error)));
  });
}

/** The process has only two reasons to die: its memory, and a fault in a library that reads. */
const deathOf = (signal: NodeJS.Signals | null): UnreadableDocument =>
  signal ? new UnreadableDocument('too large', 'The file takes too much memory to read.') : new UnreadableDocument('damaged', 'The file is damaged and cannot be read.');
