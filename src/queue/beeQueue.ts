import BeeQueue from 'bee-queue';
import { logger } from '../logger.js';
import { reasonOf, RedisClient } from '../redisServer.js';
import type { Queue } from './queue.js';

/** How long Redis may take over a wake-up or a check, in milliseconds. */
const patience = 1_000;

/**
 * Wakes workers in any process through Redis. A job says only that there is something to claim, so none is ever retried.
 * While Redis is away `wake` and `check` fail within a second, and the sweep finds the runs.
 */
export class RedisQueue implements Queue {
  readonly kind = 'redis';
  private readonly connection: RedisClient;
  private jobs?: BeeQueue<{ runId: string }>;
  private readonly opened: Promise<void>;
  private listener?: () => void;

  /** @param isWorker whether this process takes wake-ups, or only sends them */
  constructor(url: string, private readonly isWorker: boolean) {
    this.connection = new RedisClient(url, 'queue', { maxRetriesPerRequest: null });
    this.opened = new Promise<void>((resolve) => this.connection.once('ready', resolve));
    this.connection.on('ready', () => this.open());
  }

  async wake(runId: string): Promise<void> {
    await this.ask((jobs) => jobs.createJob({ runId }).save());
  }

  onWake(listener: () => void): void {
    if (this.listener || !this.isWorker) return;
    this.listener = listener;
    if (this.jobs) this.listenTo(this.jobs);
  }

  async check(): Promise<void> {
    await this.ask((jobs) => jobs.checkHealth());
  }

  async close(): Promise<void> {
    this.connection.removeAllListeners('ready');
    const { jobs } = this;
    this.jobs = undefined;
    await jobs?.close(patience).catch(logFault);
    this.connection.disconnect();
  }

  /** A queue loads its scripts when it is made, and a Redis that was restarted has forgotten them: each connection has a new one. */
  private open(): void {
    this.jobs?.close(patience).catch(logFault);
    const jobs = new BeeQueue<{ runId: string }>('persona-runs', {
      redis: this.connection, isWorker: this.isWorker, getEvents: false, sendEvents: false, storeJobs: false,
      removeOnSuccess: true, removeOnFailure: true,
    });
    jobs.on('error', (error) => {
      if (jobs === this.jobs && this.connection.status === 'ready') logFault(error); // an outage has been told of
    });
    jobs.ready().catch(logFault);
    this.jobs = jobs;
    if (this.listener) this.listenTo(jobs);
  }

  private listenTo(jobs: BeeQueue): void {
    jobs.process(async () => this.listener?.());
  }

  private async ask<T>(question: (jobs: BeeQueue<{ runId: string }>) => Promise<T>): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error('Redis does not answer')), patience);
    });
    const answered = this.opened.then(() => {
      // What waits for Redis in the connection is sent when it is back: nothing may pile up there.
      if (!this.jobs || this.connection.status !== 'ready') throw new Error('Redis does not answer');
      return question(this.jobs);
    });
    return Promise.race([answered, late]).finally(() => clearTimeout(timer));
  }
}

const logFault = (error: unknown): void => logger.error({ purpose: 'queue', reason: reasonOf(error) }, 'The queue failed');
