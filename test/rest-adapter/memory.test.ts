import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { connect } from 'node:net';
import { AuditLog } from '../../src/audit/auditLog.model.js';
import { Chunk } from '../../src/memory/chunk.model.js';
import { Document } from '../../src/memory/document.model.js';
import { pathOf } from '../../src/memory/documentFiles.js';
import { DocumentProcessor } from '../../src/memory/documentProcessor.js';
import { eventually } from '../support/eventually.js';
import { formOf, formWith } from '../support/form.js';
import { type Account, type TestServer, useServer } from '../support/server.js';
import { assertDenied, assertInvalid, isTime, itIsGuarded, keysOf } from './guarded.js';
import { makePersona, makeWorld } from './world.js';

const pathFor = (persona: { id: string }) => `/api/personas/${persona.id}/memory`;

const handbook = '# Handbook\n\n## Remote work\n\nEmployees can work remotely up to 3 days per week.\n\n## Travel\n\nFlights need approval.\n';

const uploadTo = (server: TestServer, persona: { id: string }, { token }: Account, form = formWith(handbook, 'handbook.md')) =>
  server.request('POST', `${pathFor(persona)}/upload`, { token, headers: form.headers, body: form.body });

/** Processes what waits, and stops. */
async function processAll(): Promise<void> {
  const processor = new DocumentProcessor();
  try {
    await eventually(async () => !(await Document.query().findOne({ status: 'processing' })));
  } finally {
    await processor.stop();
  }
}

describe('GET /api/personas/:personaId/memory', () => {
  const server = useServer();
  itIsGuarded(server, 'GET', '/api/personas/:personaId/memory', 'Persona');

  it('answers 400 naming page and limit', async () => {
    const { owner: { token }, persona } = await makeWorld(server);
    assertInvalid(await server.request('GET', `${pathFor(persona)}?page=0&limit=101`, { token }), {
      page: 'Page must be a whole number of at least 1', limit: 'Limit must be from 1 to 100',
    });
  });

  it('answers 403 to a stranger', async () => {
    const { stranger, persona } = await makeWorld(server);
    assertDenied(await server.request('GET', pathFor(persona), { token: stranger.token }));
  });

  it('answers with exactly the documented keys, newest first, to a viewer', async () => {
    const { owner, viewer, persona } = await makeWorld(server);
    const first = await uploadTo(server, persona, owner, formWith('first'));
    const second = await uploadTo(server, persona, owner, formWith('second', 'second.txt'));
    const { status, json } = await server.request('GET', `${pathFor(persona)}?limit=1`, { token: viewer.token });
    assert.equal(status, 200);
    assert.deepEqual(json.pagination, { page: 1, limit: 1, total: 2, totalPages: 2 });
    const [{ createdAt, ...document }] = json.data;
    assert.match(createdAt, isTime);
    assert.deepEqual(document, {
      id: second.json.id, name: 'second.txt', source: 'upload', fileSize: 6, mimeType: 'text/plain', status: 'processing', chunkCount: 0,
      uploadedBy: owner.id, uploadedByName: owner.name,
    });
    assert.deepEqual(keysOf(json.data[0]), [
      'id', 'name', 'source', 'fileSize', 'mimeType', 'status', 'chunkCount', 'uploadedBy', 'uploadedByName', 'createdAt',
    ]);
    const rest = await server.request('GET', `${pathFor(persona)}?limit=1&page=2`, { token: viewer.token });
    assert.equal(rest.json.data[0].id, first.json.id);
    const behind = await server.request('GET', `${pathFor(persona)}?page=9`, { token: viewer.token });
    assert.deepEqual([behind.json.data, behind.json.pagination.total], [[], 2]);
  });
});

