import { hostname } from 'node:os';
import type { Knex } from 'knex';
import { knex, transaction } from '../db.js';
import { logger } from '../logger.js';
import { minePersonas } from './auditFilters.js';
import { AuditLog, type AuditCategory } from './auditLog.model.js';

export interface AuditEntry {
  eventType: string;
  eventCategory: AuditCategory;
  description: string;
  personaId?: string;
  runId?: string;
  metadata?: Record<string, unknown>;
  /** Set where the actor may have no right on the persona: its name is then left out, since the row is theirs to see. */
  isRefusal?: true;
}

/**
 * Writes one audit row inside the transaction of what it records, with the names as they are now, since the row outlives them.
 * The actor is null for the system itself. Record a deletion before the row is gone. The database chains the row to the one
 * before when the transaction commits.
 */
export async function recordAudit(trx: Knex.Transaction, actor: { id: string } | null, { isRefusal, ...entry }: AuditEntry): Promise<void> {
  const userId = actor?.id ?? null;
  const personaId = entry.personaId ?? null;
  const seen = isRefusal ? `and id in (${minePersonas})` : '';
  await AuditLog.query(trx).insert({
    metadata: {},
    ...entry,
    userId,
    userName: trx.raw('(select name from users where id = ?)', [userId]) as never,
    personaName: trx.raw(`(select name from personas where id = :personaId ${seen})`, { personaId, viewerId: userId }) as never,
  });
}

/** Records that this process has begun to work, or ends. */
export const recordSystem = (what: 'started' | 'stopped'): Promise<void> =>
  transaction((trx) =>
    recordAudit(trx, null, {
      eventType: `system_${what}`, eventCategory: 'system', description: `The system ${what}`, metadata: { host: hostname(), pid: process.pid },
    }));

/** What someone was refused: a persona, or something that belongs to one. */
export interface RefusedSubject {
  kind: string;
  id: string;
}

/** Where things that belong to a persona are kept. */
const tables: Record<string, string> = { agent: 'agents', run: 'runs' };

/**
 * Records that someone was refused an operation (403). Those who see the persona see that too. A refusal stands also when it
 * cannot be recorded, which is logged.
 */
export async function recordRefusal(actor: { id: string }, operation: string, subject?: RefusedSubject): Promise<void> {
  try {
    const about = subject ? await describe(subject) : {};
    await transaction((trx) =>
      recordAudit(trx, actor, {
        eventType: 'access_denied', eventCategory: 'access', description: `Access denied: ${operation}`, ...about, isRefusal: true,
        metadata: { operation, ...(subject && { [`${subject.kind}Id`]: subject.id }) },
      }));
  } catch (error) {
    logger.error({ err: error, operation }, 'A refused access could not be recorded');
  }
}

async function describe({ kind, id }: RefusedSubject): Promise<Pick<AuditEntry, 'personaId' | 'runId'>> {
  if (kind === 'persona') return { personaId: id };
  const table = tables[kind];
  const row = table && (await knex()(table).where({ id }).first('persona_id'));
  return { personaId: row?.persona_id, ...(kind === 'run' && { runId: id }) };
}
