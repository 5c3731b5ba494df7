import type { RunStatus, WaitReason } from './run.model.js';
import type { StepStatus, StepType } from './runStep.model.js';

/** What a run tells those who watch. Stored events are numbered; streamed tokens are not stored. */

export type RunEventType = 'run:update' | 'run:completed' | 'run:error';

export interface StepSummary {
  id: string;
  stepNumber: number;
  stepType: StepType;
  toolName: string | null;
  status: StepStatus;
  durationMs: number | null;
}

export interface RunEventPayload {
  status: RunStatus;
  waitingFor?: WaitReason | null;
  step?: StepSummary;
  output?: string | null;
  /** A short cause and its detail, as the contract's `run:error` has them. */
  error?: string;
  errorMessage?: string;
  errorCode?: string;
}

export interface RunEvent extends RunEventPayload {
  type: RunEventType;
  runId: string;
  /** 1, 2, 3 … within the run. */
  seq: number;
}

/** A piece of a model's text while it is written; superseded by the committed step. */
export interface RunToken {
  type: 'run:token';
  runId: string;
  /** The last stored event before it. */
  seq: number;
  stepNumber: number;
  /** Where `text` begins in the step's text, in UTF-16 units. What a watcher had from there on is replaced. */
  offset: number;
  text: string;
}

export type LiveMessage = RunEvent | RunToken;

/** Nothing follows these. */
export const isLastEvent = (event: LiveMessage): boolean =>
  event.type === 'run:completed' || event.type === 'run:error' || (event.type === 'run:update' && event.status === 'cancelled');
