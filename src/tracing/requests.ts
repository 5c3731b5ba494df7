import type { IncomingMessage, ServerResponse } from 'node:http';
import { requestNameOf } from '../health/requests.js';
import { isTracing, traced } from './tracing.js';

/** What clients ask of the platform itself; pages and probes are not traced. */
const isOurs = /^\/(api|graphql)(?=[/?]|$)/;

/** Answers a request as a span, which goes on with the trace of the client if there is one. */
export function traceRequest(req: IncomingMessage, res: ServerResponse, answer: () => void): void {
  if (!isTracing() || !isOurs.test(req.url!)) return answer();
  const method = req.method!;
  const path = req.url!.split('?', 1)[0]!;
  const options = { kind: 'server' as const, parent: header(req, 'traceparent'), attributes: { 'http.request.method': method, 'url.path': path, 'url.scheme': 'http' } };
  void traced(method, options, (span) => new Promise<void>((ended) => {
    res.once('close', () => {
      const { route, operation, requestId } = requestNameOf(req);
      const status = res.headersSent ? res.statusCode : undefined;
      if (requestId) {
        span.rename(`${method} ${route}`);
        span.set({ 'http.route': route, 'graphql.operation.name': operation, 'persona.request.id': requestId });
      }
      span.set({ 'http.response.status_code': status });
      if (status === undefined || status >= 500) span.fail(status ? String(status) : 'client_gone');
      ended();
    });
    answer();
  }));
}

const header = ({ headers }: IncomingMessage, name: string): string | null => (typeof headers[name] === 'string' ? headers[name] : null);
