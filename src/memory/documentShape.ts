import type { Shape } from '../reading.js';
import type { DocumentSource, DocumentStatus } from './document.model.js';

export interface DocumentRow {
  id: string;
  personaId: string;
  name: string;
  source: DocumentSource;
  fileSize: number;
  mimeType: string;
  status: DocumentStatus;
  errorMessage: string | null;
  chunkCount: number;
  uploadedBy: string | null;
  uploadedByName: string | null;
  createdAt: Date;
  updatedAt: Date;
}

/** A document as it is read, from `documents d`. */
export const documentShape: Shape = {
  always: ['id'],
  fields: {
    id: 'd.id', personaId: 'd.persona_id', name: 'd.name', source: 'd.source', fileSize: 'd.file_size', mimeType: 'd.mime_type',
    status: 'd.status', errorMessage: 'd.error_message', chunkCount: 'd.chunk_count', uploadedBy: 'd.uploaded_by',
    uploadedByName: { sql: 'u.name', join: 'left join users u on u.id = d.uploaded_by' },
    createdAt: 'd.created_at', updatedAt: 'd.updated_at',
  },
};
