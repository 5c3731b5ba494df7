import type { Permissions } from '../permissions/index.js';
import { onAuditFilters } from '../permissions/rules.js';

export const auditPermissions: Permissions = {
  Query: { auditLogs: onAuditFilters, auditExport: onAuditFilters, auditActivity: onAuditFilters },
};
