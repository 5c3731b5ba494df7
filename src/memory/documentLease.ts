import { knex } from '../db.js';
import { Document } from './document.model.js';

/*
 * Who processes a document holds a lease on it: an expiry in its row, and the number of the attempt. Claiming raises that number in
 * the statement that picks the document and skips those that others are picking; whatever is written afterwards names it, so that
 * one who lost the lease writes nothing. A lease that expired belonged to a process that died, and the document is taken up again.
 */

/** How long a lease lasts without being renewed. */
export const leaseSeconds = 30;

/** Claims the oldest document that waits and that nobody works on. */
export async function claimDocument(): Promise<Document | undefined> {
  const { rows } = await knex().raw(
    `update documents set attempt_count = attempt_count + 1, lease_expires_at = now() + make_interval(secs => ?)
     where id = (
       select id from documents where status = 'processing' and (lease_expires_at is null or lease_expires_at < now())
       order by created_at limit 1 for update skip locked
     )
     returning *`,
    [leaseSeconds],
  );
  return rows[0] && (Document.fromDatabaseJson(rows[0]) as Document);
}

/** Renews the lease; false when the document is gone or somebody else's. */
export async function renewLease(document: Document): Promise<boolean> {
  return (await patch(document, `now() + make_interval(secs => ${leaseSeconds})`)) > 0;
}

/** Hands the document back, to be taken up at once; the attempt does not count. */
export async function releaseLease(document: Document): Promise<void> {
  await patch(document, 'null', 'attempt_count - 1');
}

/** Hands the document back, to be taken up after a while. */
export async function postpone(document: Document, seconds: number): Promise<void> {
  await patch(document, `now() + make_interval(secs => ${seconds})`);
}

/** Ends all leases. Only for a database that no other process can have open: their holders are dead then. */
export async function expireDocumentLeases(): Promise<void> {
  await knex().raw(`update documents set lease_expires_at = null where status = 'processing' and lease_expires_at is not null`);
}

async function patch({ id, attemptCount }: Document, expiry: string, attempts = 'attempt_count'): Promise<number> {
  const { rowCount } = await knex().raw(
    `update documents set lease_expires_at = ${expiry}, attempt_count = ${attempts} where id = ? and attempt_count = ? and status = 'processing'`,
    [id, attemptCount],
  );
  return rowCount;
}
