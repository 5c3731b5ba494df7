import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { AuditLog } from '../../src/audit/auditLog.model.js';
import { User } from '../../src/users/user.model.js';
import { cleanTables } from '../support/database.js';
import { password, useServer } from '../support/server.js';
import { assertDenied, assertInvalid, isTime, itIsGuarded, keysOf } from './guarded.js';
import { makeRun, makeWorld } from './world.js';
import { Client } from './ws/client.js';

const listKeys = ['id', 'email', 'name', 'role', 'isActive', 'createdAt', 'lastLoginAt'];

describe('GET /api/admin/users', () => {
  const server = useServer();
  const list = (token: string, query = '') => server.request('GET', `/api/admin/users${query}`, { token });
  itIsGuarded(server, 'GET', '/api/admin/users');

  it('answers 400 naming each parameter that cannot be', async () => {
    const { token } = await server.signIn('admin@example.com', 'admin');
    assertInvalid(await list(token, '?page=0&limit=101'), { page: 'Page must be a whole number of at least 1', limit: 'Limit must be from 1 to 100' });
    assertInvalid(await list(token, '?role=root'), { role: 'Role must be one of user, admin' });
  });

  it('answers 403 to a user, which is recorded', async () => {
    const user = await server.signIn('ann@example.com');
    assertDenied(await list(user.token));
    const row = await AuditLog.query().findOne({ event_type: 'access_denied', user_id: user.id });
    assert.deepEqual([row?.personaId, row?.metadata], [null, { operation: 'users' }]);
  });

  it('answers with exactly the documented keys, in pages, newest first', async () => {
    await cleanTables();
    const admin = await server.signIn('admin@example.com', 'admin');
    await server.signIn('bob@example.com');
    await User.query().insert({ email: 'carl@example.com', name: 'Carl', passwordHash: 'x' });
    const { status, json } = await list(admin.token, '?limit=2');
    assert.deepEqual([status, keysOf(json), json.pagination], [200, ['data', 'pagination'], { page: 1, limit: 2, total: 3, totalPages: 2 }]);
    assert.deepEqual(json.data.map(({ email }: { email: string }) => email), ['carl@example.com', 'bob@example.com']);
    assert.deepEqual(keysOf(json.data[0]), listKeys);
    assert.deepEqual(json.data[0], {
      id: json.data[0].id, email: 'carl@example.com', name: 'Carl', role: 'user', isActive: true, createdAt: json.data[0].createdAt, lastLoginAt: null,
    });
    assert.match(json.data[1].lastLoginAt, isTime);
    assert.deepEqual((await list(admin.token, '?page=9')).json, { data: [], pagination: { page: 9, limit: 20, total: 3, totalPages: 1 } });
  });

  it('narrows by role, and by a part of email or name', async () => {
    await cleanTables();
    const { token } = await server.signIn('admin@example.com', 'admin');
    await User.query().insert({ email: 'x_1@example.com', name: 'Ünal 100%', passwordHash: 'x' });
    const emails = async (query: string) => (await list(token, query)).json.data.map(({ email }: { email: string }) => email);
    assert.deepEqual(await emails('?role=admin'), ['admin@example.com']);
    assert.deepEqual(await emails('?search=X_1@'), ['x_1@example.com']);
    assert.deepEqual(await emails(`?search=${encodeURIComponent('0%')}`), ['x_1@example.com']);
    assert.deepEqual(await emails('?search=EXAMPLE&role=user'), ['x_1@example.com']);
    assert.deepEqual(await emails('?search=nobody'), []);
  });
});

describe('POST /api/admin/users', () => {
  const server = useServer();
  const good = { email: 'new@example.com', name: 'New', password: 'long enough' };
  itIsGuarded(server, 'POST', '/api/admin/users', undefined, good);
  const create = async (body: unknown) => {
    const { token } = await server.signIn('admin@example.com', 'admin');
    return server.request('POST', '/api/admin/users', { token, body });
  };

  it('answers 400 naming each field at fault', async () => {
    assertInvalid(await create({}), { email: 'Email is required', name: 'Name is required', password: 'Password is required' });
    assertInvalid(await create({ email: ' ', name: ' ', password: ' ' }), { email: 'Email is required', name: 'Name is required', password: 'Password is required' });
    assertInvalid(await create({ email: 'nobody', name: 'x'.repeat(201), password: '1234567', role: 'user' }), {
      email: 'Email must be a valid email', name: 'Name must have at most 200 characters', password: 'Password must have at least 8 characters',
    });
    assertInvalid(await create({ ...good, role: 'root' }), { role: 'Role must be one of user, admin' });
    assertInvalid(await create({ ...good, password: 'x'.repeat(201) }), { password: 'Password must have at most 200 characters' });
  });

  it('answers 403 to a user', async () => {
    const { token } = await server.signIn('ann@example.com');
    assertDenied(await server.request('POST', '/api/admin/users', { token, body: good }));
  });

  it('answers 201 to an account that can sign in, without its password', async () => {
    const { status, json } = await create({ ...good, email: ' New@example.com ', role: 'admin', isActive: false, id: randomUUID() });
    assert.deepEqual([status, keysOf(json)], [201, listKeys]);
    assert.deepEqual([json.email, json.name, json.role, json.isActive, json.lastLoginAt], ['New@example.com', 'New', 'admin', true, null]);
    const login = await server.request('POST', '/api/auth/login', { body: { email: 'new@example.com', password: good.password } });
    assert.deepEqual([login.status, login.json.user.role], [200, 'admin']);
    assert.deepEqual((await AuditLog.query().findOne({ event_type: 'user_created' }))?.metadata, { userId: json.id });
  });

  it('answers 409 when the address is taken, in any case', async () => {
    await server.signIn('taken@example.com');
    const { status, json } = await create({ ...good, email: 'Taken@Example.com' });
    assert.deepEqual([status, json], [409, { error: 'A user with this email exists already', code: 'DUPLICATE_RESOURCE' }]);
  });
});

