import { createHash, randomBytes } from 'node:crypto';
import { recordAudit } from '../audit/audit.service.js';
import { read, transaction } from '../db.js';
import { unauthorized } from '../errors.js';
import { viewerOfSession } from './sessions.js';
import type { Viewer } from './viewer.js';

/**
 * A ticket opens one socket of the session that asked for it. It stands in an address, which proxies and browsers write down:
 * so it works once, for half a minute, and the database knows only its hash.
 */
export interface SocketTicket {
  ticket: string;
  expiresAt: Date;
}

/** How long a ticket is good for, in seconds. */
const lifetime = 30;

const hashOf = (ticket: string) => createHash('sha256').update(ticket).digest('hex');

/** Adds a ticket, and takes some away whose time is over. */
const add = {
  name: 'add_socket_ticket',
  text: `with gone as (
      delete from socket_tickets where ticket_hash in (select ticket_hash from socket_tickets where expires_at <= now() limit 100 for update skip locked)
    )
    insert into socket_tickets (ticket_hash, session_id, expires_at) values ($1, $2, now() + interval '${lifetime} seconds')
    returning expires_at as "expiresAt"`,
};

/** Makes a ticket of the viewer's session. */
export function createSocketTicket(viewer: Viewer): Promise<SocketTicket> {
  const ticket = randomBytes(32).toString('base64url');
  return transaction(async (trx) => {
    const [added] = await read<{ expiresAt: Date }>(add, [hashOf(ticket), viewer.sessionId], trx);
    await recordAudit(trx, viewer, { eventType: 'socket_ticket_created', eventCategory: 'access', description: `User '${viewer.name}' got a ticket for a socket` });
    return { ticket, expiresAt: added!.expiresAt };
  });
}

/** Of two uses at once, one finds the row. */
const take = {
  name: 'take_socket_ticket',
  text: 'delete from socket_tickets where ticket_hash = $1 returning session_id as "sessionId", expires_at > now() as "isGood"',
};

/** Takes a ticket out of use, and says who it speaks for. Throws UNAUTHORIZED for one that is unknown, used, too old, or of a session that has ended. */
export async function viewerFromTicket(ticket: string): Promise<Viewer> {
  const [taken] = await read<{ sessionId: string; isGood: boolean }>(take, [hashOf(ticket)]);
  if (!taken?.isGood) throw unauthorized();
  return viewerOfSession(taken.sessionId);
}
