import assert from 'node:assert/strict';
import { AuditLog } from '../../src/audit/auditLog.model.js';
import { setRegistration } from '../../src/auth/registration.js';
import { User } from '../../src/users/user.model.js';
import { cleanTables } from '../support/database.js';
import { password, useServer } from '../support/server.js';
import { assertInvalid, itIsGuarded, keysOf } from './guarded.js';

describe('POST /api/auth/register', () => {
  const server = useServer();
  const good = { email: 'new@example.com', name: 'New', password: 'long enough' };
  const register = (body: unknown) => server.request('POST', '/api/auth/register', { body });
  const closed = { error: 'Registration is closed: ask an administrator for an account', code: 'FORBIDDEN' };
  beforeEach(cleanTables);
  afterEach(() => setRegistration(false));

  it('answers 400 naming each field at fault', async () => {
    assertInvalid(await register({}), { email: 'Email is required', name: 'Name is required', password: 'Password is required' });
    assertInvalid(await register({ email: 'x', name: ' ', password: 'short' }), {
      email: 'Email must be a valid email', name: 'Name is required', password: 'Password must have at least 8 characters',
    });
  });

  it('answers 403 where registration is closed', async () => {
    await server.signIn('ann@example.com');
    const { status, json } = await register(good);
    assert.deepEqual([status, json], [403, closed]);
    assert.equal(await User.query().resultSize(), 1);
  });

  it('answers 409 when the address is taken', async () => {
    await server.signIn('new@example.com');
    setRegistration(true);
    const { status, json } = await register({ ...good, email: 'NEW@example.com' });
    assert.deepEqual([status, json.code], [409, 'DUPLICATE_RESOURCE']);
  });

  it('answers 201 with tokens that work, where registration is open; nobody chooses their role', async () => {
    await server.signIn('ann@example.com');
    setRegistration(true);
    const { status, json } = await register({ ...good, role: 'admin', isActive: false });
    assert.deepEqual([status, keysOf(json), keysOf(json.user)], [201, ['user', 'token', 'refreshToken'], ['id', 'email', 'name', 'role']]);
    assert.deepEqual([json.user.email, json.user.name, json.user.role], ['new@example.com', 'New', 'user']);
    const me = await server.request('GET', '/api/users/me', { token: json.token });
    assert.deepEqual([me.status, me.json.id], [200, json.user.id]);
    assert.ok(await AuditLog.query().findOne({ event_type: 'user_registered', user_id: json.user.id }));
  });

  it('makes the first account of a platform that of the administrator, and no second', async () => {
    const answers = await Promise.all([register(good), register({ ...good, email: 'other@example.com' })]);
    assert.deepEqual(answers.map(({ status }) => status).sort(), [201, 403]);
    assert.equal(answers.find(({ status }) => status === 201)!.json.user.role, 'admin');
    assert.equal(await User.query().resultSize(), 1);
  });
});

describe('POST /api/auth/password', () => {
  const server = useServer();
  const change = (token: string, body: unknown) => server.request('POST', '/api/auth/password', { token, body });
  const login = (email: string, secret: string) => server.request('POST', '/api/auth/login', { body: { email, password: secret } });
  itIsGuarded(server, 'POST', '/api/auth/password', undefined, { currentPassword: password, newPassword: 'another one' });

  it('answers 400 naming each field at fault', async () => {
    const { token } = await server.signIn('ann@example.com');
    assertInvalid(await change(token, {}), { currentPassword: 'Current password is required', newPassword: 'New password is required' });
    assertInvalid(await change(token, { currentPassword: '', newPassword: ' ' }), { currentPassword: 'Current password is required', newPassword: 'New password is required' });
    assertInvalid(await change(token, { currentPassword: password, newPassword: '1234567' }), { newPassword: 'New password must have at least 8 characters' });
  });

  it('answers 400 to a wrong current password, which is recorded, and changes nothing', async () => {
    const { id, token, email } = await server.signIn('bob@example.com');
    assertInvalid(await change(token, { currentPassword: 'wrong', newPassword: 'another one' }), { currentPassword: 'Current password is wrong' });
    assert.equal((await login(email, password)).status, 200);
    assert.ok(await AuditLog.query().findOne({ event_type: 'password_change_failed', user_id: id }));
  });

  it('changes it and ends all other sessions', async () => {
    const { id, token, email } = await server.signIn('carl@example.com');
    const other = await server.signIn('carl@example.com');
    const { status, json } = await change(token, { currentPassword: password, newPassword: 'another one' });
    assert.deepEqual([status, json], [200, { message: 'Password changed successfully' }]);
    assert.equal((await server.request('GET', '/api/users/me', { token })).status, 200);
    assert.equal((await server.request('GET', '/api/users/me', { token: other.token })).status, 401);
    assert.equal((await server.request('POST', '/api/auth/refresh', { body: { refreshToken: other.refreshToken } })).status, 401);
    assert.equal((await login(email, password)).status, 401);
    assert.equal((await login(email, 'another one')).status, 200);
    assert.ok(await AuditLog.query().findOne({ event_type: 'password_changed', user_id: id }));
  });
});
