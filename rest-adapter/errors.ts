import type { IncomingMessage, ServerResponse } from 'node:http';
import { PlatformError } from '../src/errors.js';
import { noteRefusal } from './limits.js';
import { sendJson } from './respond.js';

/** The documented body of an error: `{error, code, details?}`, or with `retryAfter` in seconds when there were too many requests. */
export function errorBody(error: PlatformError, requestId: string): Record<string, unknown> {
  const { code, details } = error;
  if (code === 'RATE_LIMIT_EXCEEDED') return { error: error.message, code, retryAfter: details?.retryAfter };
  if (code === 'INTERNAL_ERROR') return { error: 'Internal server error', code, details: { requestId } };
  return details ? { error: error.message, code, details } : { error: error.message, code };
}

/** Takes what is not ours for an internal error and hands it to `log`; its text never leaves the process. */
export function asPlatformError(error: unknown, requestId: string, log: (error: unknown, requestId: string) => void): PlatformError {
  if (error instanceof PlatformError) return error;
  log(error, requestId);
  return new PlatformError('INTERNAL_ERROR', 'Internal server error');
}

/** Answers with an error, unless the answer has begun: then it can only be cut off. */
export function sendError(req: IncomingMessage, res: ServerResponse, error: PlatformError, requestId: string, status = error.status): void {
  if (res.headersSent) {
    res.destroy();
    return;
  }
  const { retryAfter, allow } = error.details ?? {};
  noteRefusal(res, error);
  if (error.code === 'UNAUTHORIZED') res.setHeader('www-authenticate', 'Bearer');
  if (typeof retryAfter === 'number') res.setHeader('retry-after', retryAfter);
  if (Array.isArray(allow)) res.setHeader('allow', allow.join(', '));
  sendJson(req, res, status, errorBody(error, requestId), requestId);
}
