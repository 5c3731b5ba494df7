import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { allowPrivateHosts } from '../../../src/outbound/hosts.js';
import { openToolBench, toolError } from './toolRun.js';
import type { ToolBench } from './toolRun.js';

describe('fetch_page and http_request', function () {
  this.timeout(60_000);
  let bench: ToolBench;
  let server: Server;
  let origin: string;
  let seen: { url: string; method: string; headers: Record<string, unknown>; body: string }[];
  let routes: Record<string, RequestListener>;

  before(async () => {
    bench = await openToolBench();
    server = createServer((request, response) => {
      let body = '';
      request.on('data', (piece) => { body += piece; });
      request.on('end', () => {
        seen.push({ url: request.url!, method: request.method!, headers: request.headers, body });
        (routes[request.url!] ?? (() => { response.statusCode = 404; response.end('none'); }))(request, response);
      });
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  beforeEach(() => {
    allowPrivateHosts(true);
    seen = [];
    routes = {};
  });
  afterEach(() => allowPrivateHosts(false));
  after(async () => {
    server.closeAllConnections();
    server.close();
    await bench.close();
  });

  const call = async (args: object, change?: object) => (await bench.run('http_request', args, change as never)).output;
  const page = async (args: object, change?: object) => (await bench.run('fetch_page', args, change as never)).output;
  const redirect = (status: number, location: string): RequestListener => (_, response) => { response.writeHead(status, { location }).end(); };
  const answer = (type: string, body: string | Buffer, headers: object = {}): RequestListener => (_, response) => { response.writeHead(200, { 'content-type': type, ...headers }).end(body); };

  const refused: [string, RegExp][] = [
    ['example', /no web address/],
    ['file:///etc/passwd', /http:\/\/ or https:\/\//],
    ['ftp://example.com/', /http:\/\/ or https:\/\//],
    ['javascript:alert(1)', /http:\/\/ or https:\/\//],
    ['http://user:secret@example.com/', /name or password/],
  ];
  for (const [url, message] of refused) {
    it(`refuse ${url}`, async () => {
      await assert.rejects(call({ url }), toolError(message));
      await assert.rejects(page({ url }), toolError(message));
    });
  }

  for (const host of ['127.0.0.1', 'localhost', '10.0.0.1', '192.168.1.1', '169.254.169.254', '[::1]', '[::ffff:127.0.0.1]', '[fe80::1]', '2130706433', '0x7f.1', '0177.0.0.1', '127.1', '0.0.0.0', '[fd00::1]']) {
    it(`refuse the private host ${host}`, async () => {
      allowPrivateHosts(false);
      const url = `http://${host}:${new URL(origin).port}/`;
      await assert.rejects(call({ url }), toolError(/must be a host on the public internet/));
      await assert.rejects(page({ url }), toolError(/must be a host on the public internet/));
      assert.deepEqual(seen, []);
    });
  }

  it('check each redirect anew', async () => {
    routes['/away'] = (_, response) => {
      allowPrivateHosts(false);
      response.writeHead(302, { location: '/secret' }).end();
    };
    await assert.rejects(call({ url: `${origin}/away` }), toolError(/must be a host on the public internet/));
    allowPrivateHosts(true);
    await assert.rejects(page({ url: `${origin}/away` }), toolError(/must be a host on the public internet/));
    assert.deepEqual(seen.map(({ url }) => url), ['/away', '/away']);
    allowPrivateHosts(true);
    routes['/file'] = redirect(302, 'file:///etc/passwd');
    await assert.rejects(call({ url: `${origin}/file` }), toolError(/http:\/\/ or https:\/\//));
    routes['/loop'] = redirect(302, '/loop');
    await assert.rejects(call({ url: `${origin}/loop` }), toolError(/leads on more than 5 times/));
  });

  it('http_request refuses a body with GET and headers that are its own or not possible', async () => {
    const withHeader = (name: string, value: string) => call({ url: origin, headers: [{ name, value }] });
    await assert.rejects(call({ url: origin, body: 'x' }), toolError(/GET request has no body/));
    await assert.rejects(withHeader('Host', 'other.example'), toolError(/header host cannot be set/));
    await assert.rejects(withHeader('Content-Length', '5'), toolError(/cannot be set/));
    await assert.rejects(withHeader('x-a', 'b\r\nx-c: d'), toolError(/not possible in HTTP/));
    await assert.rejects(withHeader('x a', 'b'), toolError(/not possible in HTTP/));
    assert.deepEqual(seen, []);
  });

  it('say so when nothing answers, or what comes is damaged', async () => {
    await assert.rejects(call({ url: 'http://127.0.0.1:1/' }), toolError(/127\.0\.0\.1:1 could not be reached.*ECONNREFUSED/));
    routes['/damaged'] = answer('text/plain', 'no gzip', { 'content-encoding': 'gzip' });
    await assert.rejects(call({ url: `${origin}/damaged` }), toolError(/could not be read \(Z_DATA_ERROR\)/));
    routes['/cut'] = (_, response) => { response.writeHead(200, { 'content-length': '10' }).write('abc', () => response.destroy()); };
    await assert.rejects(call({ url: `${origin}/cut` }), toolError(/ECONNRESET/));
    await assert.rejects(page({ url: `${origin}/missing` }), toolError(/status 404/));
  });

  it('stop while they wait for an answer when the run is cancelled', async () => {
    for (const name of ['http_request', 'fetch_page']) {
      const controller = new AbortController();
      routes['/slow'] = () => controller.abort(new Error('cancelled'));
      await assert.rejects(bench.run(name, { url: `${origin}/slow` }, { signal: controller.signal }), /cancelled/);
    }
  });

  it('http_request sends method, headers and body, and gives what comes back', async () => {
    routes['/items?page=2'] = (_, response) => { response.writeHead(201, { 'content-type': 'application/json', 'x-left': '7' }).end('{"name":"Zoë"}'); };
    const output = await call({ url: `${origin}/items?page=2#part`, method: 'POST', headers: [{ name: 'Content-Type', value: 'application/json' }, { name: 'X-Key', value: 'k' }], body: '{"é":1}' });
    assert.deepEqual([output.status, output.body, output.url], [201, '{"name":"Zoë"}', `${origin}/items?page=2`]);
    assert.equal((output.headers as Record<string, string>)['x-left'], '7');
    const [{ method, body, headers }] = seen;
    assert.deepEqual([method, body, headers['content-type'], headers['x-key'], headers['content-length']], ['POST', '{"é":1}', 'application/json', 'k', '8']);
  });

  it('http_request gives the status of an error, and no body of HEAD or of what is no text', async () => {
    assert.deepEqual([(await call({ url: `${origin}/none` })).status, (await call({ url: `${origin}/none`, method: 'HEAD' })).body], [404, '']);
    routes['/image'] = answer('image/png', Buffer.from([0x89, 0x50, 0, 1]));
    assert.equal((await call({ url: `${origin}/image` })).note, 'The response is no text: 4 bytes of image/png.');
  });

  it('http_request keeps secrets to their site and turns POST into GET where a redirect says so', async () => {
    const other = createServer((request, response) => { response.end(JSON.stringify([request.method, request.headers.authorization ?? null, request.headers['x-a']])); }).listen(0, '127.0.0.1');
    await once(other, 'listening');
    const away = `http://127.0.0.1:${(other.address() as AddressInfo).port}/`;
    const headers = [{ name: 'Authorization', value: 'Bearer secret' }, { name: 'X-A', value: 'a' }];
    routes['/303'] = redirect(303, away);
    routes['/307'] = redirect(307, away);
    routes['/same'] = redirect(307, '/end');
    assert.equal((await call({ url: `${origin}/303`, method: 'POST', body: 'x', headers })).body, '["GET",null,"a"]');
    assert.equal((await call({ url: `${origin}/307`, method: 'PUT', body: 'x', headers })).body, '["PUT",null,"a"]');
    await call({ url: `${origin}/same`, method: 'PUT', body: 'kept', headers });
    assert.deepEqual([seen.at(-1)!.url, seen.at(-1)!.body, seen.at(-1)!.headers.authorization], ['/end', 'kept', 'Bearer secret']);
    other.closeAllConnections();
    other.close();
  });

  it('read no more than their limits, and count what is unpacked', async () => {
    routes['/bomb'] = answer('text/plain', gzipSync(Buffer.alloc(200 * 1024 * 1024, 'a')), { 'content-encoding': 'gzip' });
    const output = await call({ url: `${origin}/bomb` });
    assert.deepEqual([String(output.body).length, output.isCut], [50_000, true]);
    const read = await page({ url: `${origin}/bomb`, limit: 10 });
    assert.deepEqual([read.content, read.isCut], ['aaaaaaaaaa', true]);
    assert.ok(Number(read.totalCharacters) <= 4 * 1024 * 1024);
  });

  it('fetch_page gives what people read on a page, in parts when it is long', async () => {
    routes['/page'] = answer('text/html; charset=iso-8859-1', Buffer.from('<head><title>Menus &amp; more</title></head><nav>Menu</nav><script>no()</script><h1>Caf\u00e9</h1><p>Open &amp; <b>warm</b>.</p>', 'latin1'));
    routes['/go'] = redirect(301, '/page');
    const { url, content, totalCharacters } = await page({ url: `${origin}/go` });
    assert.equal(url, `${origin}/page`);
    assert.match(String(content), /^# Menus & more\n+# Café\n+Open & warm\.$/);
    assert.doesNotMatch(String(content), /Menu\b|no\(\)/);
    const part = await page({ url: `${origin}/page`, offset: 2, limit: 5 });
    assert.deepEqual([part.content, part.nextOffset, part.totalCharacters], ['Menus', 7, totalCharacters]);
    await assert.rejects(page({ url: `${origin}/page`, offset: 10_000 }), toolError(/past its end/));
  });

  it('fetch_page reads text, JSON and nothing at all, and refuses pictures', async () => {
    routes['/a.txt'] = answer('text/plain', 'Just text.');
    routes['/empty'] = answer('text/html', '');
    routes['/image'] = answer('image/png', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0]));
    assert.match(String((await page({ url: `${origin}/a.txt` })).content), /^Just text\.\s*$/);
    assert.equal((await page({ url: `${origin}/empty` })).content, '');
    await assert.rejects(page({ url: `${origin}/image` }), toolError(/cannot be read as text \(image\/png\)/));
  });
});
