import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { type TestServer, useServer } from '../support/server.js';
import { assertDenied, assertInvalid, fill, isTime, itIsGuarded, keysOf } from './guarded.js';
import { makeWorld } from './world.js';

/** The tool of that name, as the list has it. */
async function findTool(server: TestServer, token: string, name = 'generate_powerpoint'): Promise<Record<string, any>> {
  const { json } = await server.request('GET', `/api/tools?search=${name}&limit=100`, { token });
  return json.data.find((tool: { name: string }) => tool.name === name);
}

describe('GET /api/tools', () => {
  const server = useServer();
  itIsGuarded(server, 'GET', '/api/tools');

  it('answers 400 naming page and limit', async () => {
    const { token } = await server.signIn('ann@example.com');
    assertInvalid(await server.request('GET', '/api/tools?page=0&limit=1000', { token }), {
      page: 'Page must be a whole number of at least 1', limit: 'Limit must be from 1 to 100',
    });
  });

  it('answers with exactly the documented keys', async () => {
    const { token } = await server.signIn('ann@example.com');
    const { status, json } = await server.request('GET', '/api/tools', { token });
    assert.equal(status, 200);
    assert.deepEqual(keysOf(json), ['data', 'pagination']);
    assert.deepEqual(json.pagination, { page: 1, limit: 50, total: json.data.length, totalPages: 1 });
    for (const tool of json.data) {
      assert.deepEqual(keysOf(tool), ['id', 'name', 'description', 'category', 'isBuiltin', 'schema']);
      assert.deepEqual(keysOf(tool.schema).sort(), ['description', 'name', 'parameters']);
    }
  });

  it('filters by category and by text', async () => {
    const { token } = await server.signIn('ann@example.com');
    const office = await server.request('GET', '/api/tools?category=office&search=POWERPOINT', { token });
    assert.deepEqual(office.json.data.map(({ name }: { name: string }) => name), ['generate_powerpoint']);
    const none = await server.request('GET', '/api/tools?category=nothing', { token });
    assert.deepEqual(none.json, { data: [], pagination: { page: 1, limit: 50, total: 0, totalPages: 0 } });
  });
});

describe('POST /api/tools/search', () => {
  const server = useServer();
  itIsGuarded(server, 'POST', '/api/tools/search', undefined, { query: 'slides' });

  it('answers 400 naming each field at fault', async () => {
    const { token } = await server.signIn('ann@example.com');
    const search = (body: unknown) => server.request('POST', '/api/tools/search', { token, body });
    assertInvalid(await search({}), { query: 'Query is required' });
    assertInvalid(await search({ query: 5, limit: '5' }), { query: 'Query must be text', limit: 'Limit must be a whole number' });
    assertInvalid(await search({ query: 'slides', limit: 0 }), { limit: 'Limit must be from 1 to 100' });
  });

  it('answers with exactly the documented keys, nearest first', async function () {
    this.timeout(60_000);
    const { token } = await server.signIn('ann@example.com');
    const { status, json } = await server.request('POST', '/api/tools/search', { token, body: { query: 'generate presentation slides', limit: 3 } });
    assert.equal(status, 200);
    assert.deepEqual(keysOf(json), ['results']);
    assert.equal(json.results.length, 3);
    assert.equal(json.results[0].name, 'generate_powerpoint');
    for (const match of json.results) {
      assert.deepEqual(keysOf(match), ['id', 'name', 'description', 'category', 'similarity']);
      assert.equal(typeof match.similarity, 'number');
    }
  });
});

describe('GET /api/tools/:id', () => {
  const server = useServer();
  itIsGuarded(server, 'GET', '/api/tools/:id', 'Tool');

  it('answers with exactly the documented keys', async () => {
    const { token } = await server.signIn('ann@example.com');
    const listed = await findTool(server, token);
    const { status, json } = await server.request('GET', `/api/tools/${listed.id}`, { token });
    assert.equal(status, 200);
    assert.deepEqual(keysOf(json), ['id', 'name', 'description', 'category', 'schema', 'codeType', 'isBuiltin', 'createdAt']);
    const { codeType, createdAt, ...rest } = json;
    assert.deepEqual(rest, listed);
    assert.equal(codeType, 'builtin');
    assert.match(createdAt, isTime);
  });
});

