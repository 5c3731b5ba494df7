import type { AuditCategory } from '../../graphql/schema';
import { endOfDay, startOfDay } from '../../texts/calendar';

export const categories: AuditCategory[] = ['action', 'access', 'error', 'system'];

/** The names of the filters in the address. */
export const filterNames = ['user', 'persona', 'run', 'type', 'category', 'from', 'to'] as const;
export type AuditFilter = (typeof filterNames)[number];

/** The filters of the address as the server takes them, over REST and GraphQL alike; what is not set is not there. Days are the reader's. */
export function auditQuery(text: (name: AuditFilter) => string) {
  const all = {
    userId: text('user'), personaId: text('persona'), runId: text('run'), eventType: text('type'),
    eventCategory: categories.find((known) => known === text('category')),
    startDate: startOfDay(text('from'))?.toISOString(), endDate: endOfDay(text('to'))?.toISOString(),
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value)) as Partial<typeof all>;
}
