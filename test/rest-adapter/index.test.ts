import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import express from 'express';
import { listen } from '../support/listen.js';
import { adapterWith, id, resolvers, seen, signedIn, useAdapter, viewer } from './plainAdapter.js';

describe('REST adapter: bad input', () => {
  const server = useAdapter(() => adapterWith(resolvers));

  const post = (body: string | Buffer, headers: Record<string, string> = { 'content-type': 'application/json' }) =>
    server.send('POST', '/api/personas', { headers: { ...signedIn, ...headers }, body });

  for (const [what, body] of [['malformed JSON', '{"name":'], ['a list', '[]'], ['null', 'null'], ['a number', '5'], ['text', '"x"']] as const) {
    it(`answers 400 to a body that is ${what}`, async () => {
      const answer = await post(body);
      assert.equal(answer.status, 400);
      assert.deepEqual(answer.json, {
        error: 'The body must be a JSON object', code: 'VALIDATION_ERROR', details: { body: 'Body must be a JSON object' },
      });
      assert.equal(seen.last, undefined);
    });
  }

  it('answers 400 to a body that is not what its encoding says', async () => {
    const answer = await post('{}', { 'content-type': 'application/json', 'content-encoding': 'gzip' });
    assert.deepEqual([answer.status, answer.json.code], [400, 'VALIDATION_ERROR']);
  });

  it('answers 413 to a body over 1 MiB, also when it is sent in chunks', async () => {
    const body = JSON.stringify({ name: 'x'.repeat(1024 * 1024) });
    for (const headers of [{}, { 'transfer-encoding': 'chunked', 'content-length': [] }] as Record<string, string>[]) {
      const answer = await post(body, { 'content-type': 'application/json', ...headers });
      assert.deepEqual([answer.status, answer.json.code], [413, 'PAYLOAD_TOO_LARGE']);
    }
  });

  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', undefined]) {
    it(`answers 415 to the content type ${type}`, async () => {
      const answer = await post('{"name":"x","systemPrompt":"y"}', type === undefined ? {} : { 'content-type': type });
      assert.deepEqual([answer.status, answer.json.code], [415, 'UNSUPPORTED_MEDIA_TYPE']);
      assert.equal(seen.last, undefined);
    });
  }

  it('answers 415 to a charset or an encoding that it cannot read', async () => {
    const charset = await post('{}', { 'content-type': 'application/json; charset=latin1' });
    const encoding = await post('{}', { 'content-type': 'application/json', 'content-encoding': 'zip' });
    assert.deepEqual([charset.status, encoding.status], [415, 415]);
  });

  it('names each missing field when there is no body at all', async () => {
    const answer = await server.send('POST', '/api/auth/login');
    assert.equal(answer.status, 400);
    assert.deepEqual(answer.json, {
      error: 'Validation error', code: 'VALIDATION_ERROR',
      details: { email: 'Email is required', password: 'Password is required' },
    });
  });

  it('names the parameter of the query string that is not a whole number', async () => {
    for (const page of ['abc', '1.5', '', '1e3', '99999999999']) {
      const answer = await server.send('GET', `/api/personas?page=${page}`, { headers: signedIn });
      assert.deepEqual([answer.status, answer.json.details], [400, { page: 'Page must be a whole number' }], page);
    }
  });

  it('names a parameter that is given twice', async () => {
    const answer = await server.send('GET', '/api/personas?page=1&page=2&search=a&search=b', { headers: signedIn });
    assert.equal(answer.status, 400);
    assert.deepEqual(answer.json.details, { page: 'Page must be a whole number', search: 'Search must be text' });
  });

  it('answers 400 to a path that cannot be decoded', async () => {
    const answer = await server.send('GET', '/api/personas/%zz', { headers: signedIn });
    assert.deepEqual([answer.status, answer.json.details], [400, { path: 'Path must be correctly percent-encoded' }]);
  });

  it('answers 404 as JSON to an unknown route, whoever asks', async () => {
    for (const path of ['/api', '/api/', '/api/nothing', '/api/personas/x/y/z', '/api/Personas', '/api//personas']) {
      const answer = await server.send('GET', path);
      assert.equal(answer.status, 404, path);
      assert.deepEqual(answer.json, { error: 'Route not found', code: 'NOT_FOUND' });
    }
  });

  it('answers 405 with Allow to a method that the path does not take', async () => {
    const answer = await server.send('PATCH', '/api/personas', { headers: signedIn });
    assert.equal(answer.status, 405);
    assert.equal(answer.headers.allow, 'GET, POST, HEAD, OPTIONS');
    assert.equal(answer.json.code, 'METHOD_NOT_ALLOWED');
  });
});

describe('REST adapter: strangers', () => {
  const server = useAdapter(() => adapterWith(resolvers));

  for (const authorization of [undefined, 'Bearer', 'Bearer ', 'good', 'Basic good', 'Bearer bad', 'Bearer good bad']) {
    it(`answers 401 to Authorization: ${authorization}`, async () => {
      const answer = await server.send('GET', '/api/users/me', { headers: authorization === undefined ? {} : { authorization } });
      assert.equal(answer.status, 401);
      assert.equal(answer.headers['www-authenticate'], 'Bearer');
      assert.deepEqual(answer.json, { error: 'Authentication required', code: 'UNAUTHORIZED' });
      assert.equal(seen.last, undefined);
    });
  }

  it('asks who it is before it reads the body', async () => {
    const answer = await server.send('POST', '/api/personas', { headers: { 'content-type': 'application/json' }, body: '{' });
    assert.equal(answer.status, 401);
  });

  it('takes no token where none is needed', async () => {
    const answer = await server.send('POST', '/api/auth/login', { headers: { authorization: 'Bearer bad' }, body: { email: 'a', password: 'b' } });
    assert.equal(answer.status, 200);
    assert.equal(seen.last?.context.viewer, null);
  });
});

