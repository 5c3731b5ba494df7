import type { Knex } from 'knex';
import { AuditLog, type AuditCategory } from './auditLog.model.js';

export interface AuditEntry {
  eventType: string;
  eventCategory: AuditCategory;
  description: string;
  personaId?: string;
  runId?: string;
  metadata?: Record<string, unknown>;
}

/**
 * Writes one audit row inside the transaction of what it records, with the names as they are now, since the row outlives them.
 * The actor is null for the system itself. Record a deletion before the row is gone.
 */
export async function recordAudit(trx: Knex.Transaction, actor: { id: string } | null, entry: AuditEntry): Promise<void> {
  const userId = actor?.id ?? null;
  const personaId = entry.personaId ?? null;
  await AuditLog.query(trx).insert({
    metadata: {},
    ...entry,
    userId,
    userName: trx.raw('(select name from users where id = ?)', [userId]) as never,
    personaName: trx.raw('(select name from personas where id = ?)', [personaId]) as never,
  });
}
