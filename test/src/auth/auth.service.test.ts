import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { updateUser } from '../../../src/admin/admin.service.js';
import { AuditLog } from '../../../src/audit/auditLog.model.js';
import { login, logout, refreshTokens, startAuth, viewerFromToken } from '../../../src/auth/auth.service.js';
import { RefreshToken } from '../../../src/auth/refreshToken.model.js';
import { onSessionEnded } from '../../../src/auth/sessions.js';
import { knex } from '../../../src/db.js';
import { User } from '../../../src/users/user.model.js';
import { useDatabase } from '../../support/database.js';
import { createUser, createViewer, password, rejectsWith, useAuth } from '../../support/factories.js';

const wrong = 'Invalid email or password';

describe('login', () => {
  useDatabase();
  useAuth();

  it('names blank fields', async () => {
    await rejectsWith(login('', ' '), 'VALIDATION_ERROR', { email: 'Email is required', password: 'Password is required' });
    await rejectsWith(login('a@b.test', ''), 'VALIDATION_ERROR', { password: 'Password is required' });
  });

  it('refuses an unknown email, a wrong password and an inactive user with the same words', async () => {
    const user = await createUser();
    const inactive = await createUser({ isActive: false });
    await rejectsWith(login('nobody@example.test', password), 'UNAUTHORIZED', wrong);
    await rejectsWith(login(user.email, `${password}!`), 'UNAUTHORIZED', wrong);
    await rejectsWith(login(inactive.email, password), 'UNAUTHORIZED', wrong);
  });

  it('gives tokens, the user with the time of this login, and an audit row', async () => {
    const user = await createUser();
    const session = await login(user.email, password);
    assert.equal(session.user.id, user.id);
    assert.ok(session.user.lastLoginAt! >= user.createdAt);
    assert.equal((await viewerFromToken(session.token)).id, user.id);
    assert.equal((await AuditLog.query().findOne({ event_type: 'login', user_id: user.id }))?.eventCategory, 'access');
  });

  it('takes the email in any case and with blanks around it', async () => {
    const user = await createUser({ email: 'Mixed.Case@example.test' });
    assert.equal((await login('  mixed.case@EXAMPLE.test ', password)).user.id, user.id);
  });

  it('survives many at once', async () => {
    const user = await createUser();
    const sessions = await Promise.all(Array.from({ length: 12 }, () => login(user.email, password)));
    assert.equal(new Set(sessions.map(({ refreshToken }) => refreshToken)).size, 12);
  });
});

describe('viewerFromToken', () => {
  useDatabase();
  useAuth();

  it('refuses what is no token, and one signed with another secret, algorithm or for another audience', async () => {
    const viewer = await createViewer();
    const claims = { sub: viewer.id, sid: viewer.sessionId, iss: 'persona-platform', aud: 'persona-platform' };
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const secret = 'a secret for tests that is long enough';
    const forged = [
      '', 'x.y.z', jwt.sign(claims, 'another secret that is long enough'), jwt.sign(claims, '', { algorithm: 'none' }),
      jwt.sign(claims, privateKey, { algorithm: 'RS256' }), jwt.sign(claims, secret, { algorithm: 'HS512' }),
      jwt.sign({ ...claims, aud: 'elsewhere' }, secret), jwt.sign({ ...claims, iss: 'elsewhere' }, secret),
      jwt.sign(claims, secret, { expiresIn: -1 }),
    ];
    for (const token of forged) await rejectsWith(viewerFromToken(token), 'UNAUTHORIZED', 'Authentication required');
  });

  it('refuses a token that has run out, even one that was good before', async () => {
    const user = await createUser();
    const { token } = await login(user.email, password);
    await viewerFromToken(token);
    const now = Date.now;
    try {
      Date.now = () => now() + 61 * 60_000;
      await rejectsWith(viewerFromToken(token), 'UNAUTHORIZED');
    } finally {
      Date.now = now;
    }
  });

  it('refuses a session whose row is gone', async () => {
    const user = await createUser();
    const { token } = await login(user.email, password);
    await User.query().deleteById(user.id);
    await rejectsWith(viewerFromToken(token), 'UNAUTHORIZED');
  });

  it('tells who the token speaks for', async () => {
    const user = await createUser({ role: 'admin' });
    const { token } = await login(user.email, password);
    const { sessionId, ...viewer } = await viewerFromToken(token);
    assert.deepEqual(viewer, { id: user.id, email: user.email, name: user.name, role: 'admin' });
    assert.match(sessionId, /^[0-9a-f-]{36}$/);
  });
});

