import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { takesIdempotencyKey } from '../../rest-adapter/idempotency.js';
import { routes } from '../../rest-adapter/routes.js';
import { knex } from '../../src/db.js';
import { setLogLevel } from '../../src/logger.js';
import { PersonaMember } from '../../src/members/personaMember.model.js';
import { Document } from '../../src/memory/document.model.js';
import { pathOf } from '../../src/memory/documentFiles.js';
import { Persona } from '../../src/personas/persona.model.js';
import { formOf, formWith } from '../support/form.js';
import { useServer } from '../support/server.js';
import { adapterWith, id, persona, resolvers, signedIn, useAdapter } from './plainAdapter.js';
import { makePersona, makeWorld, type World } from './world.js';

describe('Idempotency-Key', () => {
  const server = useServer();
  let world: World;
  before(async () => {
    world = await makeWorld(server);
  });

  const post = (path: string, body: unknown, key: string, { token } = world.owner) =>
    server.request('POST', path, { token, body, headers: { 'idempotency-key': key } });
  const settings = (name: string) => ({ name, systemPrompt: 'You help.', defaultProvider: 'local' });
  const personasNamed = (name: string) => Persona.query(knex()).where({ name }).resultSize();

  it('answers 400 to a key that is empty, too long or not visible ASCII, and makes nothing', async () => {
    const name = randomUUID();
    for (const key of ['', ' ', 'two words', 'x'.repeat(256), 'caf\u00e9']) {
      const { status, json } = await post('/api/personas', settings(name), key);
      assert.deepEqual([status, json.code, Object.keys(json.details)], [400, 'VALIDATION_ERROR', ['Idempotency-Key']], JSON.stringify(key));
    }
    assert.equal(await personasNamed(name), 0);
  });

  it('answers 422 to another body, and to the same body for another route or parameter', async () => {
    const key = randomUUID();
    const first = await post('/api/personas', settings('One'), key);
    assert.equal(first.status, 201);
    const mismatch = await post('/api/personas', settings('Other'), key);
    assert.deepEqual([mismatch.status, mismatch.json.code], [422, 'IDEMPOTENCY_MISMATCH']);
    assert.equal((await post('/api/runs', settings('One'), key)).status, 422);

    const agentKey = randomUUID();
    assert.equal((await post(`/api/personas/${world.persona.id}/agents`, { name: 'Agent' }, agentKey)).status, 201);
    assert.equal((await post(`/api/personas/${first.json.id}/agents`, { name: 'Agent' }, agentKey)).status, 422);
  });

  it('answers 401 without a token, whatever the key', async () => {
    const key = randomUUID();
    assert.equal((await post('/api/personas', settings('One'), key)).status, 201);
    const answer = await server.request('POST', '/api/personas', { body: settings('One'), headers: { 'idempotency-key': key } });
    assert.equal(answer.status, 401);
  });

  it("knows nothing of others' keys", async () => {
    const [key, name] = [randomUUID(), randomUUID()];
    const mine = await post('/api/personas', settings(name), key);
    const theirs = await post('/api/personas', settings(name), key, world.stranger);
    assert.equal(theirs.status, 201);
    assert.notEqual(mine.json.id, theirs.json.id);
  });

  it('gives the same answer again and makes nothing twice, in whichever order the body is written', async () => {
    const [key, name] = [randomUUID(), randomUUID()];
    const first = await post('/api/personas', settings(name), key);
    const again = await post('/api/personas', settings(name), key);
    const turned = await post('/api/personas', Object.fromEntries(Object.entries(settings(name)).reverse()), key);
    assert.equal(first.headers['idempotency-replayed'], undefined);
    for (const answer of [again, turned]) {
      assert.deepEqual([answer.status, answer.text, answer.headers['idempotency-replayed']], [201, first.text, 'true']);
    }
    assert.equal(await personasNamed(name), 1);
  });

  it('makes one of many that come at once', async () => {
    const [key, name] = [randomUUID(), randomUUID()];
    const answers = await Promise.all(Array.from({ length: 8 }, () => post('/api/personas', settings(name), key)));
    for (const { status } of answers) assert.ok(status === 201 || status === 409, String(status));
    assert.equal(new Set(answers.filter(({ status }) => status === 201).map(({ json }) => json.id)).size, 1);
    assert.equal(await personasNamed(name), 1);
  });

  it('is free again after an answer that made nothing', async () => {
    const key = randomUUID();
    assert.equal((await post('/api/personas', { name: 'No prompt' }, key)).status, 400);
    assert.equal((await post('/api/runs', { agentId: randomUUID(), input: 'Do it' }, key)).status, 404);
    assert.equal((await post('/api/personas', settings('Corrected'), key)).status, 201);
  });

  it('answers 400 to a body that is nested too deeply to be compared', async () => {
    const deep = `{"name":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
    const { token } = world.owner;
    const { status } = await server.request('POST', '/api/personas', { token, body: deep, headers: { 'content-type': 'application/json', 'idempotency-key': randomUUID() } });
    assert.equal(status, 400);
  });

  it('is ignored where nothing is made', async () => {
    const { token } = world.owner;
    const answer = await server.request('GET', '/api/personas', { token, headers: { 'idempotency-key': 'two words' } });
    assert.equal(answer.status, 200);
  });

  it('is taken by every documented route that makes something', () => {
    const taking = routes.filter(takesIdempotencyKey).map(({ path }) => path);
    for (const path of ['/api/personas', '/api/personas/:id/members', '/api/personas/:personaId/agents', '/api/runs', '/api/runs/:id/retry', '/api/personas/:personaId/tools', '/api/personas/:personaId/memory/upload']) {
      assert.ok(taking.includes(path), path);
    }
    for (const path of ['/api/auth/login', '/api/runs/:id/cancel', '/api/tools/search']) assert.ok(!taking.includes(path), path);
  });
});

describe('Idempotency-Key of an upload', () => {
  const server = useServer();
  let world: World;
  beforeEach(async () => {
    world = await makeWorld(server);
  });

  const path = ({ id }: { id: string }) => `/api/personas/${id}/memory/upload`;
  const upload = (key: string, { headers, body } = formWith('text'), { token } = world.owner, persona = world.persona) =>
    server.request('POST', path(persona), { token, body, headers: { ...headers, 'idempotency-key': key } });
  const documents = () => Document.query().where({ persona_id: world.persona.id }).resultSize();
  const arriving = () => readdirSync(join(pathOf(world.persona.id, ''), '..', 'incoming'));

  it('answers 422 to other bytes, another name and another persona, and keeps nothing of them', async () => {
    const key = randomUUID();
    assert.equal((await upload(key)).status, 201);
    const other = await makePersona(world.owner);
    for (const answer of [
      await upload(key, formWith('texts')), await upload(key, formWith('text', 'other.txt')), await upload(key, formWith('text', 'notes.txt', 'Named')),
      await upload(key, formWith('text'), world.owner, other), await upload(key, formWith('')), await upload(key, formOf([])),
    ]) assert.deepEqual([answer.status, answer.json.code], [422, 'IDEMPOTENCY_MISMATCH'], answer.text);
    assert.deepEqual([await documents(), arriving()], [1, []]);
  });

  it('gives the same answer again, where a repetition without the key is 409, and keeps the file', async () => {
    const key = randomUUID();
    const first = await upload(key);
    const inOtherOrder = formOf([{ name: 'ignored', content: 'x' }, { name: 'file', fileName: 'notes.txt', content: 'text' }]);
    for (const form of [formWith('text'), inOtherOrder]) {
      const again = await upload(key, form);
      assert.deepEqual([again.status, again.text, again.headers['idempotency-replayed']], [201, first.text, 'true']);
    }
    assert.equal((await upload(randomUUID())).status, 409);
    const [{ sha256 }] = await Document.query().where({ persona_id: world.persona.id }) as [Document];
    assert.deepEqual([await documents(), existsSync(pathOf(world.persona.id, sha256)), arriving()], [1, true, []]);
  });

  it('answers 403 to who may not upload any more, before the file is read', async () => {
    const key = randomUUID();
    assert.equal((await upload(key, formWith('text'), world.editor)).status, 201);
    await PersonaMember.query().delete().where({ user_id: world.editor.id });
    assert.equal((await upload(key, formWith('text'), world.editor)).status, 403);
  });

  it('makes one of many that come at once', async () => {
    const key = randomUUID();
    const answers = await Promise.all(Array.from({ length: 8 }, () => upload(key)));
    for (const { status, json } of answers) assert.ok(status === 201 || json.code === 'INVALID_STATE', JSON.stringify(json));
    assert.equal(new Set(answers.filter(({ status }) => status === 201).map(({ json }) => json.id)).size, 1);
    assert.deepEqual([await documents(), arriving()], [1, []]);
  });

  it('is free again after a file that was refused', async () => {
    const key = randomUUID();
    for (const form of [formWith(''), formWith('text', '../a.txt'), formWith(Buffer.from('GIF89a\x01\0')), formOf([], { isCut: true })]) {
      assert.ok([400, 415].includes((await upload(key, form)).status));
    }
    assert.equal((await upload(key)).status, 201);
  });
});

describe('Idempotency-Key: failures', () => {
  const told: string[] = [];
  let mood: 'works' | 'fails' | 'cannot be saved' = 'works';
  const server = useAdapter(() => adapterWith({ ...resolvers, createPersona: () => {
    if (mood === 'fails') throw new Error('broken');
    return persona;
  } }, {
    idempotency: {
      begin: async (_viewer, key) => ({ claim: key }),
      finish: async (claim) => {
        told.push(`finish ${claim}`);
        if (mood === 'cannot be saved') throw new Error('The database is gone');
      },
      forget: async (claim) => void told.push(`forget ${claim}`),
    },
  }));
  beforeEach(() => void told.splice(0));
  const create = () =>
    server.send('POST', '/api/personas', { headers: { ...signedIn, 'idempotency-key': 'k' }, body: { name: 'A', systemPrompt: 'B', defaultProvider: 'local' } });

  it('sets the key free when the answer is 500', async () => {
    mood = 'fails';
    setLogLevel('silent');
    assert.equal((await create().finally(() => setLogLevel('warn'))).status, 500);
    assert.deepEqual(told, ['forget k']);
  });

  it('answers all the same when the answer cannot be saved', async () => {
    mood = 'cannot be saved';
    const { status, json } = await create();
    assert.deepEqual([status, json.id], [201, id]);
    assert.deepEqual(told, ['finish k']);
  });
});
