import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { migrations } from '../../../migrations/index.js';
import { routes } from '../../../rest-adapter/routes.js';

interface Ended {
  code: number;
  stdout: string;
  stderr: string;
}

const folder = mkdtempSync(join(tmpdir(), 'persona-commands-'));

function command(name: string, args: string[] = [], env: Record<string, string> = {}): Promise<Ended> {
  const program = fileURLToPath(new URL(`../../../src/bin/${name}.js`, import.meta.url));
  const all = { PATH: process.env.PATH, DATABASE_URL: '', REDIS_URL: '', WORKER_CONCURRENCY: '', NODE_ENV: '', DATA_DIR: join(folder, 'data'), ...env };
  return new Promise((resolve) => {
    execFile(process.execPath, [program, ...args], { env: all }, (error, stdout, stderr) => resolve({ code: error ? Number(error.code) : 0, stdout, stderr }));
  });
}

describe('the other commands', function () {
  this.timeout(60_000);
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('npm run worker says what it needs', async () => {
    const { code, stderr } = await command('worker');
    assert.equal(code, 1);
    assert.match(stderr, /^A worker of its own needs DATABASE_URL and REDIS_URL to be set; .+\.\n$/);
  });

  it('npm run worker refuses to do nothing', async () => {
    const env = { DATABASE_URL: 'postgres://127.0.0.1/none', REDIS_URL: 'redis://127.0.0.1', WORKER_CONCURRENCY: '0' };
    assert.match((await command('worker', [], env)).stderr, /^WORKER_CONCURRENCY is 0, .+\.\n$/);
  });

  it('npm run migrate refuses an unknown direction and names the known ones', async () => {
    const { code, stderr } = await command('migrate', ['sideways']);
    assert.equal(code, 1);
    assert.equal(stderr, 'There is no direction "sideways": use one of latest, rollback, up, down.\n');
  });

  it('npm run migrate makes the tables, then has nothing to do, then takes one back', async () => {
    const names = migrations.map(({ name }) => name);
    assert.equal((await command('migrate')).stdout, `${names.join('\n')}\n`);
    assert.equal((await command('migrate')).stdout, 'There was nothing to do.\n');
    assert.equal((await command('migrate', ['down'])).stdout, `${names.at(-1)}\n`);
  });

  it('npm run routes prints a line for each REST route', async () => {
    const { stdout } = await command('routes');
    const [head, ...lines] = stdout.trimEnd().split('\n');
    assert.match(head!, /^method +path +operation +resolver +rule +test$/);
    assert.equal(lines.length, routes.length);
    for (const [index, { method, path, operation }] of routes.entries()) {
      assert.deepEqual(lines[index]!.split(/ {2,}/).slice(0, 3), [method, path, operation]);
    }
  });
});
