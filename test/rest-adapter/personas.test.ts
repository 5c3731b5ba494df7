import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { useServer } from '../support/server.js';
import { assertDenied, assertInvalid, isTime, itIsGuarded, keysOf } from './guarded.js';
import { makePersona, makeRun, makeWorld } from './world.js';

const settings = ['id', 'name', 'description', 'systemPrompt', 'ownerId', 'defaultProvider', 'fallbackProviders', 'isActive'];

describe('GET /api/personas', () => {
  const server = useServer();
  const list = (token: string, query = '') => server.request('GET', `/api/personas${query}`, { token });
  itIsGuarded(server, 'GET', '/api/personas');

  it('answers 400 naming page and limit', async () => {
    const { owner } = await makeWorld(server);
    const page = 'Page must be a whole number of at least 1';
    const limit = 'Limit must be from 1 to 100';
    assertInvalid(await list(owner.token, '?page=0&limit=0'), { page, limit });
    assertInvalid(await list(owner.token, '?page=-1&limit=101'), { page, limit });
    assertInvalid(await list(owner.token, '?page=x&limit=1.5'), { page: 'Page must be a whole number', limit: 'Limit must be a whole number' });
  });

  it('shows a stranger nothing', async () => {
    const { stranger } = await makeWorld(server);
    const { status, json } = await list(stranger.token);
    assert.deepEqual([status, json], [200, { data: [], pagination: { page: 1, limit: 20, total: 0, totalPages: 0 } }]);
  });

  it('answers with exactly the documented keys to owner and members', async () => {
    const { owner, editor, viewer, persona } = await makeWorld(server);
    for (const { token } of [owner, editor, viewer]) {
      const { status, json } = await list(token);
      assert.equal(status, 200);
      assert.deepEqual(keysOf(json), ['data', 'pagination']);
      assert.deepEqual(json.pagination, { page: 1, limit: 20, total: 1, totalPages: 1 });
      assert.deepEqual(json.data, [{
        id: persona.id, name: 'My Assistant', description: 'Office work', ownerId: owner.id, ownerName: owner.name,
        defaultProvider: 'openai', isActive: true,
        createdAt: json.data[0].createdAt, updatedAt: json.data[0].updatedAt,
      }]);
      assert.match(json.data[0].createdAt, isTime);
    }
  });

  it('gives pages, newest first', async () => {
    const { owner } = await makeWorld(server);
    for (let number = 1; number <= 4; number++) {
      await makePersona(owner, { name: `P${number}`, createdAt: new Date(2030, 0, number) } as object);
    }
    const { json } = await list(owner.token, '?page=2&limit=2');
    assert.deepEqual(json.data.map(({ name }: { name: string }) => name), ['P2', 'P1']);
    assert.deepEqual(json.pagination, { page: 2, limit: 2, total: 5, totalPages: 3 });
    const beyond = await list(owner.token, '?page=9&limit=2');
    assert.deepEqual(beyond.json, { data: [], pagination: { page: 9, limit: 2, total: 5, totalPages: 3 } });
  });

  it('searches names as they are, without wildcards', async () => {
    const { owner } = await makeWorld(server);
    await makePersona(owner, { name: '100% Übung_1' });
    const names = async (search: string) => {
      const { json } = await list(owner.token, `?search=${encodeURIComponent(search)}`);
      return json.data.map(({ name }: { name: string }) => name);
    };
    assert.deepEqual(await names('ASSIST'), ['My Assistant']);
    assert.deepEqual(await names('%'), ['100% Übung_1']);
    assert.deepEqual(await names('g_1'), ['100% Übung_1']);
    assert.deepEqual(await names("'; drop table personas; --"), []);
  });
});

