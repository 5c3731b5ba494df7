import { BaseModel } from '../baseModel.js';
import type { Passage } from './parsing/chunks.js';

/** A passage of a document that can be found. */
export class Chunk extends BaseModel {
  static override tableName = 'chunks';
  static override hasUpdatedAt = false;
  static override jsonAttributes = ['metadata'];

  declare documentId: string;
  declare personaId: string;
  declare chunkIndex: number;
  declare text: string;
  declare metadata: Passage['metadata'];
  /** As `toVectorValue` makes it. */
  declare embedding: string;
}
