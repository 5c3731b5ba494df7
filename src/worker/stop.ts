/** Why work on a run is broken off. */
export type StopReason =
  | 'lease_lost' // cancelled, ended, or another worker has it
  | 'time_limit'
  | 'shutdown';

/** The reason that the run's abort signal carries. */
export class WorkStopped extends Error {
  constructor(readonly reason: StopReason) {
    super(`work stopped: ${reason}`);
    this.name = 'WorkStopped';
  }
}

/** How long a process that stops lets work go on that may not be done twice, in milliseconds. */
const grace = 5000;

/** Breaks off the work on one run. Both signals carry a WorkStopped; only a shutdown reaches `late` after a while. */
export class Stop {
  private readonly sooner = new AbortController();
  private readonly later = new AbortController();

  /** For work that can be done again. */
  readonly soon = this.sooner.signal;
  /** For work whose effect must not happen twice. */
  readonly late = this.later.signal;

  now(reason: StopReason): void {
    this.sooner.abort(new WorkStopped(reason));
    this.later.abort(new WorkStopped(reason));
  }

  shutDown(): void {
    this.sooner.abort(new WorkStopped('shutdown'));
    setTimeout(() => this.later.abort(new WorkStopped('shutdown')), grace).unref();
  }
}

/** Rejects with the signal's reason as soon as it is aborted, whether or not the work listens to it. */
export async function orStop<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  let stop: () => void;
  const stopped = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason);
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
  });
  work.catch(() => undefined); // it may fail after nobody waits for it any more
  return Promise.race([work, stopped]).finally(() => signal.removeEventListener('abort', stop));
}
