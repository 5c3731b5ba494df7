import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort, ServerProcess } from '../../support/serverProcess.js';

const request = 'Create a PowerPoint for HR presentation about Q1 results';

describe('npm run demo', function () {
  this.timeout(120_000);
  const folder = mkdtempSync(join(tmpdir(), 'persona-demo-'));
  after(() => rmSync(folder, { recursive: true, force: true }));

  function demo(port: number, env: Record<string, string> = {}, words = [request]): Promise<{ code: number; stdout: string; stderr: string }> {
    const program = fileURLToPath(new URL('../../../src/bin/demo.js', import.meta.url));
    const all = { PATH: process.env.PATH, DATABASE_URL: '', REDIS_URL: '', PUBLIC_URL: '', SEED_DEMO: '', NODE_ENV: '', HOST: '', PORT: String(port), DATA_DIR: join(folder, 'data'), ...env };
    return new Promise((resolve) => {
      execFile(process.execPath, [program, ...words], { cwd: folder, env: all }, (error, stdout, stderr) =>
        resolve({ code: error ? Number(error.code) : 0, stdout, stderr }));
    });
  }

  const presentations = () => readdirSync(folder).filter((name) => name.endsWith('.pptx'));

  it('says so when the port belongs to another program', async () => {
    const other = createServer((_, res) => res.end('something else')).listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { code, stderr } = await demo((other.address() as AddressInfo).port);
    other.close();
    assert.equal(code, 1);
    assert.match(stderr, /^http:\/\/127\.0\.0\.1:\d+ is not this platform: set PORT or PUBLIC_URL .+\n$/);
  });

  it('says so when nobody answers at PUBLIC_URL', async () => {
    const { code, stderr } = await demo(1, { PUBLIC_URL: `http://127.0.0.1:${await freePort()}` });
    assert.equal(code, 1);
    assert.match(stderr, /^Nobody answers at http:\/\/127\.0\.0\.1:\d+: .+\n$/);
  });

  it('says so when there are no demo accounts', async () => {
    const { code, stderr } = await demo(await freePort(), { SEED_DEMO: 'false' });
    assert.equal(code, 1);
    assert.match(stderr, /demo@persona-platform\.local cannot sign in \(.+ Invalid email or password\): .+ SEED_DEMO=true\.\n$/);
  });

  it('starts a server of its own, shows each step, and saves the presentation', async () => {
    const { code, stdout, stderr } = await demo(await freePort());
    assert.equal(code, 0, stderr);
    assert.match(stdout, /^1\. llm_call$/m);
    assert.match(stdout, /^\d+\. tool_call generate_powerpoint\n {3}completed in \d+ ms$/m);
    const [name] = presentations();
    assert.ok(name, stdout);
    assert.ok(stdout.includes(`Saved ${join(folder, name)}`));
    assert.equal(readFileSync(join(folder, name)).subarray(0, 2).toString(), 'PK');
  });

  it('uses the server that runs already, and overwrites no file', async () => {
    const server = await new ServerProcess(await freePort(), join(folder, 'data')).ready();
    try {
      const port = Number(new URL(server.address).port);
      const [name] = presentations();
      writeFileSync(join(folder, name!), 'mine');
      assert.equal((await demo(port)).code, 0);
      assert.equal(readFileSync(join(folder, name!), 'utf8'), 'mine');
      assert.ok(presentations().includes(name!.replace('.pptx', '-2.pptx')));
      assert.equal(server.process.exitCode, null);
    } finally {
      await server.stop();
    }
  });
});