describe('POST /api/personas/:personaId/memory/upload', () => {
  const server = useServer();
  itIsGuarded(server, 'POST', '/api/personas/:personaId/memory/upload', 'Persona', {});

  it('answers 403 to a stranger and to a viewer before anything of the body is read', async () => {
    const { stranger, viewer, persona } = await makeWorld(server);
    for (const { token } of [stranger, viewer]) {
      // Only the headers are sent: the answer comes nevertheless.
      const socket = connect(server.port, '127.0.0.1');
      socket.write(`POST ${pathFor(persona)}/upload HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${token}\r\n`
        + 'content-type: multipart/form-data; boundary=x\r\ncontent-length: 1000000\r\n\r\n');
      const [answer] = await once(socket, 'data');
      assert.match(String(answer), /^HTTP\/1.1 403 /);
      socket.destroy();
    }
    assertDenied(await uploadTo(server, persona, viewer));
  });

  it('answers 201 with exactly the documented keys', async () => {
    const { editor, persona } = await makeWorld(server);
    const { status, json } = await uploadTo(server, persona, editor);
    assert.equal(status, 201);
    const { id, createdAt, ...document } = json;
    assert.match(createdAt, isTime);
    assert.deepEqual(document, { name: 'handbook.md', source: 'upload', fileSize: handbook.length, mimeType: 'text/markdown', status: 'processing' });
    assert.deepEqual(keysOf(json), ['id', 'name', 'source', 'fileSize', 'mimeType', 'status', 'createdAt']);
    const { sha256 } = await Document.query().findById(id).throwIfNotFound();
    assert.ok(existsSync(pathOf(persona.id, sha256)));
  });

  it('takes the name of the form, in any script, and otherwise that of the file', async () => {
    const { owner, persona } = await makeWorld(server);
    const named = await uploadTo(server, persona, owner, formWith('one', 'a.txt', 'Company Handbook 2025 – Übersicht'));
    assert.equal(named.json.name, 'Company Handbook 2025 – Übersicht');
    const first = formOf([{ name: 'name', content: 'Before the file' }, { name: 'file', fileName: 'b.txt', content: 'two' }]);
    assert.equal((await uploadTo(server, persona, owner, first)).json.name, 'Before the file');
    assert.equal((await uploadTo(server, persona, owner, formWith('three', 'Отчёт 報告.txt', ' '))).json.name, 'Отчёт 報告.txt');
  });

  it('answers 409 with the id of the document that has the same bytes, in this persona only', async () => {
    const { owner, persona } = await makeWorld(server);
    const { json: { id } } = await uploadTo(server, persona, owner);
    const again = await uploadTo(server, persona, owner, formWith(handbook, 'copy.md'));
    assert.deepEqual([again.status, again.json.code, again.json.details], [409, 'DUPLICATE_RESOURCE', { documentId: id }]);
    assert.equal((await uploadTo(server, await makePersona(owner), owner)).status, 201);
  });

  it('takes the same bytes only once when they come many times at once', async () => {
    const { owner, persona } = await makeWorld(server);
    const answers = await Promise.all(Array.from({ length: 5 }, () => uploadTo(server, persona, owner)));
    assert.deepEqual(answers.map(({ status }) => status).sort(), [201, 409, 409, 409, 409]);
    const { sha256 } = await Document.query().findOne({ persona_id: persona.id }).throwIfNotFound();
    assert.ok(existsSync(pathOf(persona.id, sha256)));
  });
});