for (const isOnlyProcess of [true, false]) {
  describe(`sessions ${isOnlyProcess ? 'remembered by the only process' : 'looked up each time'}`, () => {
    useDatabase();
    useAuth({ isOnlyProcess });

    it('logout ends the token at once, and tells the listeners', async () => {
      const user = await createUser();
      const { token, refreshToken } = await login(user.email, password);
      const other = await login(user.email, password);
      const viewer = await viewerFromToken(token);
      const ended: string[] = [];
      const stop = onSessionEnded((id) => ended.push(id));
      await logout(viewer);
      stop();
      assert.deepEqual(ended, [viewer.sessionId]);
      await rejectsWith(viewerFromToken(token), 'UNAUTHORIZED');
      await rejectsWith(refreshTokens(refreshToken), 'UNAUTHORIZED', 'Invalid or expired refresh token');
      assert.equal((await viewerFromToken(other.token)).id, user.id);
    });

    it('a logout overtakes a check that is under way', async () => {
      const user = await createUser();
      const { token } = await login(user.email, password);
      const viewer = await viewerFromToken(token);
      await startAuth({ jwtSecret: 'a secret for tests that is long enough', jwtExpiresIn: '1h', isOnlyProcess });
      await Promise.allSettled([viewerFromToken(token), logout(viewer), viewerFromToken(token)]);
      await rejectsWith(viewerFromToken(token), 'UNAUTHORIZED');
    });

    it('deactivation ends every session of the user at once', async () => {
      const admin = await createViewer({ role: 'admin' });
      const user = await createUser();
      const sessions = [await login(user.email, password), await login(user.email, password)];
      for (const { token } of sessions) await viewerFromToken(token);
      await updateUser(admin, user.id, { isActive: false }, {});
      for (const { token, refreshToken } of sessions) {
        await rejectsWith(viewerFromToken(token), 'UNAUTHORIZED');
        await rejectsWith(refreshTokens(refreshToken), 'UNAUTHORIZED');
      }
      await rejectsWith(login(user.email, password), 'UNAUTHORIZED', wrong);
    });
  });
}

describe('refreshTokens', () => {
  useDatabase();
  useAuth({ isOnlyProcess: true });
  const refused = 'Invalid or expired refresh token';

  it('refuses a blank, an unknown and an old token', async () => {
    await rejectsWith(refreshTokens(''), 'VALIDATION_ERROR', { refreshToken: 'Refresh token is required' });
    await rejectsWith(refreshTokens('never given out'), 'UNAUTHORIZED', refused);
    const { refreshToken, user } = await login((await createUser()).email, password);
    await knex().raw(`update refresh_tokens t set expires_at = now() from sessions s where s.id = t.session_id and s.user_id = ?`, [user.id]);
    await rejectsWith(refreshTokens(refreshToken), 'UNAUTHORIZED', refused);
  });

  it('gives a new pair for the same session, and the next one in turn', async () => {
    const { token, refreshToken } = await login((await createUser()).email, password);
    const next = await refreshTokens(refreshToken);
    const afterNext = await refreshTokens(next.refreshToken);
    assert.equal((await viewerFromToken(afterNext.token)).sessionId, (await viewerFromToken(token)).sessionId);
  });

  it('ends the session when one is used twice', async () => {
    const { token, refreshToken, user } = await login((await createUser()).email, password);
    const next = await refreshTokens(refreshToken);
    await viewerFromToken(next.token);
    await rejectsWith(refreshTokens(refreshToken), 'UNAUTHORIZED', refused);
    await rejectsWith(viewerFromToken(token), 'UNAUTHORIZED');
    await rejectsWith(viewerFromToken(next.token), 'UNAUTHORIZED');
    await rejectsWith(refreshTokens(next.refreshToken), 'UNAUTHORIZED', refused);
    assert.ok(await AuditLog.query().findOne({ event_type: 'refresh_token_reused', user_id: user.id }));
  });

  it('lets one of two at once through, and then ends the session', async () => {
    const { refreshToken } = await login((await createUser()).email, password);
    const results = await Promise.allSettled([refreshTokens(refreshToken), refreshTokens(refreshToken)]);
    const good = results.filter((result) => result.status === 'fulfilled');
    assert.equal(good.length, 1);
    await rejectsWith(viewerFromToken(good[0]!.value.token), 'UNAUTHORIZED');
  });

  it('keeps only hashes', async () => {
    const { refreshToken } = await login((await createUser()).email, password);
    const rows = await RefreshToken.query();
    assert.ok(rows.every(({ tokenHash }) => /^[0-9a-f]{64}$/.test(tokenHash) && tokenHash !== refreshToken));
    assert.equal(Buffer.from(refreshToken, 'base64url').length, 32);
  });
});
