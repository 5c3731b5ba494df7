import assert from 'node:assert/strict';
import { knex } from '../../src/db.js';
import { User } from '../../src/users/user.model.js';
import { password, useServer } from '../support/server.js';
import { assertInvalid, isTime, itIsGuarded, keysOf } from './guarded.js';

describe('POST /api/auth/login', () => {
  const server = useServer();
  const login = (body: unknown) => server.request('POST', '/api/auth/login', { body });

  it('answers 400 naming each missing field', async () => {
    assertInvalid(await login({}), { email: 'Email is required', password: 'Password is required' });
    assertInvalid(await login({ email: '', password: ' ' }), { email: 'Email is required', password: 'Password is required' });
    assertInvalid(await login({ email: null, password: 5 }), { email: 'Email is required', password: 'Password must be text' });
  });

  it('answers 401 alike to an unknown email, a wrong password and an inactive user', async () => {
    await server.signIn('known@example.com');
    const { id } = await server.signIn('inactive@example.com');
    await User.query(knex()).patch({ isActive: false }).where({ id });
    for (const body of [
      { email: 'nobody@example.com', password },
      { email: 'known@example.com', password: 'wrong' },
      { email: 'inactive@example.com', password },
    ]) {
      const answer = await login(body);
      assert.deepEqual([answer.status, answer.json], [401, { error: 'Invalid email or password', code: 'UNAUTHORIZED' }]);
    }
  });

  it('answers with the user and tokens that work', async () => {
    await server.signIn('ann@example.com');
    const answer = await login({ email: 'ann@example.com', password, role: 'admin' });
    assert.equal(answer.status, 200);
    assert.deepEqual(keysOf(answer.json), ['user', 'token', 'refreshToken']);
    const { id, ...user } = answer.json.user;
    assert.deepEqual(user, { email: 'ann@example.com', name: 'ann', role: 'user' });
    const me = await server.request('GET', '/api/users/me', { token: answer.json.token });
    assert.equal(me.json.id, id);
  });

  it('takes the email in any case', async () => {
    await server.signIn('bob@example.com');
    assert.equal((await login({ email: ' BOB@Example.com', password })).status, 200);
  });
});

describe('POST /api/auth/logout', () => {
  const server = useServer();
  itIsGuarded(server, 'POST', '/api/auth/logout');

  it('ends the session of its token and no other', async () => {
    const first = await server.signIn('ann@example.com');
    const second = await server.signIn('ann@example.com');
    const answer = await server.request('POST', '/api/auth/logout', { token: first.token });
    assert.deepEqual([answer.status, answer.json], [200, { message: 'Logged out successfully' }]);
    assert.equal((await server.request('GET', '/api/users/me', { token: first.token })).status, 401);
    assert.equal((await server.request('GET', '/api/users/me', { token: second.token })).status, 200);
    const refresh = await server.request('POST', '/api/auth/refresh', { body: { refreshToken: first.refreshToken } });
    assert.equal(refresh.status, 401);
  });
});

describe('POST /api/auth/refresh', () => {
  const server = useServer();
  const refresh = (body: unknown) => server.request('POST', '/api/auth/refresh', { body });

  it('answers 400 when the token is missing', async () => {
    assertInvalid(await refresh({}), { refreshToken: 'Refresh token is required' });
    assertInvalid(await refresh({ refreshToken: 7 }), { refreshToken: 'Refresh token must be text' });
    assertInvalid(await refresh({ refreshToken: '\0' }), { refreshToken: 'Refresh token must not contain the character NUL' });
  });

  it('answers 401 to a token that is not good', async () => {
    const { token } = await server.signIn('ann@example.com');
    for (const refreshToken of ['nonsense', token]) {
      const answer = await refresh({ refreshToken });
      assert.deepEqual([answer.status, answer.json], [401, { error: 'Invalid or expired refresh token', code: 'UNAUTHORIZED' }]);
    }
  });

  it('answers with new tokens that work', async () => {
    const old = await server.signIn('ann@example.com');
    const answer = await refresh({ refreshToken: old.refreshToken });
    assert.equal(answer.status, 200);
    assert.deepEqual(keysOf(answer.json), ['token', 'refreshToken']);
    assert.notEqual(answer.json.refreshToken, old.refreshToken);
    assert.equal((await server.request('GET', '/api/users/me', { token: answer.json.token })).status, 200);
    assert.equal((await refresh({ refreshToken: answer.json.refreshToken })).status, 200);
  });

  it('ends the session when a token is used twice', async () => {
    const old = await server.signIn('ann@example.com');
    const { json } = await refresh({ refreshToken: old.refreshToken });
    assert.equal((await refresh({ refreshToken: old.refreshToken })).status, 401);
    assert.equal((await refresh({ refreshToken: json.refreshToken })).status, 401);
    assert.equal((await server.request('GET', '/api/users/me', { token: json.token })).status, 401);
  });
});

describe('GET /api/users/me', () => {
  const server = useServer();
  itIsGuarded(server, 'GET', '/api/users/me');

  it('answers with exactly the documented keys', async () => {
    const { id, token } = await server.signIn('ann@example.com', 'admin');
    const { status, json } = await server.request('GET', '/api/users/me', { token });
    assert.equal(status, 200);
    assert.deepEqual(keysOf(json), ['id', 'email', 'name', 'role', 'createdAt', 'lastLoginAt']);
    assert.deepEqual([json.id, json.email, json.name, json.role], [id, 'ann@example.com', 'ann', 'admin']);
    assert.match(json.createdAt, isTime);
    assert.match(json.lastLoginAt, isTime);
  });
});
