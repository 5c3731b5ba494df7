import http from 'node:http';
import https from 'node:https';
import type { Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { guardedLookup, hostFault, HostRefused } from '../../outbound/hosts.js';
import { ToolError } from '../tool.js';

export interface WebRequest {
  url: string;
  method: string;
  headers: Record<string, string>;
  body?: string;
  /** Bytes of the answer that are read; the rest is left. */
  mostBytes: number;
}

export interface WebAnswer {
  /** Where the answer came from, after redirects. */
  url: string;
  status: number;
  headers: Record<string, string>;
  bytes: Buffer;
  /** True when the answer is longer than was read. */
  isCut: boolean;
}

const timeLimit = 30_000;
const mostRedirects = 5;
const redirects = new Set([301, 302, 303, 307, 308]);
/** What a caller must not set, because it says where the message goes or ends. */
const ownHeaders = new Set(['host', 'connection', 'content-length', 'transfer-encoding', 'upgrade', 'te', 'trailer', 'keep-alive', 'expect', 'accept-encoding', 'proxy-authorization', 'proxy-connection']);
/** What is meant for one site only. */
const secretHeaders = new Set(['authorization', 'cookie']);

/**
 * Sends an HTTP request to a host that may be reached and follows redirects, each checked anew; the address is checked as it is connected.
 * Throws ToolError for addresses that are refused and hosts that do not answer, and the signal's reason when aborted.
 */
export async function sendRequest(request: WebRequest, signal: AbortSignal): Promise<WebAnswer> {
  signal.throwIfAborted();
  const limit = AbortSignal.any([signal, AbortSignal.timeout(timeLimit)]);
  let current = { ...request, url: checkedUrl(request.url).href, headers: checkedHeaders(request.headers) };
  try {
    for (let count = 0; count <= mostRedirects; count++) {
      const answer = await once(current, limit);
      const { location } = answer.headers;
      if (!redirects.has(answer.status) || location === undefined) return answer;
      current = redirected(current, answer.status, location);
    }
  } catch (error) {
    throw signal.aborted ? signal.reason : explain(error, new URL(current.url).host, limit);
  }
  throw new ToolError(`The address leads on more than ${mostRedirects} times.`);
}

function checkedUrl(text: string, base?: string): URL {
  if (!URL.canParse(text, base)) throw new ToolError(`${JSON.stringify(text.slice(0, 100))} is no web address; write it like https://example.com/page.`);
  const url = new URL(text, base);
  if (!['http:', 'https:'].includes(url.protocol)) throw new ToolError('Only addresses that begin with http:// or https:// can be opened.');
  if (url.username || url.password) throw new ToolError('The address may not hold a name or password.');
  const fault = hostFault(url.hostname);
  if (fault) throw new ToolError(`The host ${url.hostname} ${fault}.`);
  url.hash = '';
  return url;
}

function checkedHeaders(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => {
    const key = name.toLowerCase();
    if (ownHeaders.has(key)) throw new ToolError(`The header ${key} cannot be set.`);
    try {
      http.validateHeaderName(key);
      http.validateHeaderValue(key, value);
    } catch {
      throw new ToolError(`The header ${JSON.stringify(name.slice(0, 50))} is not possible in HTTP.`);
    }
    return [key, value];
  }));
}

/** The request that a redirect asks for (RFC 9110, 15.4): secrets stay with their site, and only 307 and 308 keep method and body. */
function redirected(request: WebRequest, status: number, location: string): WebRequest & { headers: Record<string, string> } {
  const url = checkedUrl(location, request.url);
  const isSameSite = url.origin === new URL(request.url).origin;
  const keepsBody = status >= 307 || ['GET', 'HEAD'].includes(request.method);
  const headers = Object.fromEntries(Object.entries(request.headers)
    .filter(([name]) => (isSameSite || !secretHeaders.has(name)) && (keepsBody || name !== 'content-type')));
  return { ...request, url: url.href, headers, ...(keepsBody ? {} : { method: 'GET', body: undefined }) };
}

function once({ url, method, headers, body, mostBytes }: WebRequest, signal: AbortSignal): Promise<WebAnswer> {
  return new Promise((resolve, reject) => {
    const { request } = url.startsWith('https:') ? https : http;
    const sent = request(url, {
      method, signal, agent: false, lookup: guardedLookup,
      headers: { 'user-agent': 'PersonaPlatform', accept: '*/*', 'accept-encoding': 'gzip, deflate, br', ...headers, ...(body === undefined ? {} : { 'content-length': Buffer.byteLength(body) }) },
    });
    sent.on('error', reject);
    sent.on('response', (response) => {
      const named = Object.fromEntries(Object.entries(response.headers).map(([name, value]) => [name, String(value)]));
      readBody(response, method === 'HEAD' ? 0 : mostBytes).then(({ bytes, isCut }) => resolve({ url, status: response.statusCode!, headers: named, bytes, isCut }), reject).finally(() => sent.destroy());
    });
    sent.end(body);
  });
}

function unpacked(response: http.IncomingMessage): Readable {
  switch (response.headers['content-encoding']) {
    case 'gzip': return response.pipe(createGunzip());
    case 'deflate': return response.pipe(createInflate());
    case 'br': return response.pipe(createBrotliDecompress());
    default: return response;
  }
}

/** Stops at the limit, which counts what is unpacked, so that no answer takes more memory. */
async function readBody(response: http.IncomingMessage, mostBytes: number): Promise<{ bytes: Buffer; isCut: boolean }> {
  if (mostBytes === 0 || response.statusCode === 204 || response.statusCode === 304) return { bytes: Buffer.alloc(0), isCut: false };
  const body = unpacked(response);
  if (body !== response) response.on('error', (error) => body.destroy(error));
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of body as AsyncIterable<Buffer>) {
    pieces.push(piece);
    size += piece.length;
    if (size > mostBytes) return { bytes: Buffer.concat(pieces).subarray(0, mostBytes), isCut: true };
  }
  return { bytes: Buffer.concat(pieces), isCut: false };
}

function explain(error: unknown, host: string, limit: AbortSignal): unknown {
  if (error instanceof HostRefused) return new ToolError(error.message);
  if (limit.aborted) return new ToolError(`The host ${host} takes more than ${timeLimit / 1000} seconds to answer.`);
  const { code } = error as NodeJS.ErrnoException;
  return code && !(error instanceof ToolError) ? new ToolError(`The host ${host} could not be reached, or its answer could not be read (${code}).`) : error;
}

/** The answer as text by the character set it names, UTF-8 otherwise; null when it is no text. */
export function textOfAnswer({ bytes, headers }: WebAnswer): string | null {
  if (bytes.subarray(0, 8192).includes(0)) return null;
  const charset = /charset="?([\w-]+)/i.exec(headers['content-type'] ?? '')?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    return new TextDecoder('utf-8').decode(bytes);
  }
}
