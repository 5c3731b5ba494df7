import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import { vector } from '@electric-sql/pglite-pgvector';
import { DurableFolder, durableStartParams } from './durableFolder.js';
import type { PortMessage, WorkerReport, WorkerRequest, WorkerSettings } from './messages.js';

/**
 * The thread that PostgreSQL runs in. A batch is carried out from start to end without a pause, so batches of two
 * ports never mix; there is one session, and the pool of the main thread keeps to one connection.
 */
const { folder, isDurable } = workerData as WorkerSettings;
const report = (message: WorkerReport) => parentPort!.postMessage(message);

/** Answers of several megabytes leave in parts of about this many bytes. */
const partSize = 1 << 20;

let used = false;

async function answer(database: PGlite, port: MessagePort, batches: Uint8Array): Promise<void> {
  if (batches[0] === 0) await freshSession(database);
  let parts: Uint8Array[] = [];
  let size = 0;
  const flush = () => {
    const whole = new Uint8Array(size);
    let at = 0;
    for (const part of parts) {
      whole.set(part, at);
      at += part.length;
    }
    parts = [];
    size = 0;
    port.postMessage(whole satisfies PortMessage, [whole.buffer]);
  };
  await database.execProtocolRawStream(batches, {
    // The bytes lie in PostgreSQL's own memory and are gone after this call.
    onRawData: (bytes) => {
      parts.push(bytes.slice());
      size += bytes.length;
      if (size >= partSize) flush();
    },
  });
  if (size > 0) flush();
}

/** A startup message begins a connection, yet the session is the one there was: what the last client left must go. */
async function freshSession(database: PGlite): Promise<void> {
  if (used) {
    await database.exec('ROLLBACK');
    await database.exec('DISCARD ALL');
  }
  used = true;
}

function serve(database: PGlite, port: MessagePort): void {
  // One batch after the other, also where one waits for the file system.
  let last = Promise.resolve();
  port.on('message', (batches: Uint8Array) => {
    last = last
      .then(() => answer(database, port, batches))
      .catch((error: unknown) => port.postMessage({ broken: String(error) } satisfies PortMessage));
  });
}

try {
  const database = await PGlite.create({
    extensions: { vector, pg_trgm },
    ...(isDurable
      ? { fs: new DurableFolder(folder), startParams: durableStartParams(PGlite.defaultStartParams) }
      : { dataDir: folder }),
  });
  parentPort!.on('message', (request: WorkerRequest) => {
    if ('connect' in request) serve(database, request.connect);
    else void database.close().finally(() => process.exit(0));
  });
  report({ open: true });
} catch (error) {
  report({ failed: error instanceof Error ? error.message : String(error) });
}
