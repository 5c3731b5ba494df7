import { ApolloError } from '@apollo/client/core';
import { inThisLanguage } from '../texts/faultText';

/** What went wrong, in the form that pages show. */
export interface Fault {
  /** The platform's code, or `OFFLINE` when no answer came. */
  code: string;
  message: string;
  /** One sentence for each field that is wrong. */
  details: Record<string, string>;
  /** After how many seconds it may be tried again, where the server said so. */
  retryAfter?: number;
}

interface RawError {
  message: string;
  extensions?: { code?: unknown; details?: { retryAfter?: unknown } };
}

const offline: Fault = { code: 'OFFLINE', message: '', details: {} };

/** The fault behind anything that a request threw. */
export function faultOf(thrown: unknown): Fault {
  const raw = rawErrorOf(thrown);
  if (!raw) return offline;
  const { code, details } = raw.extensions ?? {};
  const retryAfter = details?.retryAfter;
  return {
    code: typeof code === 'string' ? code : 'INTERNAL_ERROR',
    message: inThisLanguage(raw.message),
    details: detailsOf(details),
    ...(typeof retryAfter === 'number' && { retryAfter }),
  };
}

/** GraphQL's own errors come as a list, in an answer of status 200 or in the body of another one. */
function rawErrorOf(thrown: unknown): RawError | undefined {
  if (Array.isArray(thrown)) return thrown[0] as RawError | undefined;
  if (!(thrown instanceof ApolloError)) return undefined;
  if (thrown.graphQLErrors.length > 0) return thrown.graphQLErrors[0];
  if (thrown.protocolErrors.length > 0) return thrown.protocolErrors[0];
  const { networkError } = thrown;
  const result = networkError && 'result' in networkError ? networkError.result : undefined;
  return typeof result === 'object' ? (result as { errors?: RawError[] }).errors?.[0] : undefined;
}

const detailsOf = (details: unknown): Record<string, string> =>
  details && typeof details === 'object'
    ? Object.fromEntries(Object.entries(details).flatMap(([name, sentence]) => (typeof sentence === 'string' ? [[name, inThisLanguage(sentence)]] : [])))
    : {};
