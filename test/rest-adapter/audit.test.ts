import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { request } from 'node:http';
import { recordAudit, type AuditEntry } from '../../src/audit/audit.service.js';
import { AuditLog } from '../../src/audit/auditLog.model.js';
import { knex, transaction } from '../../src/db.js';
import { PersonaMember } from '../../src/members/personaMember.model.js';
import { cleanTables } from '../support/database.js';
import { password, useServer, type Account } from '../support/server.js';
import { assertDenied, assertInvalid, isTime, itIsGuarded, keysOf } from './guarded.js';
import { makePersona, makeRun, makeWorld } from './world.js';

const documentedKeys = [
  'id', 'userId', 'userName', 'personaId', 'personaName', 'runId', 'eventType', 'eventCategory', 'description', 'metadata', 'createdAt',
];

/** Writes a row; the time only goes in with it, since rows are never changed. */
const record = (actor: { id: string } | null, entry: Partial<AuditEntry & { createdAt: Date }> = {}) =>
  transaction((trx) => recordAudit(trx, actor, { eventType: 'tested', eventCategory: 'action', description: 'x', ...entry }));

describe('GET /api/audit', () => {
  const server = useServer();
  const list = (token: string, query = '') => server.request('GET', `/api/audit${query}`, { token });
  const descriptions = async ({ token }: Account, query: string) => {
    const { status, json } = await list(token, `?eventType=tested&${query}`);
    assert.equal(status, 200, JSON.stringify(json));
    return json.data.map(({ description }: { description: string }) => description).sort();
  };
  itIsGuarded(server, 'GET', '/api/audit');

  it('answers 400 naming each parameter that cannot be', async () => {
    const { token } = await server.signIn('ann@example.com');
    assertInvalid(await list(token, '?page=0&limit=101'), { page: 'Page must be a whole number of at least 1', limit: 'Limit must be from 1 to 100' });
    assertInvalid(await list(token, '?userId=1&personaId=x&runId=&eventCategory=fun&startDate=yesterday&endDate=2025-13-01'), {
      userId: 'User ID must be a UUID', personaId: 'Persona ID must be a UUID', runId: 'Run ID must be a UUID',
      eventCategory: 'Event category must be one of action, access, error, system',
      startDate: 'Start date must be an ISO 8601 date', endDate: 'End date must be an ISO 8601 date',
    });
    assertInvalid(await list(token, '?startDate=2025-01-29&endDate=2025-01-28'), { endDate: 'End date must not be before start date' });
    assert.equal((await list(token, '?startDate=2025-01-28&endDate=2025-01-28')).status, 200);
  });

  it('answers 403 to filters for what is foreign, and 404 for what is not there', async () => {
    const world = await makeWorld(server);
    const run = await makeRun(world);
    const { token } = world.stranger;
    for (const query of [`userId=${world.owner.id}`, `personaId=${world.persona.id}`, `runId=${run.id}`]) {
      for (const also of ['', `&eventType=login`]) assertDenied(await list(token, `?${query}${also}`));
    }
    assertDenied(await list(token, `?userId=${world.stranger.id}&personaId=${world.persona.id}`));
    for (const [name, noun] of [['userId', 'User'], ['personaId', 'Persona'], ['runId', 'Run']]) {
      const { status, json } = await list(token, `?${name}=${randomUUID()}`);
      assert.deepEqual([status, json], [404, { error: `${noun} not found`, code: 'NOT_FOUND' }]);
    }
  });

  it('answers with exactly the documented keys, newest first', async () => {
    const world = await makeWorld(server);
    const { owner, persona } = world;
    const run = await makeRun(world);
    await record(owner, { description: 'first' });
    await record(owner, { eventType: 'tool_call', description: "Tool 'x' executed", personaId: persona.id, runId: run.id, metadata: { toolName: 'x', durationMs: 3 } });
    const { status, json } = await list(owner.token);
    assert.deepEqual([status, keysOf(json)], [200, ['data', 'pagination']]);
    assert.deepEqual(json.pagination, { page: 1, limit: 50, total: 3, totalPages: 1 });
    assert.deepEqual(json.data.map(({ eventType }: { eventType: string }) => eventType), ['tool_call', 'tested', 'login']);
    const [row] = json.data;
    assert.deepEqual(keysOf(row), documentedKeys);
    assert.deepEqual(row, {
      id: row.id, userId: owner.id, userName: owner.name, personaId: persona.id, personaName: persona.name, runId: run.id,
      eventType: 'tool_call', eventCategory: 'action', description: "Tool 'x' executed", metadata: { toolName: 'x', durationMs: 3 },
      createdAt: row.createdAt,
    });
    assert.match(row.createdAt, isTime);
  });

  it('shows a user their own events and those of personas they can see, an admin all', async () => {
    const world = await makeWorld(server);
    const { owner, viewer, stranger, persona } = world;
    const admin = await server.signIn(`admin-${randomUUID()}@example.com`, 'admin');
    const theirs = await makePersona(stranger);
    await record(owner, { description: 'of the owner' });
    await record(stranger, { description: 'of the stranger' });
    await record(owner, { description: 'ours', personaId: persona.id });
    await record(stranger, { description: 'theirs', personaId: theirs.id });
    await record(null, { description: 'of the system' });
    assert.deepEqual(await descriptions(owner, ''), ['of the owner', 'ours']);
    assert.deepEqual(await descriptions(viewer, ''), ['ours']);
    assert.deepEqual(await descriptions(stranger, ''), ['of the stranger', 'theirs']);
    const all = await descriptions(admin, 'limit=100');
    for (const one of ['of the owner', 'of the stranger', 'ours', 'theirs', 'of the system']) assert.ok(all.includes(one), one);
    assert.deepEqual(await descriptions(admin, `personaId=${theirs.id}`), ['theirs']);
    await PersonaMember.query().delete().where({ user_id: viewer.id });
    assert.deepEqual(await descriptions(viewer, ''), []);
  });

  it('narrows by a user whom the viewer knows, to what the viewer sees', async () => {
    const { owner, editor, stranger, persona } = await makeWorld(server);
    await record(editor, { description: 'alone' });
    await record(editor, { description: 'together', personaId: persona.id });
    assert.deepEqual(await descriptions(owner, `userId=${editor.id}`), ['together']);
    assert.deepEqual(await descriptions(editor, `userId=${editor.id}`), ['alone', 'together']);
    assert.deepEqual(await descriptions(editor, `userId=${owner.id}`), []);
    await PersonaMember.query().delete().where({ user_id: editor.id });
    assert.deepEqual(await descriptions(owner, `userId=${editor.id}`), ['together'], 'who has left');
    assertDenied(await list(owner.token, `?userId=${stranger.id}`));
  });

  it('narrows by each filter alone and by all together', async () => {
    const world = await makeWorld(server);
    const { owner, editor, persona } = world;
    const run = await makeRun(world);
    const other = await makePersona(owner);
    const fits = { eventType: 'fits', eventCategory: 'error' as const, personaId: persona.id, runId: run.id, createdAt: new Date('2025-01-28T12:00:00.000Z') };
    await record(editor, { ...fits, description: 'fits' });
    await record(editor, { ...fits, description: 'other type', eventType: 'other' });
    await record(editor, { ...fits, description: 'other category', eventCategory: 'access' });
    await record(editor, { ...fits, description: 'other persona', personaId: other.id });
    await record(editor, { ...fits, description: 'other run', runId: randomUUID() });
    await record(owner, { ...fits, description: 'other user' });
    await record(editor, { ...fits, description: 'too early', createdAt: new Date('2025-01-28T11:59:59.999Z') });
    await record(editor, { ...fits, description: 'too late', createdAt: new Date('2025-01-28T12:00:00.001Z') });
    const filters = {
      userId: editor.id, personaId: persona.id, runId: run.id, eventType: 'fits', eventCategory: 'error',
      startDate: '2025-01-28T12:00:00Z', endDate: '2025-01-28T13:00:00%2B01:00',
    };
    const left: Record<string, string> = {
      userId: 'other user', personaId: 'other persona', runId: 'other run', eventType: 'other type', eventCategory: 'other category',
      startDate: 'too early', endDate: 'too late',
    };
    const found = async (given: Record<string, string>) => {
      const { status, json } = await list(owner.token, `?limit=100&${Object.entries(given).map(([name, value]) => `${name}=${value}`).join('&')}`);
      assert.equal(status, 200);
      assert.equal(json.pagination.total, json.data.length);
      return json.data.map(({ description }: { description: string }) => description) as string[];
    };
    for (const [name, value] of Object.entries(filters)) {
      const alone = await found({ [name]: value });
      assert.ok(alone.includes('fits') && !alone.includes(left[name]!), `${name}: ${alone}`);
      const { [name as 'userId']: _, ...others } = filters;
      assert.deepEqual((await found(others)).sort(), ['fits', left[name]].sort(), `all but ${name}`);
    }
    assert.deepEqual(await found(filters), ['fits']);
  });

  it('takes a day as the end for all of that day', async () => {
    const owner = await server.signIn(`${randomUUID()}@example.com`);
    await record(owner, { description: 'last', createdAt: new Date('2025-01-28T23:59:59.999Z') });
    await record(owner, { description: 'next', createdAt: new Date('2025-01-29T00:00:00.000Z') });
    assert.deepEqual(await descriptions(owner, 'endDate=2025-01-28'), ['last']);
    assert.deepEqual(await descriptions(owner, 'startDate=2025-01-28&endDate=2025-01-29T00:00:00Z'), ['last', 'next']);
  });

  it('gives pages', async () => {
    const { token, ...owner } = await server.signIn(`${randomUUID()}@example.com`);
    for (const description of ['1', '2', '3', '4', '5']) await record(owner, { description });
    const { json } = await list(token, '?eventType=tested&page=2&limit=2');
    assert.deepEqual(json.data.map(({ description }: { description: string }) => description), ['3', '2']);
    assert.deepEqual(json.pagination, { page: 2, limit: 2, total: 5, totalPages: 3 });
    const beyond = await list(token, '?eventType=tested&page=9&limit=2');
    assert.deepEqual(beyond.json, { data: [], pagination: { page: 9, limit: 2, total: 5, totalPages: 3 } });
  });

  it('has who signed in, failed to and was refused', async () => {
    const { owner, stranger, persona, agent } = await makeWorld(server);
    await server.request('POST', '/api/auth/login', { body: { email: owner.email, password: 'wrong' } });
    await server.request('PUT', `/api/personas/${persona.id}`, { token: stranger.token, body: {} });
    await server.request('PUT', `/api/agents/${agent.id}`, { token: stranger.token, body: {} });
    await server.request('POST', '/api/auth/logout', { token: stranger.token });
    const { json } = await list(owner.token);
    const rows = json.data.map(({ userId, eventType, eventCategory, personaId, metadata }: Record<string, unknown>) => [userId, eventType, eventCategory, personaId, metadata]);
    assert.deepEqual(rows, [
      [stranger.id, 'access_denied', 'access', persona.id, { operation: 'updateAgent', agentId: agent.id }],
      [stranger.id, 'access_denied', 'access', persona.id, { operation: 'updatePersona', personaId: persona.id }],
      [owner.id, 'login_failed', 'access', null, { reason: 'wrong password', email: owner.email }],
      [owner.id, 'login', 'access', null, {}],
    ]);
    assert.ok(await AuditLog.query().findOne({ event_type: 'logout', user_id: stranger.id }));
  });

  it('names the persona of a refusal only where the one who was refused may see it', async () => {
    const { owner, viewer, stranger, persona } = await makeWorld(server);
    for (const { token } of [stranger, viewer]) assertDenied(await server.request('PUT', `/api/personas/${persona.id}`, { token, body: {} }));
    const names = async ({ token }: Account) => (await list(token, '?eventType=access_denied')).json.data.map(({ userId, personaName }: Record<string, string>) => [userId, personaName]);
    assert.deepEqual(await names(stranger), [[stranger.id, null]]);
    assert.deepEqual(await names(owner), [[viewer.id, persona.name], [stranger.id, null]]);
  });

  it('keeps no password that was typed in place of an address', async () => {
    const login = (email: string) => server.request('POST', '/api/auth/login', { body: { email, password } });
    await login('hunter2 is my secret');
    await login('nobody@example.com');
    const rows = await AuditLog.query().where({ event_type: 'login_failed' }).whereNull('user_id').orderBy('created_at');
    assert.deepEqual(rows.map(({ metadata }) => metadata), [{ reason: 'unknown email', email: null }, { reason: 'unknown email', email: 'nobody@example.com' }]);
  });
});

