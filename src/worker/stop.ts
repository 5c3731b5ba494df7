/** Why work on a run is broken off. */
export type StopReason =
  | 'lease_lost' // cancelled, ended, or another worker has it
  | 'time_limit'
  | 'shutdown';

const sentences: Record<StopReason, string> = {
  lease_lost: 'The run was ended or taken over.',
  time_limit: 'The run reached its time limit.',
  shutdown: 'The worker was shut down.',
};

/** The reason that the run's abort signal carries. */
export class WorkStopped extends Error {
  constructor(readonly reason: StopReason) {
    super(sentences[reason]);
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
