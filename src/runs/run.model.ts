import { BaseModel } from '../baseModel.js';

export const runStatuses = ['pending', 'running', 'completed', 'failed', 'cancelled'] as const;
export type RunStatus = (typeof runStatuses)[number];
export type WaitReason = 'approval' | 'outcome' | 'provider';

export class Run extends BaseModel {
  static override tableName = 'runs';

  declare agentId: string;
  declare personaId: string;
  declare userId: string;
  declare status: RunStatus;
  declare waitingFor: WaitReason | null;
  /** When it goes on by itself, while it waits for a provider. */
  declare resumeAt: Date | null;
  declare retryOf: string | null;
  /** The trace that the work on it belongs to. */
  declare traceparent: string | null;
  declare input: string;
  declare output: string | null;
  declare errorCode: string | null;
  declare errorMessage: string | null;
  declare lastSeq: number;
  declare leaseOwner: string | null;
  declare leaseEpoch: number;
  declare leaseExpiresAt: Date | null;
  declare crashCount: number;
  declare updatedAt: Date;
  declare startedAt: Date | null;
  declare completedAt: Date | null;

  static override jsonSchema = {
    type: 'object',
    required: ['agentId', 'input'],
    properties: { input: { type: 'string', minLength: 1, maxLength: 100_000, pattern: '\\S' } },
  };
}
