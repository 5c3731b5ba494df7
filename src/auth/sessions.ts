import type { Knex } from 'knex';
import { LRUCache } from 'lru-cache';
import { read } from '../db.js';
import { unauthorized } from '../errors.js';
import { Session } from './session.model.js';
import type { Viewer } from './viewer.js';

/**
 * Which sessions are alive. The database knows; while this process is the only one, what it answered is kept until this
 * process itself ends the session.
 */

const viewers = new LRUCache<string, Viewer>({ max: 10_000 });
let keepViewers = false;

/** Raised when sessions end, so that an answer that was asked for before is not kept after. */
let endings = 0;

/** Says whether no other process can end a session behind this one's back. */
export function setOnlyProcess(only: boolean): void {
  keepViewers = only;
  viewers.clear();
}

const liveSession = {
  name: 'live_session',
  text: `select u.id, s.id as "sessionId", u.email, u.name, u.role
    from sessions s join users u on u.id = s.user_id
    where s.id = $1 and s.ended_at is null and u.is_active`,
};

/** Who a live session belongs to. Throws UNAUTHORIZED when it has ended or its user was deactivated. */
export async function viewerOfSession(sessionId: string): Promise<Viewer> {
  const kept = viewers.get(sessionId);
  if (kept) return kept;
  const before = endings;
  const [viewer] = await read<Viewer>(liveSession, [sessionId]);
  if (!viewer) throw unauthorized();
  if (keepViewers && endings === before) viewers.set(sessionId, viewer);
  return viewer;
}

/** Ends one session. Call `sessionsEnded` with the result after the transaction is committed. */
export async function endSession(trx: Knex.Transaction, id: string): Promise<string[]> {
  return idsOf(await Session.query(trx).patch({ endedAt: new Date() }).where({ id }).whereNull('ended_at').returning('id'));
}

/** Ends all sessions of a user, or all but one. Call `sessionsEnded` with the result after the transaction is committed. */
export async function endSessionsOf(trx: Knex.Transaction, userId: string, except?: string): Promise<string[]> {
  const ending = Session.query(trx).patch({ endedAt: new Date() }).where({ user_id: userId }).whereNull('ended_at').returning('id');
  return idsOf(await (except ? ending.whereNot({ id: except }) : ending));
}

const idsOf = (sessions: unknown) => (sessions as Session[]).map(({ id }) => id);

type Listener = (sessionId: string) => void;
const listeners = new Set<Listener>();

/** Calls back for each session that this process has ended, after it was committed. Returns what stops it. */
export function onSessionEnded(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Forgets who is signed in, when what is known of a user has changed: the next request looks again. */
export function viewersChanged(): void {
  endings += 1;
  viewers.clear();
}

/** Forgets sessions that have ended and tells the listeners. */
export function sessionsEnded(ids: string[]): void {
  endings += 1;
  for (const id of ids) {
    viewers.delete(id);
    for (const listener of listeners) listener(id);
  }
}
