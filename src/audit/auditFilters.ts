import type { Viewer } from '../auth/viewer.js';
import { read } from '../db.js';
import { forbidden, notFound, validationError } from '../errors.js';
import type { AuditCategory } from './auditLog.model.js';

/** What the audit log is narrowed to; what is left out narrows nothing. */
export interface AuditFilters {
  userId?: string | null;
  personaId?: string | null;
  runId?: string | null;
  eventType?: string | null;
  eventCategory?: AuditCategory | null;
  /** The first moment that counts. */
  startDate?: Date | null;
  /** The last millisecond that counts. */
  endDate?: Date | null;
}

const narrowing: Record<keyof AuditFilters, string> = {
  userId: 'a.user_id = :userId',
  personaId: 'a.persona_id = :personaId',
  runId: 'a.run_id = :runId',
  eventType: 'a.event_type = :eventType',
  eventCategory: 'a.event_category = :eventCategory',
  startDate: 'a.created_at >= :startDate',
  endDate: `a.created_at < :endDate::timestamptz + interval '1 millisecond'`,
};

/** SQL for the ids of the personas that `:viewerId` owns or is a member of. */
export const minePersonas = 'select id from personas where owner_id = :viewerId union select persona_id from persona_members where user_id = :viewerId';

/** As an array, which an index takes beside the other half of the `or`. */
const visible = `(a.user_id = :viewerId or a.persona_id = any(array(${minePersonas})))`;

/**
 * The condition on `audit_logs a` for what a viewer sees and has asked for. It holds only what was given, so that each
 * combination has a statement of its own, and an index.
 */
export function auditCondition(viewer: Viewer, filters: AuditFilters): string {
  const given = (Object.keys(narrowing) as (keyof AuditFilters)[]).filter((name) => filters[name] != null);
  const conditions = [...(viewer.role === 'admin' ? [] : [visible]), ...given.map((name) => narrowing[name])];
  return conditions.length > 0 ? conditions.join(' and ') : 'true';
}

/** Throws VALIDATION_ERROR for a window that ends before it begins. */
export function requireWindow({ startDate, endDate }: AuditFilters): void {
  if (startDate && endDate && endDate < startDate) throw validationError({ endDate: 'End date must not be before start date' });
}

const userKnownTo = {
  name: 'audit_user_known',
  text: `with mine as (${minePersonas.replaceAll(':viewerId', '$1')})
    select $1 = $2
      or exists (select from personas where owner_id = $2 and id in (select id from mine))
      or exists (select from persona_members where user_id = $2 and persona_id in (select id from mine))
      or exists (select from audit_logs where user_id = $2 and persona_id in (select id from mine)) as "isKnown",
      exists (select from users where id = $2) as "isThere"`,
};

/**
 * Whether a viewer may ask for what a user did: themselves, someone with whom they share a persona, and someone who left a
 * row there. Throws FORBIDDEN for others and NOT_FOUND for an id that no user has.
 */
export async function requireKnownUser(viewer: Viewer, userId: string): Promise<void> {
  const [user] = await read<{ isKnown: boolean; isThere: boolean }>(userKnownTo, [viewer.id, userId]);
  if (user!.isKnown) return;
  throw user!.isThere ? forbidden() : notFound('User');
}
