import { BaseModel } from '../baseModel.js';

/** A file that a run made, as it was when its step was committed. */
export class Artifact extends BaseModel {
  static override tableName = 'artifacts';
  static override hasUpdatedAt = false;

  declare runId: string;
  declare stepId: string;
  declare name: string;
  declare filePath: string;
  declare fileSize: number;
  declare mimeType: string;
  declare sha256: string;
}
