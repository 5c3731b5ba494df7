import { EventEmitter } from 'node:events';
import { Redis } from 'ioredis';
import { logger } from '../logger.js';
import type { LiveMessage, RunToken } from '../runs/runEvent.js';
import type { Live } from './live.js';
import { extendDraft } from './memoryLive.js';

const sessions = 'persona:sessions';
const runChannel = (runId: string) => `persona:run:${runId}`;
const draftKey = (runId: string) => `persona:draft:${runId}`;

/** Live messages among all processes that share a Redis server. */
export class RedisLive implements Live {
  private readonly sender: Redis;
  private readonly receiver: Redis;
  private readonly emitter = new EventEmitter().setMaxListeners(0);
  /** The texts that this process is writing; Redis has a copy for the others. */
  private readonly drafts = new Map<string, RunToken>();

  constructor(url: string) {
    this.sender = new Redis(url);
    this.receiver = new Redis(url);
    for (const connection of [this.sender, this.receiver]) connection.on('error', (error) => logger.error({ err: error }, 'live'));
    this.receiver.on('message', (channel, text) => this.emitter.emit(channel, channel === sessions ? text : JSON.parse(text)));
    void this.receiver.subscribe(sessions);
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
    void sending.publish(runChannel(runId), JSON.stringify(message)).exec().catch((error) => logger.error({ err: error }, 'live'));
  }

  async listen(runId: string, listener: (message: LiveMessage) => void): Promise<() => void> {
    const channel = runChannel(runId);
    this.emitter.on(channel, listener);
    await this.receiver.subscribe(channel); // also when somebody listens already: it may not be in force yet
    return () => {
      this.emitter.off(channel, listener);
      if (this.emitter.listenerCount(channel) === 0) void this.receiver.unsubscribe(channel);
    };
  }

  async draft(runId: string): Promise<RunToken | undefined> {
    const text = await this.sender.get(draftKey(runId));
    return text ? (JSON.parse(text) as RunToken) : undefined;
  }

  endSession(sessionId: string): void {
    void this.sender.publish(sessions, sessionId);
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
