import type { LiveMessage, RunToken } from '../runs/runEvent.js';

/** Carries what has just been committed to whoever watches, in this process or in all of them. */
export interface Live {
  /** Sends a message about a run to those who watch it now. */
  publish(message: LiveMessage): void;
  /** Once resolved, calls back for each message about the run until the given function is called. */
  listen(runId: string, listener: (message: LiveMessage) => void): Promise<() => void>;
  /** The text of the step that is being written now, from its beginning. */
  draft(runId: string): Promise<RunToken | undefined>;
  /** Tells every process that a session has ended, so that its sockets close. */
  endSession(sessionId: string): void;
  onSessionEnd(listener: (sessionId: string) => void): () => void;
  close(): Promise<void>;
}

let current: Live | undefined;

/** Sets what carries live messages in this process; done once, at start. */
export function useLive(live: Live): void {
  current = live;
}

/** What carries live messages in this process. */
export function live(): Live {
  if (!current) throw new Error('useLive() has not been called');
  return current;
}
