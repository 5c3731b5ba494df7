import type { Viewer } from '../auth/viewer.js';
import { inWindow, pieceOf, readSeries, requireCut, seriesReading, type Cut } from '../timeSeries.js';
import { auditCondition, type AuditFilters } from './auditFilters.js';
import type { AuditCategory } from './auditLog.model.js';

/** How many events of each category there were in one interval. */
export type AuditPoint = { start: Date; total: number } & Record<AuditCategory, number>;

/** How many intervals a window may be cut into. */
const mostPoints = 400;

const categories: AuditCategory[] = ['action', 'access', 'error', 'system'];

const makeReading = (condition: string) => seriesReading('audit_activity', ['start', 'total', ...categories], `
  select buckets.start, coalesce(sum(n), 0) as total,
    ${categories.map((category) => `coalesce(sum(n) filter (where event_category = '${category}'), 0) as ${category}`).join(', ')}
  from buckets left join (
    select ${pieceOf('a.created_at')} as local, a.event_category, count(*) as n
    from audit_logs a where ${condition} and ${inWindow('a.created_at')} group by 1, 2
  ) counted using (local)
  group by buckets.start order by buckets.start`);

const readings = new Map<string, ReturnType<typeof makeReading>>();

function readingFor(condition: string) {
  let reading = readings.get(condition);
  if (!reading) readings.set(condition, (reading = makeReading(condition)));
  return reading;
}

/**
 * How much of the audit log, as a viewer sees it and has narrowed it, falls into each interval, oldest first; an interval in
 * which nothing happened has zeros. Without a start date, 30 intervals. Throws VALIDATION_ERROR.
 */
export async function countAudit(viewer: Viewer, args: AuditFilters & Cut): Promise<AuditPoint[]> {
  const window = requireCut({ ...args, from: args.startDate, to: args.endDate }, mostPoints, { from: 'startDate', to: 'endDate' });
  return readSeries<AuditPoint>(readingFor(auditCondition(viewer, args)), { ...window, viewerId: viewer.id });
}
