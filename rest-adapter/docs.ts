import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { GraphQLSchema } from 'graphql';
import send from 'send';
import { PlatformError } from '../src/errors.js';
import { projectRoot } from '../src/root.js';
import { asPlatformError, sendError } from './errors.js';
import type { RestAdapter } from './index.js';
import { openApiDocument } from './openapi.js';
import { sendOptions } from './respond.js';

const methods = ['GET', 'HEAD', 'OPTIONS'];
const packageFolder = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));
const ownFolder = join(projectRoot, 'rest-adapter', 'openapi', 'page');

/** By path: the folder and the file. Everything that the page shows comes from this machine, so it works without a network. */
const files = new Map<string, [root: string, file: string]>([
  ['/api/docs', [ownFolder, 'index.html']],
  ['/api/docs/docs.js', [ownFolder, 'docs.js']],
  ['/api/docs/swagger-ui-bundle.js', [packageFolder, 'swagger-ui-bundle.js']],
  ['/api/docs/swagger-ui.css', [packageFolder, 'swagger-ui.css']],
  ['/api/docs/favicon.png', [packageFolder, 'favicon-32x32.png']],
]);

const documentPath = '/api/openapi.json';

/** Nothing from elsewhere, and nobody may frame it. Swagger UI sets styles on its elements and has its icons in its CSS. */
const policy = [
  "default-src 'none'", "script-src 'self'", "style-src 'self' 'unsafe-inline'", "img-src 'self' data:", "connect-src 'self'",
  "frame-ancestors 'none'", "base-uri 'none'", "form-action 'none'",
].join('; ');

/**
 * `GET /api/openapi.json` and the page that shows it, `GET /api/docs`, for everyone. What is neither goes to `next`.
 * @param logError hears of what should never happen
 */
export function createDocs(schema: GraphQLSchema, logError: (error: unknown, requestId: string) => void): RestAdapter {
  let document: string | undefined;
  // Made when it is first asked for: providers are among what may be sent, and they are known when the server has started.
  const text = () => (document ??= JSON.stringify(openApiDocument(schema, platformVersion())));

  return (req, res, next) => {
    const path = pathOf(req.url!);
    const file = files.get(path);
    if (!file && path !== documentPath) return next();
    const requestId = randomUUID();
    const fail = (error: unknown) => sendError(req, res, asPlatformError(error, requestId, logError), requestId);
    if (req.method === 'OPTIONS') return sendOptions(res, methods, requestId);
    if (!methods.includes(req.method!)) return fail(new PlatformError('METHOD_NOT_ALLOWED', `${req.method} is not allowed here`, { allow: methods }));
    try {
      if (file) sendAsset(req, res, file, requestId, fail);
      else sendDocument(req, res, text(), requestId);
    } catch (error) {
      fail(error);
    }
  };
}

/** All other requests get by with one look at their beginning. */
function pathOf(url: string): string {
  if (!url.startsWith('/api/docs') && !url.startsWith('/api/openapi')) return '';
  return url.split('?', 1)[0]!.replace(/\/$/, '');
}

const platformVersion = (): string => JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')).version;

function sendDocument(req: IncomingMessage, res: ServerResponse, text: string, requestId: string): void {
  res.writeHead(200, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(text),
    'cache-control': 'no-cache',
    'x-content-type-options': 'nosniff',
    'x-request-id': requestId,
  });
  res.end(req.method === 'HEAD' ? undefined : text);
}

function sendAsset(req: IncomingMessage, res: ServerResponse, [root, file]: [string, string], requestId: string, fail: (error: unknown) => void): void {
  res.setHeader('content-security-policy', policy);
  res.setHeader('x-content-type-options', 'nosniff');
  res.setHeader('referrer-policy', 'no-referrer');
  res.setHeader('x-request-id', requestId);
  // Files of the page change with the version of the platform: a browser keeps them, but asks each time.
  send(req, file, { root, cacheControl: false }).on('headers', () => res.setHeader('cache-control', 'no-cache')).on('error', fail).pipe(res);
}
