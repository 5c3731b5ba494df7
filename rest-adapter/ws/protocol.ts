import { PlatformError, validationError } from '../../src/errors.js';

/** The frames of /ws, as PROTOCOL.md describes them. */

/** Why the server closes a connection. 4000–4999 are ours; a browser sees nothing else of a refusal. */
export enum CloseCode {
  /** The server is going down; connect again, with `since`. */
  GoingAway = 1001,
  /** A frame was larger than `longestFrame`. */
  TooLarge = 1009,
  /** The server could not do what it should. */
  InternalError = 1011,
  /** The user, or the address where nobody has signed in, asks too often; connect again later. */
  TryAgainLater = 1013,
  /** No token, a bad one, or its session has ended. */
  Unauthorized = 4401,
  /** The client does not read as fast as it is told; connect again, with `since`. */
  TooSlow = 4408,
}

/** The largest frame a client may send, in bytes. */
export const longestFrame = 16 * 1024;

/** The most runs one connection may watch. */
export const mostSubscriptions = 100;

export type ClientFrame =
  | { type: 'subscribe:run'; runId: string; since: number }
  | { type: 'unsubscribe:run'; runId: string }
  | { type: 'ping' };

export interface SubscribedFrame {
  type: 'subscribed';
  runId: string;
  /** The last event that there was; those after it are new. */
  seq: number;
  status: string;
}

export interface StepSummary {
  id: string;
  stepNumber: number;
  stepType: string;
  toolName: string | null;
  status: string;
  durationMs: number | null;
}

/** What a run tells. All but `run:token` are stored, and numbered without gap. */
export type RunFrame =
  | { type: 'run:update'; runId: string; seq: number; status: string; step: StepSummary | null }
  | { type: 'run:completed'; runId: string; seq: number; status: string; output: string | null }
  | { type: 'run:error'; runId: string; seq: number; error: string; errorMessage: string | null }
  | { type: 'run:token'; runId: string; seq: number; stepNumber: number; offset: number; text: string };

export interface ErrorFrame {
  type: 'error';
  error: string;
  code: string;
  details?: Record<string, unknown>;
  runId?: string;
}

export type ServerFrame = SubscribedFrame | RunFrame | ErrorFrame | { type: 'pong' };

/** What the subscription RunEvents gives, one message at a time. */
export interface RunMessage {
  type: string;
  runId: string;
  seq: number;
  status?: string | null;
  step?: StepSummary | null;
  output?: string | null;
  error?: string | null;
  errorMessage?: string | null;
  stepNumber?: number | null;
  offset?: number | null;
  text?: string | null;
}

/** Reads what a client sent. Throws VALIDATION_ERROR with `details` that name the key at fault. */
export function parseClientFrame(text: string): ClientFrame {
  const { type, runId, since = 0 } = parseObject(text);
  switch (type) {
    case 'ping':
      return { type };
    case 'unsubscribe:run':
      return { type, runId: checkRunId(runId) };
    case 'subscribe:run':
      if (!Number.isInteger(since) || (since as number) < 0) {
        throw validationError({ since: 'Since must be a whole number of at least 0' });
      }
      return { type, runId: checkRunId(runId), since: since as number };
    default:
      throw validationError({ type: 'Type must be one of subscribe:run, unsubscribe:run, ping' });
  }
}

/** The documented frame of a message, key by key. */
export function toFrame(message: RunMessage): RunFrame {
  const { runId, seq } = message;
  switch (message.type) {
    case 'run:token':
      return { type: 'run:token', runId, seq, stepNumber: message.stepNumber!, offset: message.offset!, text: message.text! };
    case 'run:completed':
      return { type: 'run:completed', runId, seq, status: message.status!, output: message.output ?? null };
    case 'run:error':
      return { type: 'run:error', runId, seq, error: message.error!, errorMessage: message.errorMessage ?? null };
    default:
      return { type: 'run:update', runId, seq, status: message.status!, step: message.step ? toStep(message.step) : null };
  }
}

/** Whether nothing follows this frame. */
export const isLastFrame = (frame: RunFrame): boolean =>
  frame.type === 'run:completed' || frame.type === 'run:error' || (frame.type === 'run:update' && frame.status === 'cancelled');

/** The frame that tells of an error, of one run when `runId` is given. */
export function errorFrame({ message, code, details }: PlatformError, runId?: string): ErrorFrame {
  return { type: 'error', error: message, code, ...(details && { details }), ...(runId !== undefined && { runId }) };
}

const toStep = ({ id, stepNumber, stepType, toolName, status, durationMs }: StepSummary): StepSummary => ({
  id,
  stepNumber,
  stepType,
  toolName,
  status,
  durationMs,
});

function parseObject(text: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new PlatformError('VALIDATION_ERROR', 'The frame is not JSON');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new PlatformError('VALIDATION_ERROR', 'The frame must be a JSON object');
  }
  return value as Record<string, unknown>;
}

/** The id's form is checked by the schema, as everywhere; in one spelling, so that one run is watched once. */
function checkRunId(runId: unknown): string {
  if (typeof runId !== 'string' || runId === '') throw validationError({ runId: 'Run ID is required' });
  return runId.toLowerCase();
}