describe('GET /api/personas/:id', () => {
  const server = useServer();
  itIsGuarded(server, 'GET', '/api/personas/:id', 'Persona');

  it('answers 403 to a stranger, also to an admin', async () => {
    const { stranger, persona } = await makeWorld(server);
    const admin = await server.signIn('admin@example.com', 'admin');
    for (const { token } of [stranger, admin]) assertDenied(await server.request('GET', `/api/personas/${persona.id}`, { token }));
  });

  it('answers with exactly the documented keys to owner and members', async () => {
    const { owner, viewer, persona, agent } = await makeWorld(server);
    for (const { token } of [owner, viewer]) {
      const { status, json } = await server.request('GET', `/api/personas/${persona.id.toUpperCase()}`, { token });
      assert.equal(status, 200);
      assert.deepEqual(json, {
        id: persona.id, name: 'My Assistant', description: 'Office work', systemPrompt: 'You help.', ownerId: owner.id,
        ownerName: owner.name, defaultProvider: 'openai', fallbackProviders: ['anthropic', 'groq'], isActive: true, containerId: null,
        agents: [{ id: agent.id, name: 'Email Triage Agent', description: 'Handles mail', isActive: true }],
        createdAt: json.createdAt, updatedAt: json.updatedAt,
      });
      assert.deepEqual(keysOf(json), [
        'id', 'name', 'description', 'systemPrompt', 'ownerId', 'ownerName', 'defaultProvider', 'fallbackProviders', 'isActive',
        'containerId', 'agents', 'createdAt', 'updatedAt',
      ]);
      assert.match(json.createdAt, isTime);
    }
  });
});

describe('POST /api/personas', () => {
  const server = useServer();
  const good = { name: 'New', systemPrompt: 'You help.' };
  itIsGuarded(server, 'POST', '/api/personas', undefined, good);
  const create = async (body: unknown) => {
    const { owner } = await makeWorld(server);
    return { owner, ...(await server.request('POST', '/api/personas', { token: owner.token, body })) };
  };

  it('answers 400 naming each field at fault', async () => {
    assertInvalid(await create({}), { name: 'Name is required', systemPrompt: 'System prompt is required' });
    assertInvalid(await create({ name: ' ', systemPrompt: null }), { systemPrompt: 'System prompt is required' });
    assertInvalid(await create({ name: ' ', systemPrompt: '' }), { name: 'Name is required', systemPrompt: 'System prompt is required' });
    assertInvalid(await create({ name: 5, systemPrompt: {}, fallbackProviders: [5] }), {
      name: 'Name must be text', systemPrompt: 'System prompt must be text', fallbackProviders: 'Fallback providers must be text',
    });
    assertInvalid(await create({ ...good, name: 'x'.repeat(201) }), { name: 'Name must have at most 200 characters' });
    const unknown = await create({ ...good, defaultProvider: 'skynet', fallbackProviders: ['hal'] });
    assert.equal(unknown.status, 400);
    assert.match(unknown.json.details.defaultProvider, /must be one of openai, anthropic, groq, local/);
    assert.ok(unknown.json.details.fallbackProviders);
  });

  it('answers 400 to text that the database cannot hold', async () => {
    const answer = await create({ ...good, name: 'a\0b' });
    assert.deepEqual([answer.status, answer.json.code], [400, 'VALIDATION_ERROR']);
  });

  it('answers 201 with exactly the documented keys', async () => {
    const { owner, status, json } = await create({ ...good, description: 'D', defaultProvider: 'openai', fallbackProviders: ['anthropic'] });
    assert.equal(status, 201);
    assert.deepEqual(json, {
      id: json.id, name: 'New', description: 'D', systemPrompt: 'You help.', ownerId: owner.id, defaultProvider: 'openai',
      fallbackProviders: ['anthropic'], isActive: true, createdAt: json.createdAt, updatedAt: json.updatedAt,
    });
    assert.deepEqual(keysOf(json), [...settings, 'createdAt', 'updatedAt']);
    const read = await server.request('GET', `/api/personas/${json.id}`, { token: owner.token });
    assert.deepEqual([read.json.name, read.json.agents], ['New', []]);
  });

  it('takes nothing that is the server’s to say', async () => {
    const id = randomUUID();
    const { owner, json } = await create({ ...good, id, ownerId: id, isActive: false, createdAt: '2001-01-01T00:00:00Z', containerId: 'x' });
    assert.notEqual(json.id, id);
    assert.equal(json.ownerId, owner.id);
    assert.equal(json.isActive, true);
    assert.doesNotMatch(json.createdAt, /^2001/);
  });
});

