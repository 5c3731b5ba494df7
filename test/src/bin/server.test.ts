import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { WebSocket } from 'ws';
import { eventually } from '../../support/eventually.js';
import { freePort, ServerProcess } from '../../support/serverProcess.js';

const demo = { email: 'demo@persona-platform.local', password: 'demo123' };

describe('npm start', function () {
  this.timeout(60_000);
  let folder: string;
  let dataDir: string;
  const started: ServerProcess[] = [];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'persona-start-'));
    dataDir = join(folder, 'data');
  });
  afterEach(async () => {
    await Promise.all(started.splice(0).map((server) => server.stop('SIGKILL')));
    rmSync(folder, { recursive: true, force: true });
  });

  async function start(env: Record<string, string> = {}, port?: number): Promise<ServerProcess> {
    const server = new ServerProcess(port ?? await freePort(), dataDir, env);
    started.push(server);
    return server;
  }

  /** The one sentence that a start ends with; what it was doing before has a line each. */
  async function refusal(env: Record<string, string>, port?: number): Promise<string> {
    const server = await start(env, port);
    assert.deepEqual(await server.ended, { code: 1, signal: null });
    assert.equal(server.stdout, '');
    const lines = server.stderr.trimEnd().split('\n').filter((line) => !line.endsWith(' …'));
    assert.equal(lines.length, 1, server.stderr);
    return lines[0]!;
  }

  async function signIn(server: ServerProcess): Promise<string> {
    const response = await fetch(`${server.address}/api/auth/login`, {
      method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(demo),
    });
    assert.equal(response.status, 200);
    return ((await response.json()) as { token: string }).token;
  }

  it('refuses a bad variable with one sentence', async () => {
    assert.match(await refusal({ WORKER_CONCURRENCY: 'many' }), /^WORKER_CONCURRENCY must be a whole number from 0 to 64: .+\.$/);
  });

  it('refuses a busy port with one sentence, and has written nothing', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    assert.equal(await refusal({}, port), `Port ${port} on 127.0.0.1 is taken by another program: stop that one, or set PORT to another port.`);
    other.close();
    assert.ok(!existsSync(dataDir));
  });

  it('refuses an address of another machine with one sentence', async () => {
    assert.match(await refusal({ HOST: '192.0.2.1' }), /^192\.0\.2\.1 is no address of this machine: set HOST to .+\.$/);
  });

  it('refuses a folder that cannot be written with one sentence', async () => {
    writeFileSync(dataDir, 'a file in the way');
    assert.match(await refusal({}), /cannot be written \(\w+\): .+ DATA_DIR .+\.$/);
  });

  it('refuses a folder in a place where none can be made, instead of trying for ever', async () => {
    assert.match(await refusal({ DATA_DIR: '/proc/platform/data' }), /^The folder \/proc\/platform\S* cannot be written \(\w+\): .+ DATA_DIR .+\.$/);
  });

  it('refuses demo accounts in production with one sentence', async () => {
    assert.match(await refusal({ NODE_ENV: 'production', SEED_DEMO: 'true' }), /SEED_DEMO=false\.$/);
  });

  it('refuses a database server that does not answer with one sentence, without its password', async () => {
    const sentence = await refusal({ DATABASE_URL: `postgres://user:secret1@127.0.0.1:${await freePort()}/personas` });
    assert.match(sentence, /^PostgreSQL at 127\.0\.0\.1:\d+ .+ DATABASE_URL.+\.$/);
    assert.doesNotMatch(sentence, /secret1/);
  });

  describe('in an empty folder', () => {
    let server: ServerProcess;
    let kept: string;
    before(async () => {
      kept = mkdtempSync(join(tmpdir(), 'persona-started-'));
      server = await new ServerProcess(await freePort(), kept).ready();
    });
    after(async () => {
      await server.stop('SIGKILL');
      rmSync(kept, { recursive: true, force: true });
    });

    it('refuses a second process with one sentence', async () => {
      dataDir = kept;
      assert.match(await refusal({}), new RegExp(`in use by process ${server.process.pid}: .+ DATA_DIR .+\\.$`));
    });

    it('says what is in force', () => {
      for (const line of [
        server.address, `${demo.email} / ${demo.password}`, 'admin@persona-platform.local / admin123 (admin)', 'local (',
        'openai is off: openai needs OPENAI_API_KEY', 'files only: no code is run', 'embedded PostgreSQL', kept,
      ]) assert.ok(server.stdout.includes(line), `${line} is not in ${server.stdout}`);
    });

    it('GET /healthz says that it is well', async () => {
      assert.deepEqual(await (await fetch(`${server.address}/healthz`)).json(), { status: 'ok' });
    });

    it('GET / leads a browser to a page', async () => {
      const response = await fetch(server.address, { headers: { accept: 'text/html' } });
      assert.equal(response.status, 200);
      assert.match(response.headers.get('content-type')!, /^text\/html/);
    });

    for (const [method, path] of [['GET', '/unknown'], ['GET', '/api/unknown'], ['GET', '/healthz/deeper'], ['POST', '/'], ['GET', '/%E0%A4']]) {
      it(`${method} ${path} is 404 as JSON`, async () => {
        const response = await fetch(server.address + path, { method });
        assert.equal(response.status, 404);
        assert.equal(((await response.json()) as { code: string }).code, 'NOT_FOUND');
      });
    }

    it('refuses to open a socket at an unknown path', async () => {
      const socket = new WebSocket(`${server.address.replace('http', 'ws')}/unknown`);
      const [error] = (await once(socket, 'error')) as [Error];
      assert.match(error.message, /404/);
    });

    it('DELETE /api/personas/:id takes the files of the persona with it, and no others', async () => {
      const headers = { authorization: `Bearer ${await signIn(server)}`, 'content-type': 'application/json' };
      const body = JSON.stringify({ name: 'Short-lived', systemPrompt: 'You help.' });
      const persona = (await (await fetch(`${server.address}/api/personas`, { method: 'POST', headers, body })).json()) as { id: string };
      const [own, other] = [persona.id, 'of-another'].map((name) => join(kept, 'workspaces', name, 'a.txt')) as [string, string];
      for (const path of [own, other]) {
        mkdirSync(dirname(path), { recursive: true });
        writeFileSync(path, 'a');
      }
      await fetch(`${server.address}/api/personas/${persona.id}`, { method: 'DELETE', headers });
      await eventually(() => !existsSync(own));
      assert.ok(existsSync(other));
    });

    it('keeps what there was, accepts no token of another secret, and makes no accounts unless told', async () => {
      const token = await signIn(server);
      const [before] = await personasOf(server, token);
      assert.equal(await closeCodeAtStop(server, token), 1001, 'the client of a socket was not told that the server goes away');
      dataDir = kept;
      const again = await (await start({ SEED_DEMO: 'false', JWT_SECRET: 'another secret with more than 32 characters' })).ready();
      assert.doesNotMatch(again.stdout, /Accounts|demo123/);
      assert.equal((await fetch(`${again.address}/api/users/me`, { headers: { authorization: `Bearer ${token}` } })).status, 401);
      assert.deepEqual(await personasOf(again, await signIn(again)), [before]);
      assert.deepEqual(await again.stop('SIGINT'), { code: 0, signal: null });
      assert.match(await refusal({ NODE_ENV: 'production' }), /^Anyone could sign in as demo@.+\.$/);
    });
  });

  /** Opens a socket, stops the server, and gives the code that the socket is closed with. */
  async function closeCodeAtStop(server: ServerProcess, token: string): Promise<number> {
    const socket = new WebSocket(`${server.address.replace('http', 'ws')}/ws?token=${token}`);
    await once(socket, 'open');
    const closed = once(socket, 'close');
    assert.deepEqual(await server.stop(), { code: 0, signal: null });
    return (await closed)[0];
  }

  async function personasOf(server: ServerProcess, token: string): Promise<unknown[]> {
    const response = await fetch(`${server.address}/api/personas`, { headers: { authorization: `Bearer ${token}` } });
    return ((await response.json()) as { data: unknown[] }).data;
  }
});