describe('POST /api/personas/:personaId/memory/search', () => {
  const server = useServer();
  itIsGuarded(server, 'POST', '/api/personas/:personaId/memory/search', 'Persona', { query: 'remote work' });

  const search = (persona: { id: string }, { token }: Account, body: unknown) =>
    server.request('POST', `${pathFor(persona)}/search`, { token, body });

  it('answers 400 naming each field at fault', async () => {
    const { owner, persona } = await makeWorld(server);
    assertInvalid(await search(persona, owner, {}), { query: 'Query is required' });
    assertInvalid(await search(persona, owner, { query: '  ' }), { query: 'Query is required' });
    assertInvalid(await search(persona, owner, { query: 5, limit: '5' }), { query: 'Query must be text', limit: 'Limit must be a whole number' });
    assertInvalid(await search(persona, owner, { query: 'x', limit: 0 }), { limit: 'Limit must be from 1 to 100' });
  });

  it('answers 403 to a stranger', async () => {
    const { stranger, persona } = await makeWorld(server);
    assertDenied(await search(persona, stranger, { query: 'remote work' }));
  });

  it('finds nothing in an empty memory, and nothing of a document that is still processed', async () => {
    const { owner, persona } = await makeWorld(server);
    assert.deepEqual((await search(persona, owner, { query: 'remote work' })).json, { results: [] });
    await uploadTo(server, persona, owner);
    assert.deepEqual((await search(persona, owner, { query: 'remote work' })).json, { results: [] });
  });

  it('answers a viewer with exactly the documented keys, the fitting passage first', async function () {
    this.timeout(60_000);
    const { owner, viewer, persona } = await makeWorld(server);
    const { json: { id } } = await uploadTo(server, persona, owner);
    await processAll();
    const { status, json } = await search(persona, viewer, { query: 'What is our company policy on working from home?', limit: 1 });
    assert.equal(status, 200);
    assert.deepEqual(keysOf(json), ['results']);
    const [{ chunkId, similarity, ...match }] = json.results;
    assert.deepEqual(match, {
      documentId: id, documentName: 'handbook.md', text: 'Employees can work remotely up to 3 days per week.',
      metadata: { chunkIndex: 0, headings: ['Handbook', 'Remote work'] },
    });
    assert.deepEqual(keysOf(json.results[0]), ['chunkId', 'documentId', 'documentName', 'text', 'similarity', 'metadata']);
    assert.ok(similarity > 0.3 && similarity <= 1, String(similarity));
    assert.ok(await Chunk.query().findById(chunkId));
    const listed = await server.request('GET', pathFor(persona), { token: viewer.token });
    assert.deepEqual([listed.json.data[0].status, listed.json.data[0].chunkCount], ['completed', 2]);
  });
});

describe('DELETE /api/personas/:personaId/memory/:documentId', () => {
  const server = useServer();
  itIsGuarded(server, 'DELETE', '/api/personas/:personaId/memory/:documentId', 'Persona');

  const remove = (persona: { id: string }, id: string, { token }: Account) => server.request('DELETE', `${pathFor(persona)}/${id}`, { token });

  it('answers 404 to an unknown document and to one of another persona', async () => {
    const { owner, persona } = await makeWorld(server);
    const { json: { id } } = await uploadTo(server, persona, owner);
    for (const [owned, wanted] of [[persona, randomUUID()], [await makePersona(owner), id]] as const) {
      const answer = await remove(owned, wanted, owner);
      assert.deepEqual([answer.status, answer.json], [404, { error: 'Document not found', code: 'NOT_FOUND' }]);
    }
  });

  it('answers 403 to a stranger and to a viewer', async () => {
    const { owner, stranger, viewer, persona } = await makeWorld(server);
    const { json: { id } } = await uploadTo(server, persona, owner);
    for (const account of [stranger, viewer]) assertDenied(await remove(persona, id, account));
    assert.ok(await Document.query().findById(id));
  });

  it('answers 200, and document, chunks and file are gone', async function () {
    this.timeout(60_000);
    const { owner, editor, persona } = await makeWorld(server);
    const { json: { id } } = await uploadTo(server, persona, owner);
    await processAll();
    const { sha256 } = await Document.query().findById(id).throwIfNotFound();
    assert.equal(await Chunk.query().where({ document_id: id }).resultSize(), 2);
    const answer = await remove(persona, id, editor);
    assert.deepEqual([answer.status, answer.json], [200, { message: 'Document deleted successfully' }]);
    assert.equal(await Document.query().findById(id), undefined);
    assert.equal(await Chunk.query().where({ document_id: id }).resultSize(), 0);
    assert.equal(existsSync(pathOf(persona.id, sha256)), false);
    const recorded = await AuditLog.query().where({ persona_id: persona.id }).whereIn('event_type', ['document_uploaded', 'document_deleted']).orderBy('created_at');
    assert.deepEqual(recorded.map(({ eventType, userId, description }) => [eventType, userId, description]), [
      ['document_uploaded', owner.id, "Document 'handbook.md' uploaded"], ['document_deleted', editor.id, "Document 'handbook.md' deleted"],
    ]);
    assert.equal((await uploadTo(server, persona, owner)).status, 201);
  });
});
