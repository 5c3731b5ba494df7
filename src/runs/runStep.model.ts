import { BaseModel } from '../baseModel.js';

export type StepType = 'llm_call' | 'tool_call';
/** `waiting` is a tool call that a person has to approve first. */
export type StepStatus = 'waiting' | 'started' | 'completed' | 'failed';

export class RunStep extends BaseModel {
  static override tableName = 'run_steps';
  static override hasUpdatedAt = false;

  declare runId: string;
  declare stepNumber: number;
  declare stepType: StepType;
  declare status: StepStatus;
  declare decision: 'retry' | 'approve' | null;
  declare toolId: string | null;
  declare toolName: string | null;
  declare toolCallId: string | null;
  declare input: Record<string, unknown>;
  declare output: Record<string, unknown> | null;
  declare errorCode: string | null;
  declare errorMessage: string | null;
  declare provider: string | null;
  declare model: string | null;
  declare promptTokens: number | null;
  declare completionTokens: number | null;
  declare durationMs: number | null;
  declare completedAt: Date | null;

  static override jsonAttributes = ['input', 'output'];
}
