import type { Knex } from 'knex';
import { PlatformError } from '../errors.js';

/** A row that several people may edit, as it was found and locked. */
interface Edited {
  id: string;
  updatedAt: Date;
}

/** Where the audit log says who edited it last. */
interface EditTrail {
  personaId: string;
  eventType: 'persona_updated' | 'agent_updated';
  /** What the rows of that type carry in their metadata. */
  about?: Record<string, string>;
}

/**
 * Throws EDIT_CONFLICT when the row is not as the editor saw it, with when it was changed and, if it is known, by whom. Both
 * times are compared in milliseconds, which is what answers tell; each change raises them by one at least.
 * @param row locked, so that it stays as it is until the transaction ends
 * @param expected the `updatedAt` that the editor saw; without it any state will do
 */
export async function requireUnchanged(trx: Knex.Transaction, row: Edited, expected: Date | null | undefined, trail: EditTrail): Promise<void> {
  if (!expected || expected.getTime() === row.updatedAt.getTime()) return;
  const { personaId, eventType, about = {} } = trail;
  const last = await trx('audit_logs')
    .where({ persona_id: personaId, event_type: eventType }).whereRaw('metadata @> ?', [JSON.stringify(about)])
    .orderBy('created_at', 'desc').first('user_name');
  throw new PlatformError('EDIT_CONFLICT', `${last ? last.user_name : 'Somebody'} has changed this meanwhile`, {
    updatedAt: row.updatedAt.toISOString(), updatedBy: last?.user_name ?? null,
  });
}
