import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createRestAdapter } from '../../rest-adapter/index.js';
import { routes } from '../../rest-adapter/routes.js';
import { forbidden, notFound, unauthorized } from '../../src/errors.js';
import { type Listening, listen } from '../support/listen.js';
import { temporaryFolder } from '../support/temporaryFolder.js';
import { plainSchema } from './plainSchema.js';

const runId = '00000000-0000-4000-8000-000000000001';
const artifactId = '00000000-0000-4000-8000-000000000002';
const bytes = Buffer.from(Array.from({ length: 1000 }, (_, index) => index % 256));
const sha256 = createHash('sha256').update(bytes).digest('hex');
const pptx = 'application/vnd.openxmlformats-officedocument.presentationml.presentation';
const path = `/api/runs/${runId}/artifacts/${artifactId}`;
const signedIn = { authorization: 'Bearer good' };

describe('REST adapter: a file', () => {
  let server: Listening;
  let folder: string;
  let artifact: Record<string, unknown>;
  let opened: unknown[];
  let logged: unknown[];

  before(async () => {
    folder = await temporaryFolder();
    await writeFile(join(folder, '.kept 100%'), bytes);
    const schema = plainSchema({
      artifact: (args) => {
        if (args.id === runId) throw forbidden();
        if (args.runId !== runId) throw notFound('Artifact');
        return artifact;
      },
    });
    const adapter = createRestAdapter(schema, {
      routes: routes.filter(({ operation }) => operation === 'GetArtifact'),
      viewerFromToken: (token) => {
        if (token !== 'good') throw unauthorized();
        return { id: runId, sessionId: runId, email: 'a@b.c', name: 'A', role: 'user' };
      },
      openArtifact: async (file) => {
        opened.push(file);
        return join(folder, file.filePath);
      },
      logError: (error) => logged.push(error),
    });
    server = await listen((req, res) => adapter(req, res, () => res.end()));
  });
  after(async () => {
    await server.close();
    await rm(folder, { recursive: true });
  });
  beforeEach(() => {
    opened = [];
    logged = [];
    artifact = { id: artifactId, runId, name: 'Q1 results.pptx', filePath: '.kept 100%', mimeType: pptx, sha256 };
  });

  const get = (headers: Record<string, string> = {}, method = 'GET') => server.send(method, path, { headers: { ...signedIn, ...headers } });

  it('answers 416 to a range that is not there, as JSON', async () => {
    const answer = await get({ range: 'bytes=1000-' });
    assert.equal(answer.status, 416);
    assert.equal(answer.headers['content-range'], 'bytes */1000');
    assert.equal(answer.headers['content-type'], 'application/json; charset=utf-8');
    assert.equal(answer.headers['content-disposition'], undefined);
    assert.equal(answer.headers.etag, undefined);
    assert.equal(answer.json.code, 'VALIDATION_ERROR');
  });

  it('answers 412 when it is not the expected file', async () => {
    assert.equal((await get({ 'if-match': '"other"' })).status, 412);
    assert.equal((await get({ 'if-match': `"${sha256}"` })).status, 200);
  });

  it('is not opened for someone without access', async () => {
    assert.equal((await server.send('GET', path)).status, 401);
    const foreign = await server.send('GET', `/api/runs/${runId}/artifacts/${runId}`, { headers: signedIn });
    assert.deepEqual([foreign.status, foreign.json], [403, { error: 'Access denied', code: 'FORBIDDEN' }]);
    const unknown = await server.send('GET', `/api/runs/${artifactId}/artifacts/${artifactId}`, { headers: signedIn });
    assert.deepEqual([unknown.status, unknown.json], [404, { error: 'Artifact not found', code: 'NOT_FOUND' }]);
    assert.deepEqual(opened, []);
  });

  it('is sent whole with its type and name', async () => {
    const answer = await get();
    assert.equal(answer.status, 200);
    assert.deepEqual(answer.bytes, bytes);
    assert.equal(answer.headers['content-type'], pptx);
    assert.equal(answer.headers['content-length'], '1000');
    assert.equal(answer.headers['content-disposition'], 'attachment; filename="Q1 results.pptx"');
    assert.equal(answer.headers['accept-ranges'], 'bytes');
    assert.equal(answer.headers.etag, `"${sha256}"`);
    assert.equal(answer.headers['cache-control'], 'private, no-cache');
    assert.equal(answer.headers['x-content-type-options'], 'nosniff');
    assert.ok(answer.headers['x-request-id']);
    assert.deepEqual(opened, [artifact]);
  });

  it('keeps a name of any language', async () => {
    artifact.name = 'Übersicht "Q1" 日本.pptx';
    const { headers } = await get();
    const disposition = String(headers['content-disposition']);
    assert.match(disposition, /^attachment; filename="/);
    assert.ok(disposition.includes(`filename*=UTF-8''${encodeURIComponent('Übersicht "Q1" 日本.pptx')}`), disposition);
  });

  it('is sent in ranges', async () => {
    for (const [range, from, to] of [['0-9', 0, 9], ['990-', 990, 999], ['-10', 990, 999], ['998-2000', 998, 999]] as const) {
      const answer = await get({ range: `bytes=${range}` });
      assert.equal(answer.status, 206, range);
      assert.equal(answer.headers['content-range'], `bytes ${from}-${to}/1000`);
      assert.deepEqual(answer.bytes, bytes.subarray(from, to + 1));
    }
    const renewed = await get({ range: 'bytes=0-9', 'if-range': '"other"' });
    assert.equal(renewed.status, 200);
  });

  it('is not sent to someone who has it', async () => {
    const answer = await get({ 'if-none-match': `"other", "${sha256}"` });
    assert.equal(answer.status, 304);
    assert.equal(answer.bytes.length, 0);
    assert.equal(answer.headers.etag, `"${sha256}"`);
  });

  it('is described by HEAD', async () => {
    const answer = await get({}, 'HEAD');
    assert.deepEqual([answer.status, answer.headers['content-length'], answer.bytes.length], [200, '1000', 0]);
  });

  it('is sent without a checksum too', async () => {
    artifact.sha256 = null;
    const answer = await get();
    assert.deepEqual([answer.status, answer.bytes.length], [200, 1000]);
  });

  it('that is gone from the disk is 404, and logged', async () => {
    artifact.filePath = 'gone';
    const answer = await get();
    assert.deepEqual([answer.status, answer.json], [404, { error: 'File not found', code: 'NOT_FOUND' }]);
    assert.equal(logged.length, 1);
  });

  it('that is a folder is 404, and logged', async () => {
    artifact.filePath = '.';
    const answer = await get();
    assert.deepEqual([answer.status, answer.json.code], [404, 'NOT_FOUND']);
    assert.equal(logged.length, 1);
  });
});
