import { randomUUID } from 'node:crypto';
import { Model, snakeCaseMappers, type ModelOptions, type QueryContext } from 'objection';
import { validationError } from './errors.js';
import { fieldSentence, isRequired } from './validation.js';

/** What all models share: a uuid, snake_case columns, `updatedAt`, and validation that speaks per field. */
export abstract class BaseModel extends Model {
  declare id: string;
  declare createdAt: Date;

  static override columnNameMappers = snakeCaseMappers();
  static override useLimitInFirst = true;

  static override createValidationError({ data, message }: { data?: Record<string, any[]>; message?: string }) {
    const details: Record<string, string> = {};
    for (const [field, found] of Object.entries(data ?? {})) {
      const first = found[0];
      const name = first.keyword === 'required' ? (first.params.missingProperty as string) : field.split(/[./]/)[0]!;
      details[name] = first.keyword === 'required' ? isRequired(name) : fieldSentence(name, first);
    }
    if (Object.keys(details).length === 0) details.body = message ?? 'Not valid';
    return validationError(details);
  }

  override $beforeInsert(_context: QueryContext): void | Promise<any> {
    this.id ??= randomUUID();
  }

  override $beforeUpdate({ old }: ModelOptions, _context: QueryContext): void | Promise<any> {
    if (!(this.constructor as typeof BaseModel).hasUpdatedAt) return;
    // It rises with each change, also with two in one millisecond or from a machine whose clock is behind.
    const before = (old as { updatedAt?: Date } | undefined)?.updatedAt?.getTime() ?? 0;
    (this as { updatedAt?: Date }).updatedAt = new Date(Math.max(Date.now(), before + 1));
  }

  /** False for tables whose rows are written once. */
  static hasUpdatedAt = true;
}
