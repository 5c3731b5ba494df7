import type { IncomingMessage, ServerResponse } from 'node:http';
import { withAllowance } from './limits.js';

/** Answers with JSON. A HEAD request gets the headers alone. */
export function sendJson(req: IncomingMessage, res: ServerResponse, status: number, body: unknown, requestId: string): void {
  const text = JSON.stringify(body);
  res.writeHead(status, withAllowance(res, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(text),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'x-request-id': requestId,
  }));
  res.end(req.method === 'HEAD' ? undefined : text);
}

/** Answers an OPTIONS request: which methods the path takes. */
export function sendOptions(res: ServerResponse, allowed: string[], requestId: string): void {
  res.writeHead(204, { allow: allowed.join(', '), 'cache-control': 'no-store', 'x-request-id': requestId });
  res.end();
}
