import type { IncomingMessage, ServerResponse } from 'node:http';
import { logger } from '../logger.js';
import { countRequest } from './metrics.js';

/** What a request turned out to ask for. */
export interface RequestName {
  /** The path as routes have it, such as `/api/runs/:id`. */
  route: string;
  /** The GraphQL operation or root field behind it. */
  operation: string;
  /** Names the request in the log and, when it fails by an error of ours, in the answer. */
  requestId: string;
}

const names = new WeakMap<IncomingMessage, RequestName>();

/** Says what a request asks for; done by the door that takes it. */
export function nameRequest(req: IncomingMessage, name: RequestName): void {
  names.set(req, name);
}

/** Requests that no door has named: clients can make up paths without end, so these have one name. */
const nameless: RequestName = { route: 'other', operation: '', requestId: '' };

/** What a request asks for, as far as a door has said. */
export const requestNameOf = (req: IncomingMessage): RequestName => names.get(req) ?? nameless;

/** Methods that are told apart; clients can make up others. */
const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH']);

/** Counts and, at the level info, logs a request when its answer has ended or its client has gone. */
export function observeRequest(req: IncomingMessage, res: ServerResponse): void {
  const begin = performance.now();
  res.once('close', () => {
    const { route, operation, requestId } = requestNameOf(req);
    const milliseconds = performance.now() - begin;
    const status = res.headersSent ? res.statusCode : 499; // as others count clients who did not wait
    const method = methods.has(req.method!) ? req.method! : 'other';
    countRequest({ method, route, operation, status }, milliseconds / 1000);
    if (logger.isLevelEnabled('info')) logger.info({ requestId, method, route, operation, status, ms: Math.round(milliseconds) }, 'Request');
  });
}
