import type { Queue } from './queue.js';

/** Wakes the worker in the same process. */
export class MemoryQueue implements Queue {
  readonly kind = 'memory';
  private readonly listeners: (() => void)[] = [];

  async wake(): Promise<void> {
    for (const listener of this.listeners) setImmediate(listener);
  }

  onWake(listener: () => void): void {
    this.listeners.push(listener);
  }

  async check(): Promise<void> {}

  async close(): Promise<void> {
    this.listeners.length = 0;
  }
}
