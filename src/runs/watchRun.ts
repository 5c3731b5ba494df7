import { knex } from '../db.js';
import { validationError } from '../errors.js';
import { live } from '../live/live.js';
import { Run } from './run.model.js';
import { isLastEvent, type LiveMessage, type RunEvent, type RunToken } from './runEvent.js';
import { readEvents } from './runEvents.js';

/** How many messages may wait for a slow watcher before they are dropped and read again from the database. */
const longestWait = 500;

/** After so long without a message the database is asked, in milliseconds: the message may have been lost on its way. */
const longestSilence = 5000;

/** Messages that arrived and were not taken yet. When there are too many, events are left to the database. */
class Inbox {
  private messages: LiveMessage[] = [];
  private wakeUp: (() => void) | undefined;

  constructor(private readonly signal: AbortSignal) {
    signal.addEventListener('abort', () => this.wakeUp?.(), { once: true });
  }

  readonly add = (message: LiveMessage): void => {
    if (this.messages.length >= longestWait) this.messages = [];
    this.messages.push(message);
    this.wakeUp?.();
  };

  /** The next message, 'silence' when none has come for a while, or undefined when the watcher has left. */
  async take(): Promise<LiveMessage | 'silence' | undefined> {
    if (this.messages.length === 0 && !this.signal.aborted) {
      await new Promise<void>((resolve) => {
        this.wakeUp = resolve;
        setTimeout(resolve, longestSilence).unref();
      });
    }
    return this.signal.aborted ? undefined : (this.messages.shift() ?? 'silence');
  }
}

/**
 * Everything that a run tells from event `since` + 1 on: what was stored, then what happens, each event once and in order of
 * `seq`, with streamed tokens between, until the run has ended or `return` is called. Someone who comes in the middle of a
 * streamed text first gets all of it so far as one token message. 400 for a negative `since`.
 */
export function watchRun(runId: string, since: number): AsyncIterableIterator<LiveMessage, void> {
  if (since < 0) throw validationError({ since: 'Since must be a whole number of at least 0' });
  const stop = new AbortController();
  const messages = follow(runId, since, stop.signal);
  return {
    next: () => messages.next(),
    // A generator's own `return` would wait for the message that it waits for.
    return() {
      stop.abort();
      return messages.return();
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

async function* follow(runId: string, since: number, signal: AbortSignal): AsyncGenerator<LiveMessage, void> {
  const inbox = new Inbox(signal);
  const stopListening = await live().listen(runId, inbox.add);
  let seq = since;
  let isOver = false;
  async function* tell(events: AsyncIterable<RunEvent> | RunEvent[]): AsyncGenerator<RunEvent> {
    for await (const event of events) {
      seq = event.seq;
      isOver ||= isLastEvent(event);
      yield event;
    }
  }
  try {
    yield* tell(storedEvents(runId, seq));
    const lastSeq = await lastSeqWhileOpen(runId);
    if (lastSeq === undefined) return yield* tell(storedEvents(runId, seq)); // it may have ended since they were read
    seq = Math.min(seq, lastSeq); // whoever claims to know more shall still see the end
    let shown = await live().draft(runId);
    if (shown && shown.seq >= seq) yield { ...shown, seq };

    while (!isOver) {
      const message = await inbox.take();
      if (!message) return;
      if (message === 'silence') {
        const hasEnded = (await lastSeqWhileOpen(runId)) === undefined;
        yield* tell(storedEvents(runId, seq));
        isOver ||= hasEnded;
      } else if (message.type === 'run:token') {
        const next = message.seq < seq ? undefined : await followText(shown, message);
        if (next) yield { ...next.token, seq };
        shown = next?.shown ?? shown;
      } else if (message.seq > seq) {
        yield* tell(message.seq === seq + 1 ? [message] : storedEvents(runId, seq));
        isOver ||= isLastEvent(message); // also when the run is gone, and its events with it
      }
    }
  } finally {
    stopListening();
  }
}

/** Tells whoever works on runs or watches them that they are gone: nothing of them can be read any more. */
export function announceDeleted(runIds: readonly string[]): void {
  const afterAllOthers = 2 ** 31 - 1;
  for (const runId of runIds) live().publish({ type: 'run:update', runId, seq: afterAllOthers, status: 'cancelled' });
}

/** What to show of a token message, given the text shown so far; nothing when it was shown already. */
async function followText(shown: RunToken | undefined, token: RunToken): Promise<{ token: RunToken; shown: RunToken } | undefined> {
  const before = shown?.stepNumber === token.stepNumber ? shown.text : '';
  if (token.text && before.startsWith(token.text, token.offset)) return undefined;
  if (token.offset > before.length) {
    const draft = await live().draft(token.runId);
    return draft && { token: draft, shown: draft };
  }
  return { token, shown: { ...token, offset: 0, text: before.slice(0, token.offset) + token.text } };
}

async function* storedEvents(runId: string, since: number): AsyncGenerator<RunEvent> {
  for (let page = await readEvents(runId, since); page.length > 0; page = await readEvents(runId, page.at(-1)!.seq)) yield* page;
}

/** The `seq` of the newest event of a run that is under way; undefined when it has ended or is gone. */
async function lastSeqWhileOpen(runId: string): Promise<number | undefined> {
  const run = await Run.query(knex()).findById(runId).whereIn('status', ['pending', 'running']).select('last_seq');
  return run?.lastSeq;
}
