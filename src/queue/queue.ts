import { logger } from '../logger.js';

/** Wakes workers. It holds no truth: a lost wake-up costs only the time until the next sweep. */
export interface Queue {
  /** `memory` within this process, `redis` among many. */
  readonly kind: 'memory' | 'redis';
  /** Resolves when wake-ups can be sent. */
  check(): Promise<void>;
  /** Says that there is a run to claim. */
  wake(runId: string): Promise<void>;
  /** Calls back on each wake-up that reaches this process. */
  onWake(listener: () => void): void;
  close(): Promise<void>;
}

let current: Queue | undefined;

/** Sets the queue of this process; done once, at start. */
export function useQueue(queue: Queue): void {
  current = queue;
}

/** Says that there is a run to claim, and waits for nothing: should it be lost, the next sweep finds the run. */
export function wakeWorkers(runId: string): void {
  queue().wake(runId).catch((error: unknown) => logger.debug({ err: error, runId }, 'workers were not woken'));
}

/** The queue of this process. */
export function queue(): Queue {
  if (!current) throw new Error('useQueue() has not been called');
  return current;
}