describe('GET /api/personas/:personaId/tools', () => {
  const server = useServer();
  itIsGuarded(server, 'GET', '/api/personas/:personaId/tools', 'Persona');

  it('answers 403 to a stranger', async () => {
    const { stranger, persona } = await makeWorld(server);
    assertDenied(await server.request('GET', `/api/personas/${persona.id}/tools`, { token: stranger.token }));
  });

  it('answers with exactly the documented keys', async () => {
    const { owner, viewer, persona } = await makeWorld(server);
    const path = `/api/personas/${persona.id}/tools`;
    assert.deepEqual((await server.request('GET', path, { token: viewer.token })).json, { data: [] });
    const tool = await findTool(server, owner.token);
    const enabled = await server.request('POST', path, { token: owner.token, body: { toolId: tool.id } });
    const { status, json } = await server.request('GET', path, { token: viewer.token });
    assert.equal(status, 200);
    assert.deepEqual(json, { data: [{
      id: enabled.json.id, toolId: tool.id, toolName: tool.name, toolDescription: tool.description, isEnabled: true, config: {},
    }] });
  });
});

describe('POST /api/personas/:personaId/tools', () => {
  const server = useServer();
  itIsGuarded(server, 'POST', '/api/personas/:personaId/tools', 'Persona', { toolId: randomUUID() });

  it('answers 400 naming each field at fault', async () => {
    const { owner: { token }, persona } = await makeWorld(server);
    const post = (body: unknown) => server.request('POST', `/api/personas/${persona.id}/tools`, { token, body });
    assertInvalid(await post({}), { toolId: 'Tool ID is required' });
    assertInvalid(await post({ toolId: 'x', config: [] }), { toolId: 'Tool ID must be a UUID', config: 'Config must be an object' });
    const { id } = await findTool(server, token);
    const wrong = await post({ toolId: id, config: { maxFileSize: 'big' } });
    assert.equal(wrong.status, 400);
    assert.deepEqual(Object.keys(wrong.json.details), ['config.maxFileSize']);
  });

  it('answers 404 to an unknown tool', async () => {
    const { owner: { token }, persona } = await makeWorld(server);
    const answer = await server.request('POST', `/api/personas/${persona.id}/tools`, { token, body: { toolId: randomUUID() } });
    assert.deepEqual([answer.status, answer.json], [404, { error: 'Tool not found', code: 'NOT_FOUND' }]);
  });

  it('answers 403 to a stranger and to a viewer', async () => {
    const { stranger, viewer, persona } = await makeWorld(server);
    const { id } = await findTool(server, viewer.token);
    for (const { token } of [stranger, viewer]) {
      assertDenied(await server.request('POST', `/api/personas/${persona.id}/tools`, { token, body: { toolId: id } }));
    }
  });

  it('answers 201 with exactly the documented keys', async () => {
    const { editor: { token }, persona } = await makeWorld(server);
    const { id, name } = await findTool(server, token);
    const body = { toolId: id, config: { maxFileSize: 10_485_760 } };
    const { status, json } = await server.request('POST', `/api/personas/${persona.id}/tools`, { token, body });
    assert.equal(status, 201);
    assert.deepEqual(json, { id: json.id, personaId: persona.id, toolId: id, toolName: name, isEnabled: true, config: body.config, createdAt: json.createdAt });
    assert.deepEqual(keysOf(json), ['id', 'personaId', 'toolId', 'toolName', 'isEnabled', 'config', 'createdAt']);
    assert.match(json.createdAt, isTime);
  });

  it('answers 409 to a tool that is enabled already', async () => {
    const { owner: { token }, persona } = await makeWorld(server);
    const body = { toolId: (await findTool(server, token)).id };
    await server.request('POST', `/api/personas/${persona.id}/tools`, { token, body });
    const again = await server.request('POST', `/api/personas/${persona.id}/tools`, { token, body });
    assert.deepEqual([again.status, again.json.code], [409, 'DUPLICATE_RESOURCE']);
  });
});