describe('PUT /api/admin/users/:id', () => {
  const server = useServer();
  const admin = () => server.signIn('admin@example.com', 'admin');
  const put = async (id: string, body: unknown) => server.request('PUT', `/api/admin/users/${id}`, { token: (await admin()).token, body });
  beforeEach(cleanTables);

  describe('guarded', () => {
    itIsGuarded(server, 'PUT', '/api/admin/users/:id', undefined, {});

    it('answers 403 to a user, also about themselves', async () => {
      const { id, token } = await server.signIn('ann@example.com');
      assertDenied(await server.request('PUT', `/api/admin/users/${id}`, { token, body: { role: 'admin' } }));
      assertDenied(await server.request('PUT', `/api/admin/users/${randomUUID()}`, { token, body: { role: 'admin' } }));
    });
  });

  it('answers 400 naming each field at fault, and 404 to an unknown user', async () => {
    const { id } = await server.signIn('ann@example.com');
    assertInvalid(await put(id, { role: 'root', isActive: 'yes' }), { role: 'Role must be one of user, admin', isActive: 'Is active must be true or false' });
    assertInvalid(await put(id, { role: null, isActive: null }), { role: 'Role is required', isActive: 'Is active is required' });
    const { status, json } = await put(randomUUID(), {});
    assert.deepEqual([status, json], [404, { error: 'User not found', code: 'NOT_FOUND' }]);
  });

  it('answers with exactly the documented keys, and changes nothing else', async () => {
    const ann = await server.signIn('ann@example.com');
    const { status, json } = await put(ann.id, { role: 'admin', email: 'x@example.com', name: 'X', password: 'another one' });
    assert.deepEqual([status, keysOf(json)], [200, ['id', 'email', 'name', 'role', 'isActive', 'updatedAt']]);
    assert.deepEqual([json.id, json.email, json.name, json.role, json.isActive], [ann.id, 'ann@example.com', 'ann', 'admin', true]);
    assert.match(json.updatedAt, isTime);
    assert.equal((await server.request('POST', '/api/auth/login', { body: { email: 'ann@example.com', password } })).status, 200);
    assert.equal((await put(ann.id, {})).json.role, 'admin');
  });

  it('a role holds from the next request on, given and taken', async () => {
    const ann = await server.signIn('ann@example.com');
    const list = () => server.request('GET', '/api/admin/users', { token: ann.token });
    assertDenied(await list());
    await put(ann.id, { role: 'admin' });
    assert.equal((await list()).status, 200);
    await put(ann.id, { role: 'user' });
    assertDenied(await list());
    const rows = await AuditLog.query().where({ event_type: 'user_role_changed' }).orderBy('created_at');
    assert.deepEqual(rows.map(({ description }) => description), ["User 'ann@example.com' was made admin", "User 'ann@example.com' was made user"]);
  });

  it('a deactivated user’s live token and socket end at once', async () => {
    const world = await makeWorld(server);
    const { owner } = world;
    const run = await makeRun(world);
    const client = new Client(server.liveUrl(owner.token));
    await client.opened();
    client.send({ type: 'subscribe:run', runId: run.id });
    await client.until(() => client.frames.length === 1);
    assert.equal((await put(owner.id, { isActive: false })).json.isActive, false);
    assert.equal((await server.request('GET', '/api/users/me', { token: owner.token })).status, 401);
    assert.equal((await server.request('POST', '/api/auth/refresh', { body: { refreshToken: owner.refreshToken } })).status, 401);
    await client.until(() => client.closed !== undefined);
    assert.equal(client.closed?.code, 4401);
    const login = () => server.request('POST', '/api/auth/login', { body: { email: owner.email, password } });
    assert.equal((await login()).status, 401);
    await put(owner.id, { isActive: true });
    assert.equal((await login()).status, 200);
    assert.equal((await server.request('GET', '/api/users/me', { token: owner.token })).status, 401);
  });

  it('answers 409 rather than leave no active administrator', async () => {
    const { id } = await admin();
    await User.query().insert({ email: 'gone@example.com', name: 'Gone', role: 'admin', isActive: false, passwordHash: 'x' });
    for (const body of [{ role: 'user' }, { isActive: false }]) {
      const { status, json } = await put(id, body);
      assert.deepEqual([status, json], [409, { error: 'The last active administrator cannot be demoted or deactivated', code: 'INVALID_STATE' }]);
    }
    assert.equal((await put(id, { role: 'admin', isActive: true })).status, 200);
  });

  it('leaves one of two administrators who demote each other at the same moment', async () => {
    const [ann, bob] = [await server.signIn('ann@example.com', 'admin'), await server.signIn('bob@example.com', 'admin')];
    const demote = (by: typeof ann, whom: typeof ann) =>
      server.request('PUT', `/api/admin/users/${whom.id}`, { token: by.token, body: { role: 'user' } });
    const answers = await Promise.all([demote(ann, bob), demote(bob, ann)]);
    assert.equal(answers.filter(({ status }) => status === 200).length, 1);
    assert.equal(await User.query().where({ role: 'admin' }).resultSize(), 1);
  });
});
