import assert from 'node:assert/strict';
import type { Live } from '../../../src/live/live.js';
import { MemoryLive } from '../../../src/live/memoryLive.js';
import { RedisLive } from '../../../src/live/redisLive.js';
import type { LiveMessage, RunToken } from '../../../src/runs/runEvent.js';
import { eventually } from '../../support/eventually.js';
import { requireService } from '../../support/services.js';

const token = (offset: number, text: string): RunToken => ({ type: 'run:token', runId: 'r', seq: 1, stepNumber: 1, offset, text });
const event = (seq: number): LiveMessage => ({ type: 'run:update', runId: 'r', seq, status: 'running' });

const kinds: [string, (context: Mocha.Context) => Promise<[sender: Live, receiver: Live]>][] = [
  ['MemoryLive', async () => { const live = new MemoryLive(); return [live, live]; }],
  ['RedisLive, from one process to another', async (context) => {
    await requireService(context, 'redis');
    return [new RedisLive(process.env.TEST_REDIS_URL!), new RedisLive(process.env.TEST_REDIS_URL!)];
  }],
];

for (const [name, open] of kinds) {
  describe(name, () => {
    let sender: Live;
    let receiver: Live;
    beforeEach(async function () {
      [sender, receiver] = await open(this);
    });
    afterEach(async () => {
      await sender?.close();
      await receiver?.close();
    });

    async function listening(): Promise<LiveMessage[]> {
      const got: LiveMessage[] = [];
      await receiver.listen('r', (message) => got.push(message));
      return got;
    }

    it('tells a listener of its run, in order, and of no other', async () => {
      const got = await listening();
      sender.publish({ ...event(1), runId: 'other' });
      sender.publish(event(1));
      sender.publish(event(2));
      await eventually(() => got.length === 2);
      assert.deepEqual(got, [event(1), event(2)]);
    });

    it('tells nothing more to a listener that has left', async () => {
      const got: LiveMessage[] = [];
      const stop = await receiver.listen('r', (message) => got.push(message));
      stop();
      const others = await listening();
      sender.publish(event(1));
      await eventually(() => others.length === 1);
      assert.deepEqual(got, []);
    });

    it('keeps the text that is being written, and forgets it with the next event', async () => {
      sender.publish(token(0, 'Hel'));
      sender.publish(token(3, 'lo'));
      assert.deepEqual(await eventually(async () => { const draft = await receiver.draft('r'); return draft?.text === 'Hello' && draft; }), token(0, 'Hello'));
      sender.publish(token(0, ''));
      await eventually(async () => (await receiver.draft('r'))?.text === '');
      sender.publish(event(2));
      await eventually(async () => (await receiver.draft('r')) === undefined);
    });

    it('tells of a session that ended', async () => {
      const ended: string[] = [];
      receiver.onSessionEnd((sessionId) => ended.push(sessionId));
      await eventually(() => {
        sender.endSession('s');
        return ended.includes('s');
      });
    });
  });
}
