import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { mock } from 'node:test';
import { PlatformError } from '../../../src/errors.js';
import type { Limiter, LimitSettings } from '../../../src/limits/limiter.js';
import { createMemoryLimiter } from '../../../src/limits/memoryLimiter.js';
import { createRedisLimiter } from '../../../src/limits/redisLimiter.js';
import { logger } from '../../../src/logger.js';
import { requireService } from '../../support/services.js';

const few: LimitSettings = { requests: 3, uploads: 2, runs: 1 };

/** The error that a take is refused with. */
async function refusal(taking: Promise<unknown>): Promise<PlatformError> {
  const error = await taking.then(() => assert.fail('it was allowed'), (thrown: unknown) => thrown);
  assert.ok(error instanceof PlatformError, String(error));
  return error;
}

const kinds: [string, (context: Mocha.Context) => Promise<[Limiter, Limiter]>][] = [
  ['createMemoryLimiter', async () => { const limiter = createMemoryLimiter(few); return [limiter, limiter]; }],
  ['createRedisLimiter, over two connections', async (context) => {
    await requireService(context, 'redis');
    const url = process.env.TEST_REDIS_URL!;
    return [await createRedisLimiter(url, few), await createRedisLimiter(url, few)];
  }],
];

for (const [name, open] of kinds) {
  describe(name, () => {
    let here: Limiter;
    let there: Limiter;
    before(async function () {
      [here, there] = await open(this);
    });
    after(async () => {
      await here?.close();
      await there?.close();
    });

    it('refuses one too many with the seconds to wait, and says what is left until then', async () => {
      const key = randomUUID();
      const now = Math.floor(Date.now() / 1000);
      const taken = [await here.take('requests', key), await there.take('requests', key), await here.take('requests', key)];
      assert.deepEqual(taken.map(({ limit, remaining }) => [limit, remaining]), [[3, 2], [3, 1], [3, 0]]);
      for (const { resetAt } of taken) assert.ok(resetAt >= now + 59 && resetAt <= now + 75, `${resetAt - now}`);
      for (const limiter of [here, there]) {
        const { code, message, details } = await refusal(limiter.take('requests', key));
        assert.deepEqual([code, message, details?.limit, details?.remaining], ['RATE_LIMIT_EXCEEDED', 'Rate limit exceeded', 3, 0]);
        const { retryAfter } = details as { retryAfter: number };
        assert.ok(Number.isInteger(retryAfter) && retryAfter >= 1 && retryAfter <= 60, `${retryAfter}`);
      }
    });

    it('counts each key and each limit by itself', async () => {
      const key = randomUUID();
      await here.take('runs', key);
      await refusal(there.take('runs', key));
      await there.take('runs', `${key}x`);
      assert.equal((await there.take('requests', key)).remaining, 2);
    });

    it('tells what is left without counting', async () => {
      const key = randomUUID();
      assert.equal((await here.left('uploads', key)).remaining, 2);
      await here.take('uploads', key);
      for (let times = 0; times < 3; times++) assert.equal((await there.left('uploads', key)).remaining, 1);
    });

    it('gives back, and clears', async () => {
      const key = randomUUID();
      await here.take('runs', key);
      await there.giveBack('runs', key);
      await here.take('runs', key);
      await refusal(here.take('runs', key));
      await there.clear('runs', key);
      assert.equal((await here.take('runs', key)).remaining, 0);
    });

    it('lets no more through when all come at once', async () => {
      const key = randomUUID();
      const all = await Promise.allSettled(Array.from({ length: 20 }, (_, index) => (index % 2 ? here : there).take('requests', key)));
      assert.equal(all.filter(({ status }) => status === 'fulfilled').length, 3);
    });
  });
}

describe('createMemoryLimiter', () => {
  afterEach(() => mock.timers.reset());

  it('begins to count anew when the minute is over', async () => {
    mock.timers.enable({ apis: ['Date', 'setTimeout'] });
    const limiter = createMemoryLimiter(few);
    await limiter.take('runs', 'ann');
    mock.timers.tick(59_000);
    assert.equal((await refusal(limiter.take('runs', 'ann'))).details?.retryAfter, 1);
    mock.timers.tick(1_000);
    assert.equal((await limiter.take('runs', 'ann')).remaining, 0);
  });
});

describe('createRedisLimiter', () => {
  it('counts together with another process', async function () {
    await requireService(this, 'redis');
    const [key, url] = [randomUUID(), process.env.TEST_REDIS_URL!];
    const program = `
      import { createRedisLimiter } from ${JSON.stringify(new URL('../../../src/limits/redisLimiter.js', import.meta.url).href)};
      const limiter = await createRedisLimiter(${JSON.stringify(url)}, ${JSON.stringify(few)});
      for (let each = 0; each < 2; each++) await limiter.take('requests', '${key}');
      await limiter.close();`;
    execFileSync(process.execPath, ['--input-type=module', '-e', program]);
    const limiter = await createRedisLimiter(url, few);
    assert.equal((await limiter.take('requests', key)).remaining, 0);
    await refusal(limiter.take('requests', key));
    await limiter.close();
  });
});

describe('createRedisLimiter without Redis', () => {
  let said: string[];
  beforeEach(() => {
    said = [];
    mock.method(logger, 'error', (text: string) => said.push(text));
  });
  afterEach(() => mock.restoreAll());

  it('counts in this process when Redis is not there at the start, and says so once', async () => {
    const limiter = await createRedisLimiter('redis://127.0.0.1:1', few);
    for (const remaining of [2, 1, 0]) assert.equal((await limiter.take('requests', 'ann')).remaining, remaining);
    await refusal(limiter.take('requests', 'ann'));
    await limiter.giveBack('requests', 'ann');
    await limiter.clear('requests', 'ann');
    assert.equal((await limiter.left('requests', 'ann')).remaining, 3);
    assert.equal(said.length, 1);
    assert.match(said[0]!, /Redis does not answer/);
    await limiter.close();
  });

  it('goes on when Redis goes away', async function () {
    await requireService(this, 'redis');
    const wires = new Set<Socket>();
    const proxy = createServer((wire) => {
      wires.add(wire);
      const { port, hostname } = new URL(process.env.TEST_REDIS_URL!);
      wire.on('error', () => {}).pipe(connect(Number(port || 6379), hostname).on('error', () => {})).pipe(wire);
    }).listen(0, '127.0.0.1');
    await once(proxy, 'listening');
    const limiter = await createRedisLimiter(`redis://127.0.0.1:${(proxy.address() as AddressInfo).port}`, few);
    const key = randomUUID();
    assert.equal((await limiter.take('requests', key)).remaining, 2);
    proxy.close();
    for (const wire of wires) wire.destroy();
    for (const remaining of [2, 1, 0]) assert.equal((await limiter.take('requests', key)).remaining, remaining);
    assert.equal(said.length, 1);
    await limiter.close();
  });
});
