import BeeQueue from 'bee-queue';
import { logger } from '../logger.js';
import type { Queue } from './queue.js';

/** Wakes workers in any process through Redis. A job says only that there is something to claim, so none is ever retried. */
export class RedisQueue implements Queue {
  readonly kind = 'redis';
  private readonly jobs: BeeQueue<{ runId: string }>;
  private listening = false;

  /** @param isWorker whether this process takes wake-ups, or only sends them */
  constructor(url: string, private readonly isWorker: boolean) {
    this.jobs = new BeeQueue('persona-runs', {
      redis: url, isWorker, getEvents: false, sendEvents: false, storeJobs: false, removeOnSuccess: true, removeOnFailure: true,
    });
    this.jobs.on('error', (error) => logger.error({ err: error }, 'queue'));
  }

  async wake(runId: string): Promise<void> {
    await this.jobs.createJob({ runId }).save();
  }

  onWake(listener: () => void): void {
    if (this.listening || !this.isWorker) return;
    this.listening = true;
    this.jobs.process(async () => listener());
  }

  async check(): Promise<void> {
    await this.jobs.checkHealth();
  }

  async close(): Promise<void> {
    await this.jobs.close();
  }
}
