import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import type { PlatformError } from '../src/errors.js';
import type { Viewer } from './viewer.js';

/** What is left of a limit to whoever was counted. */
export interface Allowance {
  limit: number;
  remaining: number;
  /** Seconds since 1970. */
  resetAt: number;
}

/** A limit beside that of requests, which an operation counts by itself. */
export type OwnLimit = 'runs' | 'uploads';

/** What counts the requests of all doors together. */
export interface RequestLimits {
  /** The address that a request comes from. */
  clientAddress(req: IncomingMessage): string;
  /** Counts a request of a user, or of an address where nobody has signed in. Throws RATE_LIMIT_EXCEEDED. */
  takeRequest(viewer: Viewer | null, clientAddress: string): Promise<Allowance>;
  /** What a user has left of another limit. */
  allowanceLeft(limit: OwnLimit, viewer: Viewer): Promise<Allowance>;
}

const left = Symbol('allowance');

type Counted = ServerResponse & { [left]?: Allowance };

/** Notes what the answer will say is left. Kept beside the headers: setting them one by one takes several times as long. */
export function noteAllowance(res: Counted, allowance: Allowance): void {
  res[left] = allowance;
}

/** Notes what a user has left of a route's own limit, in place of that of requests. */
export async function showOwnLimit(limits: RequestLimits | undefined, limit: OwnLimit, viewer: Viewer | null, res: ServerResponse): Promise<void> {
  if (limits && viewer) noteAllowance(res, await limits.allowanceLeft(limit, viewer));
}

/** Notes what a refusal says of the limit that was reached, if that is what it is about. */
export function noteRefusal(res: ServerResponse, { code, details }: PlatformError): void {
  if (code === 'RATE_LIMIT_EXCEEDED' && details?.resetAt !== undefined) noteAllowance(res, details as unknown as Allowance);
}

/** Adds the documented headers for what was noted. */
export function withAllowance<Headers extends OutgoingHttpHeaders>(res: Counted, headers: Headers): Headers {
  const allowance = res[left];
  if (allowance) {
    const into: OutgoingHttpHeaders = headers;
    into['x-ratelimit-limit'] = allowance.limit;
    into['x-ratelimit-remaining'] = allowance.remaining;
    into['x-ratelimit-reset'] = allowance.resetAt;
  }
  return headers;
}
