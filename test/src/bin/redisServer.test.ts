import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkRedis } from '../../../src/redisServer.js';
import { StartupError } from '../../../src/startupError.js';
import { freePort, ServerProcess } from '../../support/serverProcess.js';
import { RedisProcess } from '../../support/redisProcess.js';

/** The sentence that the start is refused with. */
async function refusal(url: string): Promise<string> {
  const error = await checkRedis(url).then(() => undefined, (reason: unknown) => reason);
  assert.ok(error instanceof StartupError, String(error));
  return error.message;
}

describe('npm start with REDIS_URL', function () {
  this.timeout(60_000);

  for (const url of ['not a url', 'http://127.0.0.1:6379']) {
    it(`refuses ${url}`, async () => {
      assert.match(await refusal(url), /^REDIS_URL cannot be read: .+\.$/);
    });
  }

  it('refuses a server that does not answer with one sentence, without its password, and ends with 1', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'persona-redis-'));
    const port = await freePort();
    const server = new ServerProcess(await freePort(), dataDir, { REDIS_URL: `redis://user:secret1@127.0.0.1:${port}` });
    try {
      assert.deepEqual(await server.ended, { code: 1, signal: null });
      const lines = server.stderr.trimEnd().split('\n').filter((line) => !line.endsWith(' …'));
      assert.equal(lines.at(-1), `Redis at 127.0.0.1:${port} cannot be used (ECONNREFUSED): start it, or correct REDIS_URL, or unset it to work without Redis.`);
      assert.doesNotMatch(server.stderr, /secret1|^ +at /m);
    } finally {
      await server.stop('SIGKILL');
      rmSync(dataDir, { recursive: true, force: true });
    }
  });

  describe('and a password', () => {
    let redis: RedisProcess | undefined;
    before(async function () {
      redis = await RedisProcess.open(this, 'right1');
    });
    after(() => redis?.stop());

    for (const [title, given] of [['a wrong', ':wrong1@'], ['no', '']]) {
      it(`refuses ${title} password with one sentence that does not repeat it`, async () => {
        const sentence = await refusal(redis!.url.replace('//', `//${given}`));
        assert.equal(sentence, `Redis at 127.0.0.1:${redis!.port} refuses the password: correct the user or the password in REDIS_URL.`);
      });
    }

    it('takes the right one', async () => {
      await checkRedis(redis!.url.replace('//', '//:right1@'));
    });
  });
});
