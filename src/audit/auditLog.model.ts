import { BaseModel } from '../baseModel.js';

export type AuditCategory = 'action' | 'access' | 'error' | 'system';

export class AuditLog extends BaseModel {
  static override tableName = 'audit_logs';
  static override hasUpdatedAt = false;

  declare userId: string | null;
  declare userName: string | null;
  declare personaId: string | null;
  declare personaName: string | null;
  declare runId: string | null;
  declare eventType: string;
  declare eventCategory: AuditCategory;
  declare description: string;
  declare metadata: Record<string, unknown>;

  static override jsonAttributes = ['metadata'];
}
