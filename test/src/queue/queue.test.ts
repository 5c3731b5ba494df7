import assert from 'node:assert/strict';
import { RedisQueue } from '../../../src/queue/beeQueue.js';
import { MemoryQueue } from '../../../src/queue/memoryQueue.js';
import type { Queue } from '../../../src/queue/queue.js';
import { eventually } from '../../support/eventually.js';
import { requireService } from '../../support/services.js';

const kinds: [string, (context: Mocha.Context) => Promise<[sender: Queue, worker: Queue]>][] = [
  ['MemoryQueue', async () => { const queue = new MemoryQueue(); return [queue, queue]; }],
  ['RedisQueue, from an API process to a worker', async (context) => {
    await requireService(context, 'redis');
    return [new RedisQueue(process.env.TEST_REDIS_URL!, false), new RedisQueue(process.env.TEST_REDIS_URL!, true)];
  }],
];

for (const [name, open] of kinds) {
  describe(name, () => {
    it('wakes the worker for each run', async function () {
      const [sender, worker] = await open(this);
      let woken = 0;
      worker.onWake(() => (woken += 1));
      await sender.wake('a');
      await sender.wake('b');
      await eventually(() => woken === 2);
      await sender.close();
      await worker.close();
      assert.equal(woken, 2);
    });
  });
}
