import { EventEmitter } from 'node:events';
import { RedisClient } from '../redisServer.js';
import type { LiveMessage, RunToken } from '../runs/runEvent.js';
import type { Live } from './live.js';
import { extendDraft } from './memoryLive.js';

const sessions = 'persona:sessions';
const runChannel = (runId: string) => `persona:run:${runId}`;
const draftKey = (runId: string) => `persona:draft:${runId}`;

/** How long a watcher waits for Redis, in milliseconds. What is sent may wait longer, until the connection gives it up. */
const patience = 1_000;

/**
 * Live messages among all processes that share a Redis server. While it is away nobody fails: messages are lost, watchers
 * read the database instead, and who listened hears again as soon as it is back.
 */
export class RedisLive implements Live {
  private readonly sender: RedisClient;
  private readonly receiver: RedisClient;
  private readonly emitter = new EventEmitter().setMaxListeners(0);
  /** The texts that this process is writing; Redis has a copy for the others. */
  private readonly drafts = new Map<string, RunToken>();

  constructor(url: string) {
    this.sender = new RedisClient(url, 'live messages to others', { commandTimeout: patience });
    // Who listens here is known best here, and is also right when a subscription failed.
    this.receiver = new RedisClient(url, 'live messages from others', { commandTimeout: patience, autoResubscribe: false });
    this.receiver.on('message', (channel, text) => this.emitter.emit(channel, channel === sessions ? text : JSON.parse(text)));
    this.receiver.on('ready', () => void this.receiver.attempt(this.receiver.subscribe(sessions, ...this.emitter.eventNames().map(String))));
  }

  publish(message: LiveMessage): void {
    const { runId } = message;
    const sending = this.sender.pipeline();
    if (message.type === 'run:token') {
      const draft = extendDraft(this.drafts.get(runId), message);
      this.drafts.set(runId, draft);
      sending.set(draftKey(runId), JSON.stringify(draft), 'EX', 3600);
    } else if (this.drafts.delete(runId)) {
      sending.del(draftKey(runId));
    }
    sending.publish(runChannel(runId), JSON.stringify(message));
    void this.sender.attempt(sending.exec().then(throwFirst));
  }

  async listen(runId: string, listener: (message: LiveMessage) => void): Promise<() => void> {
    const channel = runChannel(runId);
    this.emitter.on(channel, listener);
    await this.receiver.attempt(this.receiver.subscribe(channel)); // also when somebody listens already: it may not be in force yet
    return () => {
      this.emitter.off(channel, listener);
      if (this.emitter.listenerCount(channel) === 0) void this.receiver.attempt(this.receiver.unsubscribe(channel));
    };
  }

  async draft(runId: string): Promise<RunToken | undefined> {
    const text = await this.sender.attempt(this.sender.get(draftKey(runId)));
    return text ? (JSON.parse(text) as RunToken) : undefined;
  }

  endSession(sessionId: string): void {
    void this.sender.attempt(this.sender.publish(sessions, sessionId)).then((told) => {
      if (told === undefined) this.emitter.emit(sessions, sessionId); // the sockets of this process close in any case
    });
  }

  onSessionEnd(listener: (sessionId: string) => void): () => void {
    this.emitter.on(sessions, listener);
    return () => this.emitter.off(sessions, listener);
  }

  async close(): Promise<void> {
    this.emitter.removeAllListeners();
    this.sender.disconnect();
    this.receiver.disconnect();
  }
}

/** A pipeline resolves with the failures of its commands. */
function throwFirst(answers: [Error | null, unknown][] | null): void {
  const failed = answers?.find(([error]) => error);
  if (failed) throw failed[0];
}
