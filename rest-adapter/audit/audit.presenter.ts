import { presentPage } from '../page.presenter.js';
import type { Data, Piece } from '../route.js';

export const presentAuditLogs = ({ auditLogs }: Data) => presentPage(auditLogs, presentAuditLog);

const presentAuditLog = (row: Data) => ({
  id: row.id,
  userId: row.userId,
  userName: row.userName,
  personaId: row.personaId,
  personaName: row.personaName,
  runId: row.runId,
  eventType: row.eventType,
  eventCategory: row.eventCategory,
  description: row.description,
  metadata: row.metadata,
  createdAt: row.createdAt,
});

export const presentAuditPiece = ({ auditExport: { fileName, mimeType, text, lastSeq, isLast } }: Data): Piece => ({
  fileName, mimeType, text, next: isLast ? null : { after: lastSeq },
});
