import type { IncomingMessage, ServerResponse } from 'node:http';
import { PlatformError } from '../src/errors.js';
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

/** Whether a route makes something that must not be made twice when a client asks again. A form has no body to compare. */
export const takesIdempotencyKey = ({ method, status, auth, form }: Route): boolean =>
  method === 'POST' && status === 201 && auth && !form;

/** The key of a request, 1 to 255 visible ASCII characters; undefined when it has none. Throws VALIDATION_ERROR. */
export function idempotencyKeyOf({ headers }: IncomingMessage): string | undefined {
  const key = headers['idempotency-key'];
  if (key === undefined || /^[\x21-\x7e]{1,255}$/.test(String(key))) return key as string | undefined;
  const sentence = 'Idempotency-Key must have 1 to 255 visible ASCII characters';
  throw new PlatformError('VALIDATION_ERROR', sentence, { 'Idempotency-Key': sentence });
}

/**
 * Answers as before when the key was used before; otherwise does the work and saves its answer. Work that fails made nothing,
 * so its key is free again.
 * @param parts all that makes two requests the same: route, parameters and body, in whichever order their keys are
 * @param logError hears of an answer that could not be saved; the client gets it all the same
 */
export async function answerOnce(
  { begin, finish, forget }: Idempotency,
  { viewer, key, parts }: { viewer: Viewer; key: string; parts: unknown[] },
  res: ServerResponse,
  work: () => Promise<SavedAnswer>,
  logError: (error: unknown) => void,
): Promise<SavedAnswer> {
  const begun = await begin(viewer, key, textOf(parts));
  if ('saved' in begun) {
    res.setHeader('idempotency-replayed', 'true');
    return begun.saved;
  }
  try {
    const answer = await work();
    await finish(begun.claim, answer).catch(logError);
    return answer;
  } catch (error) {
    await forget(begun.claim).catch(logError);
    throw error;
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
