import { BaseModel } from '../baseModel.js';

/** `upload` is a file that someone brought, `note` what an agent was told to remember. */
export type DocumentSource = 'upload' | 'note';
export type DocumentStatus = 'processing' | 'completed' | 'failed';

/** A file in a persona's memory. */
export class Document extends BaseModel {
  static override tableName = 'documents';

  declare personaId: string;
  declare uploadedBy: string | null;
  declare name: string;
  declare source: DocumentSource;
  declare fileSize: number;
  declare mimeType: string;
  /** Of its bytes, in hex; a persona has the same bytes only once. */
  declare sha256: string;
  declare status: DocumentStatus;
  /** Why it failed, for people. */
  declare errorMessage: string | null;
  declare chunkCount: number;
  /** How often it was begun to be processed. Each try raises it, which ends the rights of the one before. */
  declare attemptCount: number;
  declare leaseExpiresAt: Date | null;
  declare updatedAt: Date;
}
