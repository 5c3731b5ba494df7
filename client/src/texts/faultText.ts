import type { Fault } from '../graphql/fault';
import { t } from './index';

/** A sentence of the server in the language in use; one that is not known stays as it is. */
export function inThisLanguage(sentence: string): string {
  const known = t.sentences.find(([pattern]) => pattern.test(sentence));
  return known ? sentence.replace(...known) : sentence;
}

/** One sentence for people about what went wrong. */
export function faultText({ code, message, details, retryAfter }: Fault): string {
  switch (code) {
    case 'OFFLINE': return t.fault.offline;
    case 'INTERNAL_ERROR': return t.fault.internal;
    case 'RATE_LIMIT_EXCEEDED': return t.fault.rateLimited(retryAfter);
    case 'FORBIDDEN': return t.fault.forbidden;
    case 'UNAUTHORIZED': return message && message !== 'Authentication required' ? message : t.fault.unauthorized;
    case 'VALIDATION_ERROR': return Object.values(details).join('. ') || message;
    default: return message;
  }
}
