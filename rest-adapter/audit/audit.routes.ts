import type { Route } from '../route.js';
import { presentAuditLogs, presentAuditPiece } from './audit.presenter.js';

const filters = ['userId', 'personaId', 'runId', 'eventType', 'eventCategory', 'startDate', 'endDate'] as const;

export const auditRoutes: Route[] = [
  {
    method: 'GET',
    path: '/api/audit',
    operation: 'ListAuditLogs',
    auth: true,
    query: ['page', 'limit', ...filters],
    status: 200,
    present: presentAuditLogs,
    summary: 'List what happened',
  },
  {
    method: 'GET',
    path: '/api/audit/export',
    operation: 'ExportAuditLogs',
    auth: true,
    query: ['format', 'after', ...filters],
    status: 200,
    piece: presentAuditPiece,
    summary: 'Get what happened as a file, CSV or NDJSON, oldest first',
  },
];
