import { hostname } from 'node:os';
import { randomUUID } from 'node:crypto';
import { logger } from '../logger.js';
import { queue } from '../queue/queue.js';
import { claimRun } from './lease.js';
import { workRun, type WorkOptions } from './workRun.js';

export interface WorkerOptions extends WorkOptions {
  /** How many runs are worked on at once. */
  concurrency: number;
}

/** How often to look for runs whose wake-up was lost or whose lease expired, in milliseconds. */
const sweepEvery = 2000;

/** Claims runs and works on them, several at once. */
export class Worker {
  private readonly owner = `${hostname()}:${process.pid}:${randomUUID().slice(0, 8)}`;
  private readonly shutdown = new AbortController();
  private readonly working = new Set<Promise<void>>();
  private readonly sweep: NodeJS.Timeout;
  private claiming: Promise<void> | undefined;
  private wokenWhileClaiming = false;

  constructor(private readonly options: WorkerOptions) {
    queue().onWake(this.look);
    this.sweep = setInterval(this.look, sweepEvery);
    this.look();
  }

  /** Takes nothing more, and resolves when all that is under way has been handed back. */
  async stop(): Promise<void> {
    clearInterval(this.sweep);
    this.shutdown.abort();
    await this.claiming;
    await Promise.all(this.working);
  }

  private readonly look = (): void => {
    if (this.claiming) this.wokenWhileClaiming = true;
    else this.claiming = this.claimAll().finally(() => (this.claiming = undefined));
  };

  private async claimAll(): Promise<void> {
    try {
      while (!this.shutdown.signal.aborted && this.working.size < this.options.concurrency) {
        this.wokenWhileClaiming = false;
        const run = await claimRun(this.owner);
        if (run) this.take(workRun(run, this.options, this.shutdown.signal));
        else if (!this.wokenWhileClaiming) break;
      }
    } catch (error) {
      logger.error({ err: error }, 'runs could not be claimed');
    }
  }

  private take(work: Promise<void>): void {
    this.working.add(work);
    void work.finally(() => {
      this.working.delete(work);
      if (!this.shutdown.signal.aborted) this.look();
    });
  }
}
