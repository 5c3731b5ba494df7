import assert from 'node:assert/strict';
import { generateKeyPairSync, randomUUID } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { setTokenSettings } from '../../src/auth/accessToken.js';
import { AuditLog } from '../../src/audit/auditLog.model.js';
import { knex } from '../../src/db.js';
import { User } from '../../src/users/user.model.js';
import { setLimits } from '../support/limits.js';
import { type Account, password } from '../support/server.js';
import { isOpen, useDoors } from './doors.js';

const secret = 'a secret for tests that is long enough';
const refreshing = 'mutation ($refreshToken: String!) { refreshToken(refreshToken: $refreshToken) { token refreshToken } }';
const signingIn = 'mutation ($email: String!, $password: String!) { login(email: $email, password: $password) { token } }';

describe('bad tokens and passwords', () => {
  const doors = useDoors();
  let account: Account;
  beforeEach(async () => {
    setTokenSettings(secret, '24h');
    account = await doors.server.signIn(`${randomUUID()}@example.com`);
  });
  afterEach(() => setLimits());

  const me = async (token: string) => (await doors.server.request('GET', '/api/users/me', { token })).status;
  const graphqlCode = async (token: string, body: object = { query: '{ me { id } }' }) =>
    (await doors.sendGraphql(token, { body })).json.errors?.[0].extensions.code;
  const refresh = (refreshToken: string) => doors.server.request('POST', '/api/auth/refresh', { body: { refreshToken } });
  const refreshGraphql = async (refreshToken: string) => (await doors.sendGraphql(undefined, { body: { query: refreshing, variables: { refreshToken } } })).json;

  /** A token is worth nothing at any door. */
  async function assertWorthless(token: string, what: string): Promise<void> {
    assert.equal(await me(token), 401, what);
    assert.equal(await graphqlCode(token), 'UNAUTHORIZED', what);
    const [live, socket] = [await doors.live(encodeURIComponent(token)), await doors.socket(token)];
    await Promise.all([live, socket].map((client) => client.until(() => client.closed !== undefined)));
    assert.deepEqual([live.closed!.code, socket.closed!.code], [4401, 4403], what);
    assert.deepEqual(live.frames, [{ type: 'error', error: 'Authentication required', code: 'UNAUTHORIZED' }]);
  }

  it('forged, wrong-audience, expired and swapped tokens are 401 over REST and GraphQL, and close sockets', async () => {
    assert.equal(await me(account.token), 200);
    const { sub, sid, iss, aud } = jwt.decode(account.token) as jwt.JwtPayload;
    const claims = { sub, sid, iss, aud };
    const [head, payload, signature] = account.token.split('.');
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const worthless: Record<string, string> = {
      'another secret': jwt.sign(claims, 'another secret that is long enough'), 'no algorithm': jwt.sign(claims, '', { algorithm: 'none' }),
      'another algorithm': jwt.sign(claims, secret, { algorithm: 'HS512' }), 'a public key': jwt.sign(claims, privateKey, { algorithm: 'RS256' }),
      'another payload': `${head}.${Buffer.from(JSON.stringify({ ...claims, sub: doors.world.owner.id })).toString('base64url')}.${signature}`,
      'no signature': `${head}.${payload}.`, 'a changed signature': `${account.token.slice(0, -2)}AA`, 'another audience': jwt.sign({ ...claims, aud: 'elsewhere' }, secret),
      'another issuer': jwt.sign({ ...claims, iss: 'elsewhere' }, secret), expired: jwt.sign(claims, secret, { expiresIn: -1 }),
      'not yet': jwt.sign(claims, secret, { notBefore: 3600 }), 'an unknown session': jwt.sign({ ...claims, sid: randomUUID() }, secret, { expiresIn: 60 }),
      'no session': jwt.sign({ sub, iss, aud }, secret, { expiresIn: 60 }), 'a session that is none': jwt.sign({ ...claims, sid: 'x' }, secret, { expiresIn: 60 }),
      'no end': jwt.sign(claims, secret), 'a refresh token': account.refreshToken, nonsense: 'nonsense',
    };
    for (const [what, token] of Object.entries(worthless)) await assertWorthless(token, what);
    assert.deepEqual([(await refresh(account.token)).status, (await refreshGraphql(account.token)).errors[0].extensions.code], [401, 'UNAUTHORIZED']);
    assert.equal(await me(account.token), 200);
  });

  it('a refresh token that is used again is 401, and its whole family ends with its sockets', async () => {
    for (const again of ['REST', 'GraphQL']) {
      const session = await doors.server.signIn(account.email);
      const { json: next } = await refresh(session.refreshToken);
      const { data } = await refreshGraphql(next.refreshToken);
      const [live, socket] = [await doors.live(next.token), await doors.socket(next.token)];
      assert.ok(isOpen(live) && isOpen(socket));
      if (again === 'REST') assert.equal((await refresh(session.refreshToken)).status, 401);
      else assert.equal((await refreshGraphql(session.refreshToken)).errors[0].extensions.code, 'UNAUTHORIZED');
      for (const token of [session.token, next.token, data.refreshToken.token]) assert.equal(await me(token), 401);
      assert.equal((await refresh(data.refreshToken.refreshToken)).status, 401);
      await Promise.all([live, socket].map((client) => client.until(() => client.closed !== undefined)));
      assert.deepEqual([live.closed!.code, socket.closed!.code], [4401, 4403]);
      assert.equal(await me(account.token), 200, 'another session of the same user goes on');
    }
  });

  it('the sixth wrong password is 429, also as aliases and with a forged X-Forwarded-For, before anything is hashed', async () => {
    setLimits({ accountAttempts: 5 });
    const login = (email: string, given: string, headers = {}) => doors.server.request('POST', '/api/auth/login', { body: { email, password: given }, headers });
    const loginGraphql = async (email: string, given: string) =>
      (await doors.sendGraphql(undefined, { body: { query: signingIn, variables: { email, password: given } }, headers: { 'x-forwarded-for': '198.51.100.7' } })).json;
    for (const email of [account.email, `${randomUUID()}@example.com`]) {
      for (let each = 0; each < 3; each++) assert.equal((await login(email, 'wrong', { 'x-forwarded-for': `203.0.113.${each}` })).status, 401);
      for (let each = 0; each < 2; each++) assert.equal((await loginGraphql(email, 'wrong')).errors[0].extensions.code, 'UNAUTHORIZED');
      // Whoever looks at this hash fails.
      await User.query().patch({ passwordHash: 'no hash' }).where({ email });
      const failed = await AuditLog.query().where({ event_type: 'login_failed' }).resultSize();
      for (const given of ['wrong', password]) {
        const { status, json } = await login(email, given, { 'x-forwarded-for': '203.0.113.99' });
        assert.deepEqual([status, Object.keys(json), json.code], [429, ['error', 'code', 'retryAfter'], 'RATE_LIMIT_EXCEEDED']);
        assert.ok(json.retryAfter > 0 && json.retryAfter <= 900);
        assert.equal((await loginGraphql(email, given)).errors[0].extensions.code, 'RATE_LIMIT_EXCEEDED');
      }
      const aliases = Array.from({ length: 10 }, (_, index) => `a${index}: login(email: "${email}", password: "${index === 9 ? password : index}") { token }`);
      const { json } = await doors.sendGraphql(undefined, { body: { query: `mutation { ${aliases.join(' ')} }` } });
      assert.deepEqual([json.data, json.errors[0].extensions.code], [null, 'RATE_LIMIT_EXCEEDED']);
      assert.equal(await AuditLog.query().where({ event_type: 'login_failed' }).resultSize(), failed);
    }
  });

  it('a deactivated user’s live token is 401 everywhere and their sockets are closed', async () => {
    const other = await doors.server.signIn(account.email);
    const clients = [await doors.live(account.token), await doors.live(other.token), await doors.socket(account.token), await doors.socket(other.token)];
    assert.ok(clients.every(isOpen));
    const { status } = await doors.server.request('PUT', `/api/admin/users/${account.id}`, { token: (await doors.server.signIn(doors.world.admin.email)).token, body: { isActive: false } });
    assert.equal(status, 200);
    await Promise.all(clients.map((client) => client.until(() => client.closed !== undefined)));
    assert.deepEqual(clients.map(({ closed }) => closed!.code), [4401, 4401, 4403, 4403]);
    for (const { token, refreshToken } of [account, other]) {
      await assertWorthless(token, 'of a deactivated user');
      assert.equal((await refresh(refreshToken)).status, 401);
    }
    assert.equal((await doors.server.request('POST', '/api/auth/login', { body: { email: account.email, password } })).status, 401);
    assert.equal(await knex()('sessions').where({ user_id: account.id }).whereNull('ended_at').first(), undefined);
  });
});
