import { Model, snakeCaseMappers } from 'objection';

/** A refresh token that was given out, known only by its hash. */
export class RefreshToken extends Model {
  static override tableName = 'refresh_tokens';
  static override idColumn = 'token_hash';
  static override columnNameMappers = snakeCaseMappers();

  declare tokenHash: string;
  declare sessionId: string;
  declare expiresAt: Date;
  declare usedAt: Date | null;
}