describe('REST adapter: works', () => {
  const server = useAdapter(() => adapterWith(resolvers));

  it('answers with the presented body and the standard headers', async () => {
    const answer = await server.send('GET', '/api/users/me', { headers: signedIn });
    assert.equal(answer.status, 200);
    assert.deepEqual(answer.json, { id, email: 'demo@example.com', name: 'Demo', role: 'user', createdAt: 'then', lastLoginAt: null });
    assert.equal(answer.headers['content-type'], 'application/json; charset=utf-8');
    assert.equal(answer.headers['content-length'], String(answer.bytes.length));
    assert.equal(answer.headers['cache-control'], 'no-store');
    assert.equal(answer.headers['x-content-type-options'], 'nosniff');
    assert.match(String(answer.headers['x-request-id']), /^[\w-]{36}$/);
  });

  it('gives the operation its viewer and a request id', async () => {
    const answer = await server.send('GET', '/api/users/me', { headers: { authorization: 'bearer good' } });
    assert.deepEqual(seen.last?.context.viewer, viewer);
    assert.equal(seen.last?.context.requestId, answer.headers['x-request-id']);
  });

  it('keeps a well-formed X-Request-Id and no other', async () => {
    const kept = await server.send('GET', '/api/users/me', { headers: { ...signedIn, 'x-request-id': 'proxy-7' } });
    const replaced = await server.send('GET', '/api/users/me', { headers: { ...signedIn, 'x-request-id': 'a b<script>' } });
    assert.equal(kept.headers['x-request-id'], 'proxy-7');
    assert.match(String(replaced.headers['x-request-id']), /^[0-9a-f-]{36}$/);
  });

  it('makes variables of the query string by their types', async () => {
    await server.send('GET', '/api/personas?page=2&limit=5&search=5%20%26&other=1', { headers: signedIn });
    assert.deepEqual({ ...seen.last?.args }, { page: 2, limit: 5, search: '5 &' });
  });

  it('leaves out what the query string leaves out', async () => {
    await server.send('GET', '/api/personas?', { headers: signedIn });
    assert.deepEqual({ ...seen.last?.args }, { page: 1, limit: 20 });
  });

  it('takes the named fields of the body and no others', async () => {
    const body = '{"name":"A","systemPrompt":"S","id":"x","ownerId":"x","createdAt":"x","__proto__":{"description":"x"}}';
    const answer = await server.send('POST', '/api/personas', { headers: { ...signedIn, 'content-type': 'application/json' }, body });
    assert.equal(answer.status, 201);
    assert.deepEqual({ ...seen.last?.args.input }, { name: 'A', systemPrompt: 'S' });
  });

  it('tells null from a field that is left out', async () => {
    const body = { name: 'A', systemPrompt: 'S', description: null };
    await server.send('POST', '/api/personas', { headers: signedIn, body });
    assert.deepEqual({ ...seen.last?.args.input }, { name: 'A', systemPrompt: 'S', description: null });
  });

  it('reads a compressed body, and other JSON content types', async () => {
    const body = gzipSync('{"name":"Zipped","systemPrompt":"S"}');
    const headers = { ...signedIn, 'content-type': 'application/merge-patch+json; charset=UTF-8', 'content-encoding': 'gzip' };
    const answer = await server.send('POST', '/api/personas', { headers, body });
    assert.equal(answer.status, 201);
    assert.equal(seen.last?.args.input.name, 'Zipped');
  });

  it('leaves all that is not below /api to the next handler', async () => {
    for (const path of ['/', '/graphql', '/apiary', '/?/api/', '/healthz']) {
      assert.equal((await server.send('GET', path)).status, 299, path);
    }
  });

  it('works as a middleware of Express', async () => {
    const app = express();
    app.use(adapterWith(resolvers));
    app.get('/else', (_req, res) => void res.send('else'));
    const other = await listen(app);
    try {
      assert.equal((await other.send('GET', `/api/personas/${id}`, { headers: signedIn })).json.name, 'Assistant');
      const body = { name: 'A', systemPrompt: 'S' };
      assert.equal((await other.send('POST', '/api/personas', { headers: signedIn, body })).status, 201);
      assert.equal((await other.send('GET', '/else')).text, 'else');
    } finally {
      await other.close();
    }
  });
});

describe('REST adapter: edges', () => {
  const server = useAdapter(() => adapterWith(resolvers));

  it('answers HEAD with the headers of GET and no body', async () => {
    const get = await server.send('GET', `/api/personas/${id}`, { headers: signedIn });
    const head = await server.send('HEAD', `/api/personas/${id}`, { headers: signedIn });
    assert.equal(head.status, 200);
    assert.equal(head.text, '');
    assert.equal(head.headers['content-length'], get.headers['content-length']);
    assert.equal((await server.send('HEAD', '/api/users/me')).status, 401);
  });

  it('answers OPTIONS with the methods of the path', async () => {
    const answer = await server.send('OPTIONS', '/api/personas');
    assert.equal(answer.status, 204);
    assert.equal(answer.headers.allow, 'GET, POST, HEAD, OPTIONS');
    assert.equal((await server.send('OPTIONS', '/api/nothing')).status, 404);
  });

  it('takes a path with a slash at its end for the same', async () => {
    assert.equal((await server.send('GET', '/api/personas/?page=3', { headers: signedIn })).status, 200);
    assert.equal(seen.last?.args.page, 3);
  });

  it('gives a very long id to the schema', async () => {
    await server.send('GET', `/api/personas/${'a'.repeat(5000)}%2F%20`, { headers: signedIn });
    assert.equal(seen.last?.args.id.length, 5002);
  });
});
