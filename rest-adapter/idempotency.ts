import type { IncomingMessage, ServerResponse } from 'node:http';
import { invalidState, PlatformError } from '../src/errors.js';
import type { Route } from './route.js';
import type { Viewer } from './viewer.js';

/** What a request with an `Idempotency-Key` was answered with. */
export interface SavedAnswer {
  status: number;
  body: unknown;
}

/** Remembers, per user and key, what was asked and answered; at least a day. */
export interface Idempotency<Claim = unknown> {
  /**
   * Gives what was answered before, or the claim to answer now. Throws IDEMPOTENCY_MISMATCH when the key stands for another
   * request, and INVALID_STATE while that one is being answered. A claim that is neither finished nor forgotten ends by itself.
   * @param request all that makes two requests the same
   */
  begin(viewer: Viewer, key: string, request: string): Promise<{ saved: SavedAnswer } | { claim: Claim }>;
  finish(claim: Claim, answer: SavedAnswer): Promise<void>;
  /** Sets the key free. */
  forget(claim: Claim): Promise<void>;
}

/** Whether a route makes something that must not be made twice when a client asks again. */
export const takesIdempotencyKey = ({ method, status, auth }: Route): boolean => method === 'POST' && status === 201 && auth;

/** The key of a request, 1 to 255 visible ASCII characters; undefined when it has none. Throws VALIDATION_ERROR. */
export function idempotencyKeyOf({ headers }: IncomingMessage): string | undefined {
  const key = headers['idempotency-key'];
  if (key === undefined || /^[\x21-\x7e]{1,255}$/.test(String(key))) return key as string | undefined;
  const sentence = 'Idempotency-Key must have 1 to 255 visible ASCII characters';
  throw new PlatformError('VALIDATION_ERROR', sentence, { 'Idempotency-Key': sentence });
}

/**
 * Claims the key for a request, once all is known that makes two requests the same: route, parameters and body, in whichever
 * order their keys are. When the key was answered before it throws, and `answerOnce` gives that answer.
 */
export type ClaimKey = (parts: unknown[]) => Promise<void>;

/**
 * Answers as before when the key was used before; otherwise saves the answer of the work. Work that fails made nothing,
 * so its key is free again.
 * @param work has to claim the key before it makes anything
 * @param logError hears of an answer that could not be saved; the client gets it all the same
 */
export async function answerOnce<Claim>(
  { begin, finish, forget }: Idempotency<Claim>,
  { viewer, key }: { viewer: Viewer; key: string },
  res: ServerResponse,
  work: (claimKey: ClaimKey) => Promise<SavedAnswer>,
  logError: (error: unknown) => void,
): Promise<SavedAnswer> {
  let begun: { saved: SavedAnswer } | { claim: Claim } | undefined;
  const claimKey: ClaimKey = async (parts) => {
    begun = await begin(viewer, key, textOf(parts));
    // One of ours, because on its way out of an operation it must not be taken for a fault.
    if ('saved' in begun) throw invalidState('A request with this Idempotency-Key was answered');
  };
  try {
    const answer = await work(claimKey);
    if (begun && 'claim' in begun) await finish(begun.claim, answer).catch(logError);
    return answer;
  } catch (error) {
    if (begun && 'claim' in begun) await forget(begun.claim).catch(logError);
    if (!begun || 'claim' in begun) throw error;
    res.setHeader('idempotency-replayed', 'true');
    return begun.saved;
  }
}

/** Throws VALIDATION_ERROR when something is nested so deeply that it cannot be written down. */
function textOf(parts: unknown[]): string {
  try {
    return JSON.stringify(parts, sortKeys);
  } catch {
    throw new PlatformError('VALIDATION_ERROR', 'The body is nested too deeply', { body: 'Body is nested too deeply' });
  }
}

function sortKeys(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
