import type { Endpoint } from './endpoint.js';
import { ProviderError, type ProviderErrorKind } from './provider.js';
import type { Transport } from './transport.js';

/** The names servers give to their errors, as `code` or `type`, where those say more than the HTTP status. */
const kindOfName: Record<string, ProviderErrorKind> = {
  context_length_exceeded: 'context_too_long',
  exceed_context_size_error: 'context_too_long',
  request_too_large: 'context_too_long',
  rate_limit_exceeded: 'rate_limited',
  rate_limit_error: 'rate_limited',
  insufficient_quota: 'unauthorized',
  invalid_api_key: 'unauthorized',
  authentication_error: 'unauthorized',
  permission_error: 'unauthorized',
  billing_error: 'unauthorized',
  invalid_request_error: 'bad_answer',
  not_found_error: 'bad_answer',
};

/** Not every server has a name for it, but all say it in words. */
const tooLong = /prompt is too long|context[ _-](length|window|size|limit)/i;

/** What both SDKs' APIError have in common. */
interface ApiError extends Error {
  status?: number;
  headers?: Headers;
  error?: unknown;
}

interface Complaint {
  status?: number;
  code?: string;
  type?: string;
  message?: string;
}

/**
 * Says what a thrown thing means: a ProviderError for everything the provider or the network did, the reason of the
 * caller's signal when that was aborted, and the thing itself when it is none of these (a fault of our own).
 */
export function failureOf(error: unknown, caller: AbortSignal, transport: Transport, endpoint: Endpoint): unknown {
  if (caller.aborted) return caller.reason;
  if (error instanceof ProviderError) return error;
  if (isApiError(error) && error.status) return apiFailure(error, endpoint);
  if (transport.unreachable !== undefined) return unreachable(transport.unreachable, endpoint);
  if (transport.stalled || transport.broken) return cutOff(transport, endpoint);
  if (isApiError(error)) return apiFailure(error, endpoint);
  if (error instanceof SyntaxError) {
    return new ProviderError('bad_answer', endpoint.name, `${endpoint.name} sent something that is not valid JSON.`);
  }
  return error;
}

/** The stream ended, but the answer had not: cut off, or never a stream of events at all. */
export function endedEarly(transport: Transport, endpoint: Endpoint): ProviderError {
  if (transport.eventStream || transport.stalled || transport.broken) return cutOff(transport, endpoint);
  const message = `${endpoint.name} answered with something that is not a stream of events.`;
  return new ProviderError('bad_answer', endpoint.name, message);
}

/** Milliseconds of a `Retry-After` header (seconds or a date) or of `retry-after-ms`; undefined when absent or unreadable. */
export function retryAfterMs(headers: Headers | undefined, now = Date.now()): number | undefined {
  const exact = Number(headers?.get('retry-after-ms') ?? NaN);
  if (exact >= 0) return exact;
  const value = headers?.get('retry-after')?.trim();
  if (!value) return undefined;
  const wait = Number.isNaN(Number(value)) ? Date.parse(value) - now : Number(value) * 1000;
  return Number.isNaN(wait) ? undefined : Math.max(0, Math.round(wait));
}

function isApiError(error: unknown): error is ApiError {
  return error instanceof Error && 'status' in error && 'headers' in error && 'error' in error;
}

function apiFailure(error: ApiError, endpoint: Endpoint): ProviderError {
  const complaint = readComplaint(error);
  const kind = kindOf(complaint);
  const wait = retryAfterMs(error.headers);
  return new ProviderError(kind, endpoint.name, sentence(kind, complaint, wait, endpoint), wait);
}

/** OpenAI's SDK hands over `error` of the body, Anthropic's the whole body with `error` in it. */
function readComplaint(error: ApiError): Complaint {
  const body = error.error as any;
  const inner = body?.error ?? body;
  const text = (value: unknown) => (typeof value === 'string' ? value : undefined);
  return {
    // Gateways put the status they were given into the `code` of an error inside the stream.
    status: error.status ?? (typeof inner?.code === 'number' ? inner.code : undefined),
    code: text(inner?.code),
    type: text(inner?.type),
    message: text(inner?.message) ?? text(inner),
  };
}

function kindOf({ status, code, type, message }: Complaint): ProviderErrorKind {
  const named = kindOfName[code ?? ''] ?? (status ? kindOfStatus(status) : kindOfName[type ?? '']);
  // An error inside a stream that has no better name is the server's own trouble.
  const kind = named ?? 'overloaded';
  return kind === 'bad_answer' && (type === 'exceed_context_size_error' || tooLong.test(message ?? '')) ? 'context_too_long' : kind;
}

function kindOfStatus(status: number): ProviderErrorKind {
  if (status === 429) return 'rate_limited';
  if (status === 413) return 'context_too_long';
  if (status === 401 || status === 402 || status === 403) return 'unauthorized';
  return status >= 500 || status === 408 ? 'overloaded' : 'bad_answer';
}

function sentence(kind: ProviderErrorKind, complaint: Complaint, wait: number | undefined, { name, model, apiKey }: Endpoint): string {
  const status = complaint.status ? ` (HTTP ${complaint.status})` : '';
  switch (kind) {
    case 'rate_limited':
      return `${name} takes no more requests for now${wait === undefined ? '' : ` and asks to wait ${Math.ceil(wait / 1000)} s`}.`;
    case 'overloaded':
      return `${name} is overloaded or out of order${status}.`;
    case 'unauthorized':
      // The server's own words may quote a part of the key.
      return complaint.status === 401
        ? `${name} did not accept the API key${status}.`
        : `${name} does not let this API key use ${model}${status}.`;
    case 'context_too_long':
      return `The conversation is too long for ${model} of ${name}.`;
    default:
      return `${name} refused the request${status}${quoted(complaint.message, apiKey)}.`;
  }
}

/** The server's words on one line, cut to a readable length and without the key. */
function quoted(message: string | undefined, apiKey: string | undefined): string {
  if (!message) return '';
  const safe = apiKey ? message.replaceAll(apiKey, '[key]') : message;
  const line = safe.replace(/\s+/g, ' ').trim().replace(/\.$/, '');
  return `: ${line.length > 300 ? `${line.slice(0, 299)}…` : line}`;
}

function cutOff(transport: Transport, { name }: Endpoint): ProviderError {
  const message = transport.stalled
    ? `${name} sent nothing for ${transport.stallMs / 1000} s.`
    : `The answer of ${name} broke off before its end.`;
  return new ProviderError('cut_off', name, message);
}

const networkReasons: Record<string, string> = {
  ECONNREFUSED: 'the connection was refused',
  ENOTFOUND: 'the name is unknown',
  EAI_AGAIN: 'the name could not be looked up',
  ECONNRESET: 'the connection was closed',
  UND_ERR_SOCKET: 'the connection was closed',
};

function unreachable(error: unknown, { name, baseUrl }: Endpoint): ProviderError {
  const code = (error as any)?.cause?.code ?? (error as any)?.code;
  const reason = networkReasons[code] ?? `the connection failed${code ? `, ${code}` : ''}`;
  // Only the host: an address may carry a password.
  const host = URL.canParse(baseUrl) ? new URL(baseUrl).host : 'its address';
  return new ProviderError('unreachable', name, `${name} cannot be reached at ${host}: ${reason}.`);
}
