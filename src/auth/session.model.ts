import { BaseModel } from '../baseModel.js';

/** One sign-in. Ending it ends its access tokens and refresh tokens at once. */
export class Session extends BaseModel {
  static override tableName = 'sessions';
  static override hasUpdatedAt = false;

  declare userId: string;
  declare endedAt: Date | null;
}
