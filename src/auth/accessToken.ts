import { createSecretKey, type KeyObject } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { LRUCache } from 'lru-cache';
import { unauthorized } from '../errors.js';

/** Access tokens: JWTs (HS256) that name a user (`sub`) and a session (`sid`). */
export interface AccessClaims {
  userId: string;
  sessionId: string;
  /** Seconds since 1970. */
  expiresAt: number;
}

const issuer = 'persona-platform';
const audience = 'persona-platform';

interface Settings {
  /** Made once: a string secret would be turned into a key on every check, which takes fifty times as long. */
  key: KeyObject;
  /** `24h`, `15m` … */
  expiresIn: string;
}

let settings: Settings | undefined;
const checked = new LRUCache<string, AccessClaims>({ max: 10_000 });

/** Sets the secret that signs tokens, at least 32 characters, and how long a token is good for. */
export function setTokenSettings(secret: string, expiresIn: string): void {
  settings = { key: createSecretKey(secret, 'utf8'), expiresIn };
  checked.clear();
}

function inForce(): Settings {
  if (!settings) throw new Error('No secret is set: call startAuth() first');
  return settings;
}

/** A new access token of a session. */
export function signAccessToken(userId: string, sessionId: string): string {
  const { key, expiresIn } = inForce();
  const options = { algorithm: 'HS256', subject: userId, issuer, audience, expiresIn } as jwt.SignOptions;
  return jwt.sign({ sid: sessionId }, key, options);
}

/** What a token says, when its signature and its time are good; a good signature is remembered. Throws UNAUTHORIZED. */
export function checkAccessToken(token: string): AccessClaims {
  const known = checked.get(token);
  if (known) {
    if (known.expiresAt > Date.now() / 1000) return known;
    checked.delete(token);
    throw unauthorized();
  }
  const claims = verify(token);
  checked.set(token, claims);
  return claims;
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function verify(token: string): AccessClaims {
  const { key } = inForce();
  try {
    const payload = jwt.verify(token, key, { algorithms: ['HS256'], issuer, audience }) as jwt.JwtPayload;
    // Ours have an end, and the id of a session.
    if (typeof payload.exp !== 'number' || !uuid.test(payload.sid)) throw unauthorized();
    return { userId: payload.sub!, sessionId: payload.sid as string, expiresAt: payload.exp };
  } catch {
    throw unauthorized();
  }
}
