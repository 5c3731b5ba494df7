import { BaseModel } from '../baseModel.js';

/** One try of an llm_call with one provider. */
export class StepAttempt extends BaseModel {
  static override tableName = 'step_attempts';
  static override hasUpdatedAt = false;

  declare stepId: string;
  declare attemptNumber: number;
  declare provider: string;
  declare model: string;
  declare status: 'completed' | 'failed' | 'skipped';
  declare errorKind: string | null;
  declare errorMessage: string | null;
  declare promptTokens: number | null;
  declare completionTokens: number | null;
  declare cost: number | null;
  declare durationMs: number;
}
