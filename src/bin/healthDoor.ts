import { createHash, randomUUID, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { asPlatformError, sendError } from '../../rest-adapter/errors.js';
import { sendJson } from '../../rest-adapter/respond.js';
import { forbidden, unauthorized } from '../errors.js';
import { metrics, watchProcess } from '../health/metrics.js';
import { readiness } from '../health/readiness.js';
import type { Provider } from '../providers/provider.js';

export interface HealthDoorOptions {
  providers: () => readonly Provider[];
  /** Who sends it may read the metrics; without it this machine alone may. */
  metricsToken?: string;
  logError(error: unknown, requestId: string): void;
}

type Door = (req: IncomingMessage, res: ServerResponse, next: () => void) => void;

/**
 * What machines ask: `/healthz` whether the process answers, `/readyz` whether what it needs answers too (503 without the
 * database), `/metrics` how it is, for Prometheus. Everything else goes to `next`.
 */
export function createHealthDoor({ providers, metricsToken, logError }: HealthDoorOptions): Door {
  watchProcess();
  const answers: Record<string, (req: IncomingMessage, res: ServerResponse, requestId: string) => Promise<void>> = {
    '/healthz': async (req, res, requestId) => sendJson(req, res, 200, { status: 'ok' }, requestId),
    '/readyz': async (req, res, requestId) => {
      const state = await readiness(providers());
      sendJson(req, res, state.status === 'ready' ? 200 : 503, state, requestId);
    },
    '/metrics': async (req, res, requestId) => {
      requireMetricsReader(req, metricsToken);
      const text = await metrics.metrics();
      res.writeHead(200, { 'content-type': metrics.contentType, 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', 'x-request-id': requestId });
      res.end(req.method === 'HEAD' ? undefined : text);
    },
  };
  return (req, res, next) => {
    const answer = answers[req.url!.split('?', 1)[0]!];
    if (!answer || (req.method !== 'GET' && req.method !== 'HEAD')) return next();
    const requestId = randomUUID();
    answer(req, res, requestId).catch((error: unknown) => sendError(req, res, asPlatformError(error, requestId, logError), requestId));
  };
}

const loopback = /^(::ffff:)?127\.|^::1$/;

/** Headers by which a proxy on this machine shows that it asks for someone else. */
const ofProxies = ['x-forwarded-for', 'x-forwarded-host', 'forwarded', 'via', 'x-real-ip'];

/** With a token whoever has it may read, from anywhere; without one only this machine, and not through a proxy. */
function requireMetricsReader({ headers, socket }: IncomingMessage, token: string | undefined): void {
  if (token) {
    const [, given = ''] = /^Bearer +(\S+) *$/i.exec(headers.authorization ?? '') ?? [];
    if (!timingSafeEqual(digest(given), digest(token))) throw unauthorized();
  } else if (!loopback.test(socket.remoteAddress ?? '') || ofProxies.some((name) => name in headers)) throw forbidden();
}

const digest = (text: string) => createHash('sha256').update(text).digest();
