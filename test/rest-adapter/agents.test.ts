import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { useServer } from '../support/server.js';
import { assertDenied, assertInvalid, isTime, itIsGuarded, keysOf } from './guarded.js';
import { makeAgent, makeWorld } from './world.js';

describe('GET /api/personas/:personaId/agents', () => {
  const server = useServer();
  itIsGuarded(server, 'GET', '/api/personas/:personaId/agents', 'Persona');

  it('answers 403 to a stranger', async () => {
    const { stranger, persona } = await makeWorld(server);
    assertDenied(await server.request('GET', `/api/personas/${persona.id}/agents`, { token: stranger.token }));
  });

  it('answers with exactly the documented keys', async () => {
    const { viewer, persona, agent } = await makeWorld(server);
    const second = await makeAgent(persona, { name: 'Second', description: null, isActive: false });
    const { status, json } = await server.request('GET', `/api/personas/${persona.id}/agents`, { token: viewer.token });
    assert.equal(status, 200);
    assert.deepEqual(keysOf(json), ['data']);
    assert.deepEqual(json.data.map(({ createdAt: _createdAt, ...rest }: Record<string, unknown>) => rest), [
      { id: agent.id, personaId: persona.id, name: 'Email Triage Agent', description: 'Handles mail', isActive: true },
      { id: second.id, personaId: persona.id, name: 'Second', description: null, isActive: false },
    ]);
    assert.match(json.data[0].createdAt, isTime);
  });
});

describe('POST /api/personas/:personaId/agents', () => {
  const server = useServer();
  itIsGuarded(server, 'POST', '/api/personas/:personaId/agents', 'Persona', { name: 'A' });

  it('answers 400 naming each field at fault', async () => {
    const { owner, persona } = await makeWorld(server);
    const post = (body: unknown) => server.request('POST', `/api/personas/${persona.id}/agents`, { token: owner.token, body });
    assertInvalid(await post({}), { name: 'Name is required' });
    assertInvalid(await post({ name: '  ' }), { name: 'Name is required' });
    assertInvalid(await post({ name: [], description: 5 }), { name: 'Name must be text', description: 'Description must be text' });
    const unknown = await post({ name: 'A', preferredProvider: 'skynet' });
    assert.equal(unknown.status, 400);
    assert.match(unknown.json.details.preferredProvider, /must be one of openai, anthropic, groq, local/);
  });

  it('answers 403 to a stranger and to a viewer', async () => {
    const { stranger, viewer, persona } = await makeWorld(server);
    for (const { token } of [stranger, viewer]) {
      assertDenied(await server.request('POST', `/api/personas/${persona.id}/agents`, { token, body: { name: 'Mine' } }));
    }
  });

  it('answers 201 with exactly the documented keys', async () => {
    const { editor, persona } = await makeWorld(server);
    const body = { name: 'A', description: 'D', systemPromptOverride: 'You triage.', preferredProvider: 'anthropic' };
    const options = { token: editor.token, body: { ...body, id: randomUUID(), personaId: randomUUID() } };
    const { status, json } = await server.request('POST', `/api/personas/${persona.id}/agents`, options);
    assert.equal(status, 201);
    assert.deepEqual(json, { id: json.id, personaId: persona.id, ...body, isActive: true, createdAt: json.createdAt });
    assert.deepEqual(keysOf(json), [
      'id', 'personaId', 'name', 'description', 'systemPromptOverride', 'preferredProvider', 'isActive', 'createdAt',
    ]);
    assert.notEqual(json.id, options.body.id);
    assert.match(json.createdAt, isTime);
  });

  it('needs no more than a name', async () => {
    const { owner, persona } = await makeWorld(server);
    const { status, json } = await server.request('POST', `/api/personas/${persona.id}/agents`, { token: owner.token, body: { name: 'A' } });
    assert.equal(status, 201);
    assert.deepEqual([json.description, json.systemPromptOverride, json.preferredProvider], [null, null, null]);
  });
});

describe('PUT /api/agents/:id', () => {
  const server = useServer();
  itIsGuarded(server, 'PUT', '/api/agents/:id', 'Agent', { name: 'A' });

  it('answers 400 naming each field at fault', async () => {
    const { owner, agent } = await makeWorld(server);
    const put = (body: unknown) => server.request('PUT', `/api/agents/${agent.id}`, { token: owner.token, body });
    assertInvalid(await put({ name: '' }), { name: 'Name is required' });
    assertInvalid(await put({ isActive: null }), { isActive: 'Is active is required' });
    assertInvalid(await put({ isActive: 'no' }), { isActive: 'Is active must be true or false' });
  });

  it('answers 403 to a stranger and to a viewer', async () => {
    const { stranger, viewer, agent } = await makeWorld(server);
    for (const { token } of [stranger, viewer]) {
      assertDenied(await server.request('PUT', `/api/agents/${agent.id}`, { token, body: { name: 'Mine' } }));
    }
  });

  it('answers 200 with exactly the documented keys', async () => {
    const { editor, agent, persona } = await makeWorld(server);
    const body = { name: 'Updated', description: 'Other', isActive: false };
    const options = { token: editor.token, body: { ...body, personaId: randomUUID() } };
    const { status, json } = await server.request('PUT', `/api/agents/${agent.id}`, options);
    assert.equal(status, 200);
    assert.deepEqual(json, { id: agent.id, personaId: persona.id, ...body, updatedAt: json.updatedAt });
    assert.deepEqual(keysOf(json), ['id', 'personaId', 'name', 'description', 'isActive', 'updatedAt']);
    assert.match(json.updatedAt, isTime);
  });
});

describe('DELETE /api/agents/:id', () => {
  const server = useServer();
  itIsGuarded(server, 'DELETE', '/api/agents/:id', 'Agent');

  it('answers 403 to a stranger and to a viewer', async () => {
    const { stranger, viewer, agent } = await makeWorld(server);
    for (const { token } of [stranger, viewer]) assertDenied(await server.request('DELETE', `/api/agents/${agent.id}`, { token }));
  });

  it('deletes it', async () => {
    const { editor: { token }, agent, persona } = await makeWorld(server);
    const answer = await server.request('DELETE', `/api/agents/${agent.id}`, { token });
    assert.deepEqual([answer.status, answer.json], [200, { message: 'Agent deleted successfully' }]);
    assert.deepEqual((await server.request('GET', `/api/personas/${persona.id}/agents`, { token })).json, { data: [] });
    assert.equal((await server.request('DELETE', `/api/agents/${agent.id}`, { token })).status, 404);
  });
});