describe('GET /api/audit/export', () => {
  const server = useServer();
  const get = (token: string, query = '') => server.request('GET', `/api/audit/export${query}`, { token });
  itIsGuarded(server, 'GET', '/api/audit/export');
  beforeEach(cleanTables);

  it('answers 400 to a format that is none, and to a reversed window', async () => {
    const { token } = await server.signIn('ann@example.com');
    assertInvalid(await get(token, '?format=xlsx'), { format: 'Format must be one of csv, ndjson' });
    assertInvalid(await get(token, '?startDate=2025-01-29&endDate=2025-01-28'), { endDate: 'End date must not be before start date' });
  });

  it('answers 403 to filters for what is foreign', async () => {
    const { owner, stranger, persona } = await makeWorld(server);
    for (const query of [`userId=${owner.id}`, `personaId=${persona.id}`]) assertDenied(await get(stranger.token, `?${query}`));
  });

  it('writes CSV with a head, and nothing that a spreadsheet takes for a formula', async () => {
    const { token, ...ann } = await server.signIn('ann@example.com');
    await record(ann, { description: '=cmd("x"),\n"y"', metadata: { a: 'ß' } });
    const { status, headers, text } = await get(token);
    assert.equal(status, 200);
    assert.match(String(headers['content-type']), /^text\/csv/);
    assert.equal(headers['content-disposition'], 'attachment; filename=audit.csv');
    const [head, login] = text.split('\r\n');
    assert.equal(head, 'id,userId,userName,personaId,personaName,runId,eventType,eventCategory,description,metadata,createdAt,seq,previousHash,hash');
    assert.match(login!, new RegExp(`^[0-9a-f-]{36},${ann.id},ann,,,,login,access,User 'ann@example.com' signed in,\\{\\},\\d{4}.*Z,1,0{64},[0-9a-f]{64}$`));
    assert.ok(text.includes(`,tested,action,"'=cmd(""x""),\n""y""","{""a"":""ß""}",`));
    assert.ok(text.endsWith('\r\n'));
  });

  it('writes NDJSON of only what the viewer sees and asked for', async () => {
    const { owner, stranger, persona } = await makeWorld(server);
    await record(owner, { description: 'ours', personaId: persona.id });
    await record(stranger, { description: 'secret' });
    const { headers, text } = await get(owner.token, '?format=ndjson&eventType=tested');
    assert.match(String(headers['content-type']), /^application\/x-ndjson/);
    const rows = text.trim().split('\n').map((line) => JSON.parse(line));
    assert.deepEqual(rows.map(({ description, personaName, metadata }) => [description, personaName, metadata]), [['ours', persona.name, {}]]);
    assert.match(rows[0].createdAt, /T\d\d:\d\d:\d\d\.\d{6}Z$/);
  });

  it('writes all of many rows once, oldest first, and goes on after a number', async () => {
    const { token, ...ann } = await server.signIn('ann@example.com');
    await transaction(async (trx) => {
      for (let number = 0; number < 1203; number++) await recordAudit(trx, ann, { eventType: 'tested', eventCategory: 'action', description: String(number) });
    });
    const rows = async (query: string) => (await get(token, `?format=ndjson&eventType=tested${query}`)).text.trim().split('\n').map((line) => JSON.parse(line));
    const all = await rows('');
    assert.deepEqual(all.map(({ description }) => description), Array.from({ length: 1203 }, (_, index) => String(index)));
    assert.deepEqual((await rows(`&after=${all[1200].seq}`)).map(({ description }) => description), ['1201', '1202']);
    const csv = (await get(token, '?eventType=tested')).text;
    assert.equal(csv.split('\r\n').filter((line) => line.startsWith('id,')).length, 1);
    assert.equal(csv.trim().split('\r\n').length, 1204);
  });

  it('answers HEAD with the headers alone, and outlives a client that goes away', async () => {
    const { token, ...ann } = await server.signIn('ann@example.com');
    const head = await server.request('HEAD', '/api/audit/export', { token });
    assert.deepEqual([head.status, head.text], [200, '']);
    await transaction(async (trx) => {
      const description = 'x'.repeat(20_000);
      for (let number = 0; number < 1000; number++) await recordAudit(trx, ann, { eventType: 'tested', eventCategory: 'action', description });
    });
    await new Promise<void>((resolve) => {
      const outgoing = request({ port: server.port, path: '/api/audit/export', headers: { authorization: `Bearer ${token}` } }, (response) => {
        response.once('data', () => outgoing.destroy());
        response.once('close', resolve);
        response.on('error', () => {});
      }).on('error', () => {});
      outgoing.end();
    });
    assert.equal((await server.request('GET', '/api/users/me', { token })).status, 200);
    assert.equal((await knex()('audit_logs').where({ event_type: 'tested' })).length, 1000);
  });
});
