import type { Wire } from '../../../rest-adapter/ws/connection.js';
import type { CloseCode, RunMessage } from '../../../rest-adapter/ws/protocol.js';

type Frame = Record<string, any>;

/** A wire that remembers, and lets a test wait for what is sent. */
export class Recorder implements Wire {
  frames: Frame[] = [];
  closed: CloseCode | undefined;
  waiting = 0;
  private wakeUp = () => {};

  send(text: string): void {
    this.frames.push(JSON.parse(text));
    this.wakeUp();
  }
  close(code: CloseCode): void {
    this.closed = code;
    this.wakeUp();
  }
  bufferedAmount = (): number => this.waiting;

  async until(done: () => boolean): Promise<void> {
    while (!done()) await new Promise<void>((resolve) => (this.wakeUp = resolve));
  }
  ofType = (type: string) => this.frames.filter((frame) => frame.type === type);
}

/** A stream that a test writes to; it remembers being stopped. */
export class Stream implements AsyncIterator<RunMessage> {
  stopped = false;
  private queue: (RunMessage | Error)[] = [];
  private ended = false;
  private wakeUp = () => {};

  push(...messages: (RunMessage | Error)[]): this {
    this.queue.push(...messages);
    this.wakeUp();
    return this;
  }
  finish(): void {
    this.ended = true;
    this.wakeUp();
  }
  async next(): Promise<IteratorResult<RunMessage>> {
    while (this.queue.length === 0 && !this.ended && !this.stopped) await new Promise<void>((resolve) => (this.wakeUp = resolve));
    const message = this.queue.shift();
    if (message instanceof Error) throw message;
    return message && !this.stopped ? { done: false, value: message } : { done: true, value: undefined };
  }
  async return(): Promise<IteratorResult<RunMessage>> {
    this.stopped = true;
    this.wakeUp();
    return { done: true, value: undefined };
  }
}
