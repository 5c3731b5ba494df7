import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { routes } from '../../rest-adapter/routes.js';
import { limits } from '../../schema/limits.js';
import { knex } from '../../src/db.js';
import { Persona } from '../../src/personas/persona.model.js';
import { Run } from '../../src/runs/run.model.js';
import { everyRow } from '../access/canaries.js';
import { formWith } from '../support/form.js';
import { makePersona, makeRun, makeWorld } from '../rest-adapter/world.js';
import { nameOf, useDoors } from './doors.js';

describe('bad requests', () => {
  const doors = useDoors();
  const creating = 'mutation { createPersona(input: { name: "made", systemPrompt: "x" }) { id } }';
  const made = () => Persona.query().where({ name: 'made' }).resultSize();
  const as = (who: 'owner' | 'viewer' | 'stranger') => doors.world[who].token;
  const codeOf = async (token: string, query: string, variables = {}) => (await doors.sendGraphql(token, { body: { query, variables } })).json.errors?.[0].extensions.code;

  it('a mutation by GET is 405, and a simple request by POST 400 or 415, and makes nothing', async () => {
    const query = `?query=${encodeURIComponent(creating)}`;
    const byGet = await doors.sendGraphql(as('owner'), { headers: { 'apollo-require-preflight': '1' } }, 'GET', query);
    assert.deepEqual([byGet.status, byGet.headers.allow, byGet.json.errors[0].extensions.code], [405, 'POST', 'METHOD_NOT_ALLOWED']);
    assert.equal((await doors.sendGraphql(as('owner'), {}, 'GET', query)).status, 400);
    const body = JSON.stringify({ query: creating });
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', undefined]) {
      const { status, json } = await doors.sendGraphql(as('owner'), { body, headers: type ? { 'content-type': type } : {} });
      assert.deepEqual([status, json.errors[0].extensions.code], [400, 'VALIDATION_ERROR'], type);
      const rest = await doors.server.request('POST', '/api/personas', { token: as('owner'), body: '{"name":"made","systemPrompt":"x"}', headers: type ? { 'content-type': type } : {} });
      assert.equal(rest.status, 415, type);
    }
    for (const route of routes.filter(({ method, path }) => method !== 'GET' && !routes.some((other) => other.method === 'GET' && other.path === path))) {
      const { status, json, headers } = await doors.send({ ...route, method: 'GET' });
      // A path can also be that of a thing with another name: /api/tools/search is a tool called search.
      if (status === 400) assert.ok(json.details, nameOf(route));
      else assert.deepEqual([status, json.code, typeof headers.allow], [405, 'METHOD_NOT_ALLOWED', 'string'], nameOf(route));
    }
    assert.equal(await made(), 0);
  });

  it('GraphQL bombs are 400 over HTTP and over sockets, and no resolver is called', async () => {
    const many = (count: number, text: (index: number) => string) => Array.from({ length: count }, (_, index) => text(index)).join(' ');
    const one = 'createPersona(input: { name: "made", systemPrompt: "x" })';
    const bombs = {
      aliases: `mutation { ${many(limits.rootFields + 1, (index) => `a${index}: ${one} { id }`)} }`,
      fields: `mutation { ${one} { ${many(limits.fields + 1, (index) => `a${index}: name`)} } }`,
      circles: `mutation { ${one} { agents { persona { agents { persona { id } } } } } }`,
      fragments: `mutation { ${one} { ...F0 } } ${many(9, (index) => `fragment F${index} on Persona { ${many(4, () => `...F${index + 1}`)} }`)} fragment F9 on Persona { name }`,
      'fragments in a circle': `mutation { ${one} { ...A } } fragment A on Persona { id ...B } fragment B on Persona { ...A }`,
      words: `mutation { ${one} { ${'name '.repeat(limits.tokens)} } }`,
      directives: `mutation { ${one} { name ${'@include(if: true) '.repeat(600)} } }`,
      cost: `mutation { ${one} { agents { ${many(100, (index) => `a${index}: systemPromptOverride`)} } } }`,
    };
    for (const [what, query] of Object.entries(bombs)) {
      const { status, json } = await doors.sendGraphql(as('owner'), { body: { query } });
      assert.deepEqual([status, json.data, json.errors[0].extensions.code], [400, undefined, 'VALIDATION_ERROR'], what);
      const socket = await doors.socket(as('owner'));
      socket.send({ type: 'subscribe', id: '1', payload: { query } });
      await socket.until(() => socket.frames.length === 2);
      assert.deepEqual([socket.frames[1]!.type, socket.frames[1]!.payload[0].extensions.code], ['error', 'VALIDATION_ERROR'], what);
    }
    assert.equal(await made(), 0);
    assert.equal(await codeOf(as('owner'), creating), undefined);
    assert.equal(await made(), 1, 'the query itself is good');
    await Persona.query().delete().where({ name: 'made' });
  });

  it('foreign ids in path, filter and body are 403, and lists never widen', async () => {
    const { persona, agent, owner, ...theirs } = await makeWorld(doors.server);
    const run = await makeRun({ persona, agent, owner, ...theirs });
    const token = as('owner');
    const get = async (path: string) => (await doors.server.request('GET', path, { token })).status;
    for (const path of [`/api/personas/${persona.id}`, `/api/personas/${persona.id}/memory`, `/api/runs/${run.id}`]) assert.equal(await get(path), 403, path);
    for (const filter of [`runs?personaId=${persona.id}`, `runs?agentId=${agent.id}`, `audit?personaId=${persona.id}`, `audit?runId=${run.id}`, `audit?userId=${owner.id}`]) {
      assert.equal(await get(`/api/${filter}`), 403, filter);
      assert.equal(await get(`/api/${filter}&personaId=${doors.world.persona.id}`), filter.includes('?personaId') ? 400 : 403, filter);
    }
    assert.equal((await doors.server.request('POST', '/api/runs', { token, body: { agentId: agent.id, input: 'Do it' } })).status, 403);
    assert.equal(await codeOf(token, 'mutation ($id: UUID!) { createRun(input: { agentId: $id, input: "Do it" }) { id } }', { id: agent.id }), 'FORBIDDEN');
    assert.equal(await codeOf(token, 'query ($id: UUID) { runs(agentId: $id) { data { id } } }', { id: agent.id }), 'FORBIDDEN');
    const { json } = await doors.server.request('GET', '/api/runs?limit=100', { token });
    assert.deepEqual([...new Set(json.data.map(({ personaId }: Run) => personaId))], [doors.world.persona.id]);
    assert.equal(await Run.query().where({ agent_id: agent.id }).resultSize(), 1);
  });

  it('a viewer who edits, uploads or runs gets 403, and nothing is changed', async () => {
    const { persona, agent, ids } = doors.world;
    const rows = await everyRow();
    const put = (method: string, path: string, options: object) => doors.server.request(method, path, { token: as('viewer'), ...options });
    const answers = [
      await put('PUT', `/api/personas/${persona.id}`, { body: { name: 'made' } }), await put('PUT', `/api/agents/${agent.id}`, { body: { name: 'made' } }),
      await put('POST', `/api/personas/${persona.id}/memory/upload`, formWith('text')), await put('POST', '/api/runs', { body: { agentId: agent.id, input: 'Do it' } }),
      await put('POST', `/api/runs/${ids.runId}/cancel`, {}), await put('DELETE', `/api/personas/${persona.id}/memory/${ids.documentId}`, {}),
    ];
    for (const { status, json } of answers) assert.deepEqual([status, json], [403, { error: 'Access denied', code: 'FORBIDDEN' }]);
    assert.equal(await codeOf(as('viewer'), 'mutation ($id: UUID!) { updatePersona(id: $id, input: { name: "made" }) { id } }', { id: persona.id }), 'FORBIDDEN');
    assert.equal(await codeOf(as('viewer'), 'mutation ($id: UUID!) { createRun(input: { agentId: $id, input: "Do it" }) { id } }', { id: agent.id }), 'FORBIDDEN');
    const now = await everyRow();
    for (const [table, before] of rows) if (!table.startsWith('audit_')) assert.deepEqual(now.get(table), before, table);
  });

  it('misuse of an Idempotency-Key is 422, 409 or 400, and makes nothing', async () => {
    const post = (key: string, name = 'kept') =>
      doors.server.request('POST', '/api/personas', { token: as('owner'), body: { name, systemPrompt: 'x' }, headers: { 'idempotency-key': key } });
    const key = randomUUID();
    assert.equal((await post(key)).status, 201);
    const mismatch = await post(key, 'made');
    assert.deepEqual([mismatch.status, mismatch.json.code], [422, 'IDEMPOTENCY_MISMATCH']);
    // As while the first request is being answered.
    await knex()('idempotency_keys').update({ status: null, body: null, claimed_until: new Date(Date.now() + 60_000) });
    const running = await post(key);
    assert.deepEqual([running.status, running.json.code], [409, 'INVALID_STATE']);
    for (const bad of ['', 'two words', 'x'.repeat(256), 'caf\u00e9']) assert.equal((await post(bad, 'made')).status, 400, bad);
    assert.deepEqual([await made(), await Persona.query().where({ name: 'kept' }).resultSize()], [0, 1]);
  });

  it('cancel of a run that has ended is 409, and the run stays as it is', async () => {
    for (const status of ['completed', 'failed'] as const) {
      const { id } = await makeRun(doors.world, { status, output: 'Done' });
      const { status: answered, json } = await doors.server.request('POST', `/api/runs/${id}/cancel`, { token: as('owner') });
      assert.deepEqual([answered, json.code], [409, 'INVALID_STATE']);
      assert.equal(await codeOf(as('owner'), 'mutation ($id: UUID!) { cancelRun(id: $id) { id } }', { id }), 'INVALID_STATE');
      const run = await Run.query().findById(id).throwIfNotFound();
      assert.deepEqual([run.status, run.output, run.lastSeq], [status, 'Done', 0]);
    }
  });

  it('a private host is 400, and so is a changed host without its password', async () => {
    const { id } = await makePersona(doors.world.owner);
    const servers = { imapHost: 'imap.example.com', imapPort: 993, imapUsername: 'ann@example.com', smtpHost: 'smtp.example.com', smtpPort: 465, smtpUsername: 'ann@example.com' };
    const email = { enabled: true, ...servers, imapPassword: 'secret', smtpPassword: 'secret' };
    const put = (body: object, kind = 'email') => doors.server.request('PUT', `/api/personas/${id}/connectors/${kind}`, { token: as('owner'), body });
    const configuring = 'mutation ($id: UUID!, $input: ConfigureEmailInput!) { configureEmail(personaId: $id, input: $input) { enabled } }';
    const graphqlDetails = async (input: object) => (await doors.sendGraphql(as('owner'), { body: { query: configuring, variables: { id, input } } })).json.errors[0].extensions.details;
    assert.equal((await put(email)).status, 200);
    for (const host of ['localhost', '127.0.0.1', '10.0.0.1', '169.254.169.254', '[::1]', '0x7f.1', '2130706433', '::ffff:192.168.0.1', 'a.localhost']) {
      for (const field of ['imapHost', 'smtpHost']) {
        const { status, json } = await put({ ...email, [field]: host });
        assert.deepEqual([status, Object.keys(json.details)], [400, [field]], host);
        assert.deepEqual(Object.keys(await graphqlDetails({ ...email, [field]: host })), [field]);
      }
      const { status, json } = await put({ enabled: true, vncHost: host, vncPort: 5900 }, 'desktop-vm');
      assert.deepEqual([status, Object.keys(json.details)], [400, ['vncHost']], host);
    }
    for (const [field, password] of [['imapHost', 'imapPassword'], ['smtpHost', 'smtpPassword']] as const) {
      const changed = { enabled: true, ...servers, [field]: 'evil.example.com' };
      const { status, json } = await put(changed);
      assert.deepEqual([status, Object.keys(json.details)], [400, [password]]);
      assert.deepEqual(Object.keys(await graphqlDetails(changed)), [password]);
    }
    const { json } = await doors.server.request('GET', `/api/personas/${id}/connectors`, { token: as('owner') });
    assert.deepEqual([json.email.imapHost, json.email.smtpHost], ['imap.example.com', 'smtp.example.com']);
  });
});
