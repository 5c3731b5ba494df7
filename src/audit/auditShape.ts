import type { Shape } from '../reading.js';
import type { AuditCategory } from './auditLog.model.js';

export interface AuditRow {
  id: string;
  userId: string | null;
  userName: string | null;
  personaId: string | null;
  personaName: string | null;
  runId: string | null;
  eventType: string;
  eventCategory: AuditCategory;
  description: string;
  metadata: Record<string, unknown>;
  createdAt: Date;
  seq: number;
  previousHash: string;
  hash: string;
}

const join = 'join audit_chain c on c.audit_id = a.id';

/** An audit row as it is read, from `audit_logs a`. */
export const auditShape: Shape = {
  always: ['id'],
  fields: {
    id: 'a.id', userId: 'a.user_id', userName: 'a.user_name', personaId: 'a.persona_id', personaName: 'a.persona_name', runId: 'a.run_id',
    eventType: 'a.event_type', eventCategory: 'a.event_category', description: 'a.description', metadata: 'a.metadata',
    createdAt: 'a.created_at',
    seq: { sql: 'c.seq', join }, previousHash: { sql: 'c.previous_hash', join }, hash: { sql: 'c.hash', join },
  },
};
