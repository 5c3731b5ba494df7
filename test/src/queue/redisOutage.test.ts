import assert from 'node:assert/strict';
import { RedisQueue } from '../../../src/queue/beeQueue.js';
import { eventually } from '../../support/eventually.js';
import { RedisProcess } from '../../support/redisProcess.js';

describe('RedisQueue in an outage', function () {
  this.timeout(60_000);
  let redis: RedisProcess | undefined;
  let sender: RedisQueue;
  let worker: RedisQueue;
  let woken: number;
  beforeEach(async function () {
    redis = await RedisProcess.open(this);
    sender = new RedisQueue(redis.url, false);
    worker = new RedisQueue(redis.url, true);
    woken = 0;
    worker.onWake(() => (woken += 1));
    await Promise.all([sender.check(), worker.check()]);
  });
  afterEach(async () => {
    redis?.signal('SIGCONT');
    await Promise.all([sender?.close(), worker?.close()]);
    await redis?.stop();
    redis = undefined;
  });

  it('refuses to wake and is not well while Redis is away', async () => {
    await redis!.stop();
    await assert.rejects(sender.check());
    await assert.rejects(sender.wake('a'));
    await assert.rejects(worker.check());
  });

  it('refuses to wake and is not well while Redis says nothing', async () => {
    redis!.signal('SIGSTOP');
    await assert.rejects(sender.check(), /does not answer/);
    await assert.rejects(sender.wake('a'), /does not answer/);
  });

  it('wakes the worker again each time that Redis is back, though it has forgotten everything', async () => {
    for (let outage = 1; outage <= 2; outage += 1) {
      await redis!.stop();
      await assert.rejects(sender.wake('lost'));
      await redis!.start();
      await eventually(() => Promise.all([sender.check(), worker.check()]).then(() => true, () => false));
      const before = woken;
      await sender.wake('a');
      await eventually(() => woken > before);
    }
  });
});