describe('PUT /api/personas/:id', () => {
  const server = useServer();
  itIsGuarded(server, 'PUT', '/api/personas/:id', 'Persona', { name: 'X' });

  it('answers 400 naming each field at fault', async () => {
    const { owner, persona } = await makeWorld(server);
    const put = (body: unknown) => server.request('PUT', `/api/personas/${persona.id}`, { token: owner.token, body });
    assertInvalid(await put({ name: '' }), { name: 'Name is required' });
    assertInvalid(await put({ name: null, systemPrompt: null }), { name: 'Name is required', systemPrompt: 'System prompt is required' });
    assert.match((await put({ defaultProvider: 'skynet' })).json.details.defaultProvider, /must be one of/);
  });

  it('answers 403 to a stranger and to a viewer', async () => {
    const { stranger, viewer, persona } = await makeWorld(server);
    for (const { token } of [stranger, viewer]) {
      assertDenied(await server.request('PUT', `/api/personas/${persona.id}`, { token, body: { name: 'Mine' } }));
    }
  });

  it('answers 200 with exactly the documented keys to owner and editor', async () => {
    const { owner, editor, persona } = await makeWorld(server);
    for (const { token } of [owner, editor]) {
      const body = { name: 'Updated', description: null, systemPrompt: 'Other', defaultProvider: 'anthropic', fallbackProviders: ['openai'] };
      const { status, json } = await server.request('PUT', `/api/personas/${persona.id}`, { token, body });
      assert.equal(status, 200);
      assert.deepEqual(json, { id: persona.id, ownerId: owner.id, isActive: true, ...body, updatedAt: json.updatedAt });
      assert.deepEqual(keysOf(json), [...settings, 'updatedAt']);
      assert.match(json.updatedAt, isTime);
    }
  });

  it('answers 409 to an edit of what was changed meanwhile', async () => {
    const { owner, editor, persona } = await makeWorld(server);
    const put = ({ token }: { token: string }, body: unknown) => server.request('PUT', `/api/personas/${persona.id}`, { token, body });
    assertInvalid(await put(owner, { name: 'Mine', expectedUpdatedAt: 'yesterday' }), { expectedUpdatedAt: 'Expected updated at must be an ISO 8601 date' });
    const seen = (await server.request('GET', `/api/personas/${persona.id}`, { token: owner.token })).json.updatedAt;
    const first = await put(editor, { name: 'Theirs', expectedUpdatedAt: seen });
    assert.equal(first.status, 200);
    const second = await put(owner, { name: 'Mine', expectedUpdatedAt: seen });
    assert.deepEqual([second.status, second.json], [409, {
      error: `${editor.name} has changed this meanwhile`, code: 'EDIT_CONFLICT', details: { updatedAt: first.json.updatedAt, updatedBy: editor.name },
    }]);
  });

  it('leaves what is not given as it is, and never gives the persona away', async () => {
    const { owner, stranger, persona } = await makeWorld(server);
    const body = { isActive: false, ownerId: stranger.id, id: randomUUID() };
    const { json } = await server.request('PUT', `/api/personas/${persona.id}`, { token: owner.token, body });
    assert.deepEqual([json.id, json.name, json.ownerId, json.isActive], [persona.id, 'My Assistant', owner.id, false]);
    const empty = await server.request('PUT', `/api/personas/${persona.id}`, { token: owner.token, body: {} });
    assert.deepEqual([empty.status, empty.json.name], [200, 'My Assistant']);
  });
});

describe('DELETE /api/personas/:id', () => {
  const server = useServer();
  itIsGuarded(server, 'DELETE', '/api/personas/:id', 'Persona');

  it('answers 403 to all but the owner', async () => {
    const { stranger, viewer, editor, persona } = await makeWorld(server);
    for (const { token } of [stranger, viewer, editor]) {
      assertDenied(await server.request('DELETE', `/api/personas/${persona.id}`, { token }));
    }
  });

  it('deletes it with all that belongs to it', async () => {
    const world = await makeWorld(server);
    const { owner: { token }, persona, agent } = world;
    const run = await makeRun(world);
    const answer = await server.request('DELETE', `/api/personas/${persona.id}`, { token });
    assert.deepEqual([answer.status, answer.json], [200, { message: 'Persona deleted successfully' }]);
    assert.equal((await server.request('GET', `/api/personas/${persona.id}`, { token })).status, 404);
    assert.equal((await server.request('PUT', `/api/agents/${agent.id}`, { token, body: {} })).status, 404);
    assert.equal((await server.request('GET', `/api/runs/${run.id}`, { token })).status, 404);
    assert.equal((await server.request('DELETE', `/api/personas/${persona.id}`, { token })).status, 404);
  });
});
