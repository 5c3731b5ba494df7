import { invalidState, PlatformError } from '../../src/errors.js';
import {
  type ClientFrame,
  CloseCode,
  errorFrame,
  isLastFrame,
  mostSubscriptions,
  parseClientFrame,
  type RunMessage,
  type ServerFrame,
  toFrame,
} from './protocol.js';

/**
 * One connection of /ws, without a socket.
 *
 * It is open until `end()`. While open, each watched run is in one of two states. `opening`: permission is asked and the
 * position read; nothing has been sent. `watching`: `subscribed` has been sent and messages follow. It leaves them when the run
 * has ended, when the client unsubscribes, when its stream fails (an `error` frame tells) or with the connection. What
 * arrives from a stream after its run was left is thrown away.
 */

/** What the connection needs of a socket. */
export interface Wire {
  send(text: string): void;
  close(code: CloseCode, reason: string): void;
  /** Bytes that were sent and not yet taken by the network. */
  bufferedAmount(): number;
}

/** What the connection needs of the schema; both throw PlatformError. */
export interface RunSource {
  position(runId: string): Promise<{ status: string; lastSeq: number }>;
  watch(runId: string, since: number): Promise<AsyncIterator<RunMessage>>;
}

/** Above this many waiting bytes streamed text is left out; the committed step brings it. */
export const tokensStopAt = 1024 * 1024;
/** Above this many the connection is closed; the client comes back with `since`. */
export const connectionStopsAt = 4 * 1024 * 1024;

interface Subscription {
  stream?: AsyncIterator<RunMessage>;
}

export class Connection {
  private readonly subscriptions = new Map<string, Subscription>();
  /** Subscriptions whose work goes on; some may have been left already, which must not make room for endless new ones. */
  private underWay = 0;
  private ended = false;

  /** @param explain turns whatever a source throws into an error that may be shown */
  constructor(
    private readonly wire: Wire,
    private readonly source: RunSource,
    private readonly explain: (error: unknown) => PlatformError,
  ) {}

  /** Takes a frame of the client. A faulty one is answered with an `error` frame. */
  receive(data: string | Uint8Array): void {
    if (this.ended) return;
    try {
      if (typeof data !== 'string') throw new PlatformError('VALIDATION_ERROR', 'The frame must be text');
      this.handle(parseClientFrame(data));
    } catch (error) {
      this.refuse(error);
    }
  }

  /** Answers a frame that is not taken. */
  refuse(error: unknown): void {
    this.send(errorFrame(this.explain(error)));
  }

  /** Leaves all runs. Call it when the socket has closed, for whatever reason. */
  end(): void {
    this.ended = true;
    for (const runId of this.subscriptions.keys()) this.leave(runId);
  }

  private handle(frame: ClientFrame): void {
    switch (frame.type) {
      case 'ping':
        this.send({ type: 'pong' });
        break;
      case 'unsubscribe:run':
        this.leave(frame.runId);
        break;
      case 'subscribe:run':
        void this.subscribe(frame.runId, frame.since);
    }
  }

  private async subscribe(runId: string, since: number): Promise<void> {
    const subscription: Subscription = {};
    try {
      if (this.subscriptions.has(runId)) throw invalidState('This run is being watched already');
      if (this.underWay >= mostSubscriptions) throw invalidState(`A connection can watch ${mostSubscriptions} runs at most`);
    } catch (error) {
      return this.send(errorFrame(this.explain(error), runId));
    }
    this.subscriptions.set(runId, subscription);
    this.underWay++;
    try {
      await this.follow(runId, since, subscription);
    } catch (error) {
      if (this.isCurrent(runId, subscription)) this.send(errorFrame(this.explain(error), runId));
    } finally {
      this.underWay--;
      if (this.isCurrent(runId, subscription)) this.leave(runId);
    }
  }

  /** Passes on what a run tells until it ends or is left. */
  private async follow(runId: string, since: number, subscription: Subscription): Promise<void> {
    const { status, lastSeq } = await this.source.position(runId);
    if (!this.isCurrent(runId, subscription)) return;
    const stream = await this.source.watch(runId, since);
    subscription.stream = stream;
    if (!this.isCurrent(runId, subscription)) return void stop(stream);
    this.send({ type: 'subscribed', runId, seq: lastSeq, status });

    let seen = since;
    for (let next = await stream.next(); !next.done; next = await stream.next()) {
      if (!this.isCurrent(runId, subscription)) return;
      const frame = toFrame(next.value);
      if (frame.type === 'run:token') {
        if (this.wire.bufferedAmount() <= tokensStopAt) this.send(frame);
        continue;
      }
      if (frame.seq <= seen) continue;
      seen = frame.seq;
      this.send(frame);
      if (isLastFrame(frame)) return;
    }
  }

  private isCurrent(runId: string, subscription: Subscription): boolean {
    return this.subscriptions.get(runId) === subscription;
  }

  private leave(runId: string): void {
    const stream = this.subscriptions.get(runId)?.stream;
    this.subscriptions.delete(runId);
    if (stream) stop(stream);
  }

  private send(frame: ServerFrame): void {
    if (this.ended) return;
    if (this.wire.bufferedAmount() > connectionStopsAt) {
      this.end();
      this.wire.close(CloseCode.TooSlow, 'Too slow: connect again with since');
      return;
    }
    this.wire.send(JSON.stringify(frame));
  }
}

/** Lets a stream's source clean up; a failure while it does concerns nobody who watches. */
function stop(stream: AsyncIterator<RunMessage>): void {
  stream.return?.().catch(() => {});
}
