import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, request, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { contentSecurityPolicy, createClientFiles } from '../../../src/bin/clientFiles.js';

const page = '<script type="module" src="/assets/index-1.js"></script>';
const html = { accept: 'text/html,*/*' };

describe('the files of the client', () => {
  let folder: string;
  let server: Server | undefined;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'persona-files-'));
    mkdirSync(join(folder, 'assets'));
    writeFileSync(join(folder, 'index.html'), page);
    writeFileSync(join(folder, 'assets/index-1.js'), 'console.log(1);'.repeat(100));
    writeFileSync(join(folder, 'assets/font-1.woff2'), 'a font');
  });
  afterEach(async () => {
    server?.close();
    server = undefined;
    rmSync(folder, { recursive: true, force: true });
  });

  /** Answers of a server that says 404 for what is left to `next`. */
  async function ask(path: string, headers: Record<string, string> = {}, { method = 'GET', at = folder } = {}) {
    const files = createClientFiles(at);
    server = createServer((req, res) => files(req, res, () => res.writeHead(404).end())).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const sent = request({ host: '127.0.0.1', port, path, method, headers, agent: false }).end();
    const [res] = await once(sent, 'response');
    const chunks: Buffer[] = [];
    for await (const chunk of res) chunks.push(chunk);
    server.close();
    return { status: res.statusCode as number, headers: res.headers as IncomingHttpHeaders, body: Buffer.concat(chunks) };
  }

  it('leaves what is no file and no page to others', async () => {
    for (const path of ['/api/nothing', '/graphql', '/ws', '/healthz', '/api']) assert.equal((await ask(path, html)).status, 404, path);
    assert.equal((await ask('/assets/other.js')).status, 404);
    assert.equal((await ask('/runs', html, { method: 'POST' })).status, 404);
    assert.equal((await ask('/', html, { at: join(folder, 'absent') })).status, 404);
  });

  it('lets no path lead out of its folder', async () => {
    for (const path of ['/../package.json', '/assets/../../package.json', '/%2e%2e/package.json', '//etc/passwd']) {
      assert.equal((await ask(path)).status, 404, path);
    }
  });

  it('answers every address of a page with index.html under a strict policy', async () => {
    for (const path of ['/', '/runs/1?x=1', '/personas/create']) {
      const { status, headers, body } = await ask(path, html);
      assert.deepEqual([status, body.toString()], [200, page], path);
      assert.equal(headers['content-security-policy'], contentSecurityPolicy);
      assert.equal(headers['cache-control'], 'no-cache');
    }
    assert.doesNotMatch(contentSecurityPolicy, /unsafe|\*|https?:|data:/);
  });

  it('sends assets for ever, text compressed for those who take that', async () => {
    const script = await ask('/assets/index-1.js', { 'accept-encoding': 'gzip, br' });
    assert.match(script.headers['cache-control']!, /immutable/);
    assert.equal(script.headers['content-type'], 'text/javascript; charset=utf-8');
    assert.equal(gunzipSync(script.body).length, 1500);
    assert.equal((await ask('/assets/index-1.js')).headers['content-encoding'], undefined);
    assert.equal((await ask('/assets/font-1.woff2', { 'accept-encoding': 'gzip' })).headers['content-encoding'], undefined);
  });

  it('answers HEAD without a body, and 304 to who has the page', async () => {
    const { headers, body } = await ask('/', html, { method: 'HEAD' });
    assert.deepEqual([headers['content-length'], body.length], [String(page.length), 0]);
    const known = await ask('/', { ...html, 'if-none-match': headers.etag! });
    assert.deepEqual([known.status, known.body.length], [304, 0]);
  });
});