describe('PUT /api/personas/:personaId/tools/:toolId', () => {
  const server = useServer();
  itIsGuarded(server, 'PUT', '/api/personas/:personaId/tools/:toolId', 'Persona', { isEnabled: false });

  it('answers 400 naming each field at fault', async () => {
    const { owner: { token }, persona } = await makeWorld(server);
    const { id } = await findTool(server, token);
    const answer = await server.request('PUT', `/api/personas/${persona.id}/tools/${id}`, { token, body: { isEnabled: 'no', config: 5 } });
    assertInvalid(answer, { isEnabled: 'Is enabled must be true or false', config: 'Config must be an object' });
  });

  it('answers 404 to a tool that the persona was never given', async () => {
    const { owner: { token }, persona } = await makeWorld(server);
    const { id } = await findTool(server, token);
    const answer = await server.request('PUT', `/api/personas/${persona.id}/tools/${id}`, { token, body: { isEnabled: false } });
    assert.deepEqual([answer.status, answer.json.error], [404, 'Tool not found']);
  });

  it('answers 403 to a stranger and to a viewer', async () => {
    const { stranger, viewer, persona } = await makeWorld(server);
    const { id } = await findTool(server, viewer.token);
    for (const { token } of [stranger, viewer]) {
      assertDenied(await server.request('PUT', `/api/personas/${persona.id}/tools/${id}`, { token, body: { isEnabled: false } }));
    }
  });

  it('answers 200 with exactly the documented keys', async () => {
    const { editor: { token }, persona } = await makeWorld(server);
    const { id } = await findTool(server, token);
    const { json: enabled } = await server.request('POST', `/api/personas/${persona.id}/tools`, { token, body: { toolId: id } });
    const body = { isEnabled: false, config: { maxFileSize: 5_242_880 } };
    const { status, json } = await server.request('PUT', `/api/personas/${persona.id}/tools/${id}`, { token, body });
    assert.equal(status, 200);
    assert.deepEqual(json, { id: enabled.id, personaId: persona.id, toolId: id, ...body, updatedAt: json.updatedAt });
    assert.deepEqual(keysOf(json), ['id', 'personaId', 'toolId', 'isEnabled', 'config', 'updatedAt']);
    assert.match(json.updatedAt, isTime);
  });
});

describe('DELETE /api/personas/:personaId/tools/:toolId', () => {
  const server = useServer();
  const path = '/api/personas/:personaId/tools/:toolId';
  itIsGuarded(server, 'DELETE', path, 'Persona');

  it('answers 403 to a stranger and to a viewer, 404 to a tool that the persona was never given', async () => {
    const { stranger, viewer, owner, persona } = await makeWorld(server);
    const { id: toolId } = await findTool(server, viewer.token);
    const remove = ({ token }: { token: string }) => server.request('DELETE', fill(path, { personaId: persona.id, toolId }), { token });
    for (const account of [stranger, viewer]) assertDenied(await remove(account));
    const answer = await remove(owner);
    assert.deepEqual([answer.status, answer.json], [404, { error: 'Tool not found', code: 'NOT_FOUND' }]);
  });

  it('takes the tool away with its settings, and leaves the others', async () => {
    const { editor: { token }, persona } = await makeWorld(server);
    const tools = `/api/personas/${persona.id}/tools`;
    const [{ id: toolId }, { id: other }] = [await findTool(server, token), await findTool(server, token, 'read_file')];
    await server.request('POST', tools, { token, body: { toolId, config: { maxFileSize: 5_242_880 } } });
    await server.request('POST', tools, { token, body: { toolId: other } });
    const { status, json } = await server.request('DELETE', `${tools}/${toolId}`, { token });
    assert.deepEqual([status, json], [200, { message: 'Tool removed successfully' }]);
    const left = await server.request('GET', tools, { token });
    assert.deepEqual(left.json.data.map(({ toolName }: { toolName: string }) => toolName), ['read_file']);
    assert.deepEqual((await server.request('POST', tools, { token, body: { toolId } })).json.config, {});
    const { json: audit } = await server.request('GET', `/api/audit?personaId=${persona.id}&eventType=tool_removed`, { token });
    assert.deepEqual(audit.data.map(({ metadata }: { metadata: object }) => metadata), [{ toolId, toolName: 'generate_powerpoint' }]);
  });
});
