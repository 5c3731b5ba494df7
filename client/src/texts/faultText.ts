import type { Fault } from '../graphql/fault';
import { t } from './index';

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
