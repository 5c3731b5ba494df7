import type { Knex } from 'knex';
import { recordAudit } from '../audit/audit.service.js';
import { transaction } from '../db.js';
import { unauthorized, validationError } from '../errors.js';
import { User } from '../users/user.model.js';
import { isRequired } from '../validation.js';
import { checkAccessToken, setTokenSettings, signAccessToken } from './accessToken.js';
import { limitAttempts } from './passwordAttempts.js';
import { passwordFits, preparePasswords } from './passwords.js';
import { issueRefreshToken, useRefreshToken, type UsedToken } from './refreshTokens.js';
import { Session } from './session.model.js';
import { endSession, sessionsEnded, setOnlyProcess, viewerOfSession } from './sessions.js';
import type { Viewer } from './viewer.js';

export interface AuthSettings {
  /** Signs access tokens; at least 32 characters. */
  jwtSecret: string;
  /** `24h`, `15m` … */
  jwtExpiresIn: string;
  /** True while no other process works on the same database: live sessions are then remembered. */
  isOnlyProcess: boolean;
}

/** Makes signing in possible; called once at start. */
export async function startAuth({ jwtSecret, jwtExpiresIn, isOnlyProcess }: AuthSettings): Promise<void> {
  setTokenSettings(jwtSecret, jwtExpiresIn);
  setOnlyProcess(isOnlyProcess);
  await preparePasswords();
}

export interface Tokens {
  token: string;
  refreshToken: string;
}

export interface SignedIn extends Tokens {
  user: User;
}

/**
 * Starts a session. Throws VALIDATION_ERROR for blank fields and UNAUTHORIZED, always with the same text and after the
 * same time, for an unknown email, a wrong password and an inactive user; RATE_LIMIT_EXCEEDED after too many of these.
 * @param clientAddress where the request comes from; when empty, attempts are only counted by account
 */
export async function login(email: string, password: string, clientAddress = ''): Promise<SignedIn> {
  requireText({ email, password });
  const user = await User.query().whereRaw('lower(email) = lower(?)', [email.trim()]).first();
  const isRight = await limitAttempts(user?.email ?? email, clientAddress, async () => {
    const fits = await passwordFits(password, user?.passwordHash);
    if (fits && user?.isActive) return true;
    await recordFailedLogin(email.trim(), user, fits);
    return false;
  });
  if (!user || !isRight) throw unauthorized('Invalid email or password');
  return transaction(async (trx) => {
    await recordAudit(trx, user, { eventType: 'login', eventCategory: 'access', description: `User '${user.email}' signed in` });
    return openSession(trx, user);
  });
}

/** Starts a session of a user who has shown who they are. */
export async function openSession(trx: Knex.Transaction, user: User): Promise<SignedIn> {
  const signedIn = await user.$query(trx).patchAndFetch({ lastLoginAt: new Date() });
  const session = await Session.query(trx).insert({ userId: user.id });
  const refreshToken = await issueRefreshToken(trx, session.id);
  return { user: signedIn, token: signAccessToken(user.id, session.id), refreshToken };
}

/** Of an address that nobody has only one is kept that looks like one: people type passwords into the wrong field. */
function recordFailedLogin(email: string, user: User | undefined, fits: boolean): Promise<void> {
  const reason = !user ? 'unknown email' : fits ? 'inactive user' : 'wrong password';
  const address = user?.email ?? (/^[\x21-\x7e]{1,64}@[\x21-\x7e]{1,255}$/.test(email) ? email : null);
  return transaction((trx) =>
    recordAudit(trx, user ?? null, {
      eventType: 'login_failed', eventCategory: 'access', description: 'A sign-in failed', metadata: { reason, email: address },
    }));
}

/** Who a token speaks for. Throws UNAUTHORIZED for a forged or expired one, and when its session has ended. */
export async function viewerFromToken(token: string): Promise<Viewer> {
  return viewerOfSession(checkAccessToken(token).sessionId);
}

/** Ends the viewer's session and all its tokens. */
export async function logout(viewer: Viewer): Promise<true> {
  const ended = await transaction(async (trx) => {
    await recordAudit(trx, viewer, { eventType: 'logout', eventCategory: 'access', description: `User '${viewer.email}' signed out` });
    return endSession(trx, viewer.sessionId);
  });
  sessionsEnded(ended);
  return true;
}

/**
 * Exchanges a refresh token for a new pair. One that was used before was copied by someone, so its session ends.
 * Throws UNAUTHORIZED for any that is not good.
 */
export async function refreshTokens(refreshToken: string): Promise<Tokens> {
  requireText({ refreshToken });
  const { tokens, ended = [] } = await transaction(async (trx) => {
    const used = await useRefreshToken(trx, refreshToken);
    if (used?.state === 'reused') return { ended: await endCopied(trx, used) };
    if (used?.state !== 'good') return {};
    const next = await issueRefreshToken(trx, used.sessionId);
    await recordAudit(trx, used.user, { eventType: 'token_refreshed', eventCategory: 'access', description: `User '${used.user.name}' got new tokens` });
    return { tokens: { token: signAccessToken(used.user.id, used.sessionId), refreshToken: next } };
  }) as { tokens?: Tokens; ended?: string[] };
  sessionsEnded(ended);
  if (!tokens) throw unauthorized('Invalid or expired refresh token');
  return tokens;
}

async function endCopied(trx: Knex.Transaction, { user, sessionId }: UsedToken): Promise<string[]> {
  const ended = await endSession(trx, sessionId);
  if (ended.length > 0) {
    const description = `A refresh token of '${user.name}' was used twice; its session was ended`;
    await recordAudit(trx, user, { eventType: 'refresh_token_reused', eventCategory: 'error', description });
  }
  return ended;
}

function requireText(fields: Record<string, string>): void {
  const blank = Object.keys(fields).filter((field) => fields[field]!.trim() === '');
  if (blank.length > 0) throw validationError(Object.fromEntries(blank.map((field) => [field, isRequired(field)])));
}
