import { EventEmitter } from 'node:events';
import type { LiveMessage, RunToken } from '../runs/runEvent.js';
import type { Live } from './live.js';

const sessionEnd = Symbol('session end');

/** Live messages within one process. */
export class MemoryLive implements Live {
  private readonly emitter = new EventEmitter().setMaxListeners(0);
  private readonly drafts = new Map<string, RunToken>();

  publish(message: LiveMessage): void {
    if (message.type === 'run:token') this.drafts.set(message.runId, extendDraft(this.drafts.get(message.runId), message));
    else this.drafts.delete(message.runId);
    this.emitter.emit(message.runId, message);
  }

  async listen(runId: string, listener: (message: LiveMessage) => void): Promise<() => void> {
    this.emitter.on(runId, listener);
    return () => this.emitter.off(runId, listener);
  }

  async draft(runId: string): Promise<RunToken | undefined> {
    return this.drafts.get(runId);
  }

  endSession(sessionId: string): void {
    this.emitter.emit(sessionEnd, sessionId);
  }

  onSessionEnd(listener: (sessionId: string) => void): () => void {
    this.emitter.on(sessionEnd, listener);
    return () => this.emitter.off(sessionEnd, listener);
  }

  async close(): Promise<void> {
    this.emitter.removeAllListeners();
  }
}

/** All the text of a step so far, as one token message that begins at 0. */
export function extendDraft(draft: RunToken | undefined, token: RunToken): RunToken {
  const before = draft?.stepNumber === token.stepNumber ? draft.text.slice(0, token.offset) : '';
  return { ...token, offset: 0, text: before + token.text };
}
