import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { MessageChannel, Worker } from 'node:worker_threads';
import { logger } from '../logger.js';
import { StartupError } from '../startupError.js';
import { syncTree } from './durableFolder.js';
import { lockFolder, unwritable } from './folderLock.js';
import type { WorkerReport, WorkerRequest, WorkerSettings } from './messages.js';
import { PortStream } from './stream.js';

/** PostgreSQL in a thread of this process. */
export interface Embedded {
  /** A new connection. There is one session: the one before must have ended. */
  connect(): PortStream;
  /** Shuts PostgreSQL down, ends the thread and gives the folder free. */
  close(): Promise<void>;
}

/**
 * Opens the database in `<dataDir>/database`, making it on first use (some seconds).
 * @param isDurable whether a commit waits for the disk; without, one outlives kill -9 but not a power cut
 * @throws StartupError when the folder is in use, cannot be written, or holds something PostgreSQL cannot open.
 */
export async function openEmbedded(dataDir: string, isDurable = true): Promise<Embedded> {
  const release = lockFolder(dataDir);
  try {
    let worker = await firstWorker(dataDir, isDurable);
    return {
      connect: () => {
        // Its thread ran out of memory or the like. What it had committed is in the folder.
        if (hasEnded(worker)) worker = startWorker(dataDir, isDurable);
        return connect(worker);
      },
      close: () => stopWorker(worker).finally(release),
    };
  } catch (error) {
    release();
    throw error;
  }
}

const databaseFolder = (dataDir: string) => join(dataDir, 'database');
const hasEnded = (worker: Worker) => worker.threadId === -1;

async function firstWorker(dataDir: string, isDurable: boolean): Promise<Worker> {
  const folder = databaseFolder(dataDir);
  const unfinished = join(dataDir, 'database.unfinished');
  try {
    // A process that died while it made the database left a part of one, which nobody has ever used.
    if (existsSync(unfinished)) rmSync(folder, { recursive: true, force: true });
    if (!existsSync(folder)) writeFileSync(unfinished, '');
  } catch (error) {
    throw unwritable(dataDir, error);
  }
  const isNew = existsSync(unfinished);
  let worker = startWorker(dataDir, isDurable);
  try {
    await opened(worker);
    if (!isNew) return worker;
    if (isDurable) syncTree(folder);
    rmSync(unfinished);
    // What making the database took in memory goes only with its thread.
    await stopWorker(worker);
    worker = startWorker(dataDir, isDurable);
    await opened(worker);
    return worker;
  } catch (error) {
    await worker.terminate();
    const reason = error instanceof Error ? error.message : String(error);
    throw new StartupError(
      `The database in ${folder} cannot be opened (${reason}): put back a copy of that folder, or set DATA_DIR to another one.`,
      { cause: error },
    );
  }
}

function startWorker(dataDir: string, isDurable: boolean): Worker {
  const workerData: WorkerSettings = { folder: databaseFolder(dataDir), isDurable };
  const worker = new Worker(new URL('./worker.js', import.meta.url), { workerData });
  // Its connections are told by their ports; without a listener the error would end the process.
  worker.on('error', (error) => logger.error({ err: error }, 'The embedded database has stopped'));
  return worker;
}

function opened(worker: Worker): Promise<void> {
  return new Promise((resolve, reject) => {
    worker.once('message', (report: WorkerReport) => {
      if ('open' in report) resolve();
      else reject(new Error(report.failed));
    });
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`its thread ended with code ${code}`)));
  });
}

function connect(worker: Worker): PortStream {
  const { port1, port2 } = new MessageChannel();
  worker.postMessage({ connect: port2 } satisfies WorkerRequest, [port2]);
  return new PortStream(port1);
}

async function stopWorker(worker: Worker): Promise<void> {
  if (hasEnded(worker)) return;
  const ended = new Promise((resolve) => worker.once('exit', resolve));
  worker.postMessage({ close: true } satisfies WorkerRequest);
  await ended;
}
