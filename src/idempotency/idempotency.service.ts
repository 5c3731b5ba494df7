import { createHash, createHmac, randomUUID } from 'node:crypto';
import type { Viewer } from '../auth/viewer.js';
import { knex, read } from '../db.js';
import { invalidState, PlatformError } from '../errors.js';
import { logger } from '../logger.js';

/**
 * Remembers which request a user's key stood for and what it was answered with.
 *
 * A key is free, claimed or answered. The first request claims it, and while it is being answered others with the same key are
 * turned away. It ends answered, or free again when the answer was an error. When a process dies in between, the claim ends after
 * a minute, and the next request takes it over; what the dead one had begun has either been committed or undone, which
 * nobody can tell from here. An answered key is free again after a day.
 */

/** How long a request may be under way before its process is taken for dead, in seconds. */
const claimSeconds = 60;

/** How long an answer is kept. */
const keptHours = 24;

/** The right to answer a request. */
export interface Claim {
  id: string;
  userId: string;
  keyHash: string;
}

/** What a request was answered with. */
export interface SavedAnswer {
  status: number;
  body: unknown;
}

interface Kept {
  requestHash: string;
  status: number | null;
  body: string | null;
}

/**
 * Gives what was answered before, or the claim to answer now. Throws IDEMPOTENCY_MISMATCH when the key stands for another
 * request, and INVALID_STATE while that one is being answered.
 * @param request all that makes two requests the same
 */
export async function begin(viewer: Pick<Viewer, 'id'>, key: string, request: string): Promise<{ saved: SavedAnswer } | { claim: Claim }> {
  const keyHash = createHash('sha256').update(key).digest('base64url');
  // Keyed with what only the client knows, so that nobody finds a password in it by trying.
  const requestHash = createHmac('sha256', key).update(request).digest('base64url');
  const claim = { id: randomUUID(), userId: viewer.id, keyHash };
  for (;;) {
    if (await take(claim, requestHash)) return { claim };
    const kept = await find(claim);
    // It was set free in this very moment.
    if (!kept) continue;
    if (kept.requestHash !== requestHash) throw new PlatformError('IDEMPOTENCY_MISMATCH', 'This Idempotency-Key was used for another request');
    if (kept.status === null) throw invalidState('A request with this Idempotency-Key is being answered');
    return { saved: { status: kept.status, body: JSON.parse(kept.body!) } };
  }
}

/** Keeps the answer, unless the claim has ended. */
export async function finish({ id, userId, keyHash }: Claim, { status, body }: SavedAnswer): Promise<void> {
  await knex()('idempotency_keys').where({ user_id: userId, key_hash: keyHash, claim: id }).update({ status, body: JSON.stringify(body) });
}

/** Sets the key free, unless the claim has ended. */
export async function forget({ id, userId, keyHash }: Claim): Promise<void> {
  await knex()('idempotency_keys').where({ user_id: userId, key_hash: keyHash, claim: id }).delete();
}

/** One statement, so that of two requests at once one gets the key; the other sees no row. */
const takeKey = {
  name: 'take_idempotency_key',
  text: `insert into idempotency_keys as k (user_id, key_hash, request_hash, claim, claimed_until, expires_at)
    values ($1, $2, $3, $4, now() + interval '${claimSeconds} seconds', now() + interval '${keptHours} hours')
    on conflict (user_id, key_hash) do update
      set (request_hash, claim, claimed_until, expires_at, status, body) =
        (excluded.request_hash, excluded.claim, excluded.claimed_until, excluded.expires_at, null, null)
      where k.expires_at <= now() or (k.status is null and k.claimed_until <= now())
    returning true`,
};

const take = async ({ id, userId, keyHash }: Claim, requestHash: string): Promise<boolean> =>
  (await read(takeKey, [userId, keyHash, requestHash, id])).length > 0;

const findKey = {
  name: 'find_idempotency_key',
  text: `select request_hash as "requestHash", status, body from idempotency_keys where user_id = $1 and key_hash = $2`,
};

const find = async ({ userId, keyHash }: Claim): Promise<Kept | undefined> => (await read<Kept>(findKey, [userId, keyHash]))[0];

/** Removes what is no longer kept; gives how many there were. */
export const purge = (): Promise<number> => knex()('idempotency_keys').where('expires_at', '<=', knex().fn.now()).delete();

/** Removes what is no longer kept, every hour, until the given function is called. */
export function startPurging(everyMs = 3_600_000): () => void {
  const timer = setInterval(() => {
    purge().catch((error: unknown) => logger.error({ err: error }, 'Idempotency keys could not be purged'));
  }, everyMs);
  timer.unref();
  return () => clearInterval(timer);
}
