import { createHash, randomBytes } from 'node:crypto';
import type { Knex } from 'knex';
import { RefreshToken } from './refreshToken.model.js';

const lifetimeMs = 30 * 24 * 60 * 60 * 1000;

const hashOf = (token: string) => createHash('sha256').update(token).digest('hex');

/** A new refresh token of a session: 32 random bytes, of which the database knows only the hash. */
export async function issueRefreshToken(trx: Knex.Transaction, sessionId: string): Promise<string> {
  const token = randomBytes(32).toString('base64url');
  await RefreshToken.query(trx).insert({ tokenHash: hashOf(token), sessionId, expiresAt: new Date(Date.now() + lifetimeMs) });
  return token;
}

export interface UsedToken {
  sessionId: string;
  user: { id: string; name: string };
  /** `good` once; after that someone has a copy of it. `dead` when its time, its session or its user has ended. */
  state: 'good' | 'reused' | 'dead';
}

/** Takes a refresh token out of use and says what it was worth; undefined when it was never given out. */
export async function useRefreshToken(trx: Knex.Transaction, token: string): Promise<UsedToken | undefined> {
  const tokenHash = hashOf(token);
  // The lock makes a second use at the same moment wait, and then see the first.
  const row = await trx('refresh_tokens as t')
    .join('sessions as s', 's.id', 't.session_id')
    .join('users as u', 'u.id', 's.user_id')
    .where('t.token_hash', tokenHash)
    .forUpdate('t')
    .first({ sessionId: 's.id', userId: 'u.id', userName: 'u.name', usedAt: 't.used_at', expiresAt: 't.expires_at', endedAt: 's.ended_at', isActive: 'u.is_active' });
  if (!row) return undefined;
  const used = { sessionId: row.sessionId as string, user: { id: row.userId as string, name: row.userName as string } };
  if (row.usedAt) return { ...used, state: 'reused' };
  if (row.endedAt || !row.isActive || row.expiresAt <= new Date()) return { ...used, state: 'dead' };
  await RefreshToken.query(trx).findById(tokenHash).patch({ usedAt: new Date() });
  return { ...used, state: 'good' };
}
