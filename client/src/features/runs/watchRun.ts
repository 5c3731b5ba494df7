import { print } from 'graphql';
import { faultOf, type Fault } from '../../graphql/fault';
import { isRefusal, sockets } from '../../graphql/sockets';
import { renewSession } from '../auth/session';
import { hasEnded, type LiveMessage } from './runTimeline';
import { RunEventsDocument, type RunDetails, type RunEventsData } from './runs.operations';

/** Whether events come; after too many requests, until when nothing is asked, in milliseconds since 1970. */
export type Connection = 'open' | 'lost' | { pausedUntil: number };

/** Where what is learned of a run goes. */
export interface Watcher {
  /** Reads the whole run, which is then the ground that events stand on. */
  load(): Promise<RunDetails>;
  /** The number of the last event that is known. */
  lastSeq(): number;
  onMessage(message: LiveMessage): void;
  onConnection(connection: Connection): void;
  /** The run cannot be shown at all. */
  onFault(fault: Fault): void;
}

const query = print(RunEventsDocument);
const longestPause = 8_000;
/** Faults that trying again does not heal. */
const lasting = new Set(['NOT_FOUND', 'FORBIDDEN', 'VALIDATION_ERROR', 'UNAUTHORIZED']);

/**
 * Reads a run and follows it until it has ended or the signal is aborted. After a lost connection it reads the run again and
 * goes on after the last event it knows: nothing is missed, and what comes twice is known by its `seq`.
 */
export async function watchRun(runId: string, watcher: Watcher, signal: AbortSignal): Promise<void> {
  let failures = 0;
  const onConnected = () => {
    failures = 0;
    watcher.onConnection('open');
  };
  while (!signal.aborted) {
    try {
      const run = await watcher.load();
      if (hasEnded(run.status)) return watcher.onConnection('open');
      await follow(runId, watcher, onConnected, signal);
    } catch (thrown) {
      if (signal.aborted || !(await canGoOn(thrown, watcher))) return;
      const { retryAfter } = faultOf(thrown);
      const rest = retryAfter ? retryAfter * 1000 : Math.min(longestPause, 500 * 2 ** failures++);
      watcher.onConnection(retryAfter ? { pausedUntil: Date.now() + rest } : 'lost');
      await pause(rest, signal);
    }
  }
}

async function canGoOn(thrown: unknown, watcher: Watcher): Promise<boolean> {
  if (isRefusal(thrown)) return renewSession().catch(() => true);
  const fault = faultOf(thrown);
  if (!lasting.has(fault.code)) return true;
  watcher.onFault(fault);
  return false;
}

/** Resolves when the stream is complete or the signal aborted, rejects when the connection breaks. */
async function follow(runId: string, watcher: Watcher, onConnected: () => void, signal: AbortSignal): Promise<void> {
  const stopListening = sockets.on('connected', onConnected);
  let unsubscribe = () => {};
  try {
    await new Promise<void>((resolve, reject) => {
      signal.addEventListener('abort', () => resolve(), { once: true });
      unsubscribe = sockets.subscribe<RunEventsData>({ query, variables: { runId, since: watcher.lastSeq() } }, {
        next: ({ data, errors }) => (errors ? reject(errors) : data && watcher.onMessage(data.runEvents)),
        error: reject,
        complete: resolve,
      });
    });
  } finally {
    stopListening();
    unsubscribe();
  }
}

/** Waits so many milliseconds, or until the device is back on a network. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    const stop = () => {
      clearTimeout(timer);
      resolve();
    };
    window.addEventListener('online', stop, { once: true });
    signal.addEventListener('abort', stop, { once: true });
  });
}
