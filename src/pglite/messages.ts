import type { MessagePort } from 'node:worker_threads';

/** What the worker is started with. */
export interface WorkerSettings {
  /** The folder of the cluster; made when missing. */
  folder: string;
  /** Whether a commit waits for the disk, and so outlives a power cut. */
  isDurable: boolean;
}

/** From the main thread to the worker: a new client, heard on its own port, or the end. */
export type WorkerRequest = { connect: MessagePort } | { close: true };

/** From the worker: it is open, or why it is not. After `close` it simply exits. */
export type WorkerReport = { open: true } | { failed: string };

/** On a client's port, from the worker: bytes of the answer, or why the session ended. Towards it: whole batches. */
export type PortMessage = Uint8Array<ArrayBuffer> | { broken: string };
