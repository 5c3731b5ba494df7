import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { join, relative, sep } from 'node:path';
import { gzipSync } from 'node:zlib';
import mime from 'mime';
import { projectRoot } from '../root.js';

/** Nothing runs, loads or frames but what this server sends; `connect-src 'self'` also allows its sockets. */
export const contentSecurityPolicy = [
  "default-src 'none'", "script-src 'self'", "style-src 'self'", "font-src 'self'", "img-src 'self' blob:", "connect-src 'self'",
  "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'",
].join('; ');

/** Answers a request for a file or a page of the client, and calls `next` for everything else. */
export type ClientFiles = (req: IncomingMessage, res: ServerResponse, next: () => void) => void;

interface ClientFile {
  body: Buffer;
  headers: OutgoingHttpHeaders;
  /** Made when it is first asked for. */
  gzipped?: Buffer;
}

/** Paths of the API: a page is never the answer to a mistyped one. */
const notPages = /^\/(api|graphql|ws|healthz|readyz|metrics)(\/|$)/;

/**
 * The web client, held in memory: some 2 MB, and no path can lead out of it. Addresses of its pages, which exist only in the
 * browser, get `index.html`. Without a built client everything is left to `next`.
 * @param folder the built client
 */
export function createClientFiles(folder = join(projectRoot, 'dist/client')): ClientFiles {
  const files = readFiles(folder);
  const index = files.get('/index.html');
  if (!index) return (_req, _res, next) => next();
  index.headers = pageHeaders(index.body);

  return (req, res, next) => {
    const path = req.url!.split('?', 1)[0]!;
    const isRead = req.method === 'GET' || req.method === 'HEAD';
    const isPage = req.headers.accept?.includes('text/html') && !notPages.test(path);
    const file = files.get(path) ?? (isPage ? index : undefined);
    if (isRead && file) sendFile(req, res, file);
    else next();
  };
}

function readFiles(folder: string): Map<string, ClientFile> {
  if (!existsSync(folder)) return new Map();
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(entries.map((entry) => {
    const path = join(entry.parentPath, entry.name);
    const address = `/${relative(folder, path).split(sep).join('/')}`;
    return [address, { body: readFileSync(path), headers: fileHeaders(address) }];
  }));
}

/** The names of assets hold a hash of what is in them, so they never change. */
const fileHeaders = (address: string): OutgoingHttpHeaders => ({
  'content-type': contentType(address),
  'cache-control': address.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
  'x-content-type-options': 'nosniff',
});

function contentType(address: string): string {
  const type = mime.getType(address) ?? 'application/octet-stream';
  return isText(type) ? `${type}; charset=utf-8` : type;
}

const isText = (type: string) => /^text\/|javascript|json|svg/.test(type);

const pageHeaders = (body: Buffer): OutgoingHttpHeaders => ({
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-cache',
  etag: `"${createHash('sha256').update(body).digest('base64url')}"`,
  'content-security-policy': contentSecurityPolicy,
  'cross-origin-opener-policy': 'same-origin',
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
});

function sendFile(req: IncomingMessage, res: ServerResponse, file: ClientFile): void {
  if (file.headers.etag && req.headers['if-none-match'] === file.headers.etag) {
    res.writeHead(304, file.headers).end();
    return;
  }
  const isSmaller = isText(String(file.headers['content-type'])) && /\bgzip\b/.test(String(req.headers['accept-encoding']));
  const body = isSmaller ? (file.gzipped ??= gzipSync(file.body)) : file.body;
  const encoding = isSmaller ? { 'content-encoding': 'gzip' } : {};
  res.writeHead(200, { ...file.headers, ...encoding, vary: 'accept-encoding', 'content-length': body.length });
  res.end(req.method === 'HEAD' ? undefined : body);
}
