import assert from 'node:assert/strict';
import { RedisLive } from '../../../src/live/redisLive.js';
import type { LiveMessage } from '../../../src/runs/runEvent.js';
import { eventually } from '../../support/eventually.js';
import { RedisProcess } from '../../support/redisProcess.js';

const event = (seq: number): LiveMessage => ({ type: 'run:update', runId: 'r', seq, status: 'running' });

describe('RedisLive in an outage', function () {
  this.timeout(60_000);
  let redis: RedisProcess | undefined;
  let live: RedisLive;
  let unhandled: unknown[];
  const onUnhandled = (reason: unknown) => unhandled.push(reason);
  beforeEach(async function () {
    redis = await RedisProcess.open(this);
    unhandled = [];
    process.on('unhandledRejection', onUnhandled);
    live = new RedisLive(redis.url);
  });
  afterEach(async () => {
    process.off('unhandledRejection', onUnhandled);
    await live?.close();
    await redis?.stop();
    redis = undefined;
  });

  it('fails nobody while Redis is away, and closes the sockets of this process', async () => {
    const ended: string[] = [];
    live.onSessionEnd((sessionId) => ended.push(sessionId));
    const stop = await live.listen('r', () => {});
    await redis!.stop();
    live.publish({ type: 'run:token', runId: 'r', seq: 1, stepNumber: 1, offset: 0, text: 'a' });
    live.publish(event(1));
    live.endSession('s');
    const stopLate = await live.listen('late', () => {});
    assert.equal(await live.draft('r'), undefined);
    stop();
    stopLate();
    await eventually(() => ended.includes('s'));
    await live.close(); // rejects whatever still waits
    await new Promise(setImmediate);
    assert.deepEqual(unhandled, []);
  });

  it('tells those who listened before, or came meanwhile, when Redis is back', async () => {
    const before: LiveMessage[] = [];
    const meanwhile: LiveMessage[] = [];
    const ended: string[] = [];
    live.onSessionEnd((sessionId) => ended.push(sessionId));
    await live.listen('r', (message) => before.push(message));
    await redis!.stop();
    await live.listen('m', (message) => meanwhile.push(message));
    await redis!.start();
    const other = new RedisLive(redis!.url);
    try {
      await eventually(() => {
        other.publish(event(1));
        other.publish({ ...event(1), runId: 'm' });
        other.endSession('s');
        return before.length > 0 && meanwhile.length > 0 && ended.includes('s');
      });
    } finally {
      await other.close();
    }
    assert.deepEqual([before[0], meanwhile[0]], [event(1), { ...event(1), runId: 'm' }]);
    assert.deepEqual(unhandled, []);
  });
});
