import type { Viewer } from '../auth/viewer.js';
import { offsetOf, pagination, type Page, type PageArgs } from '../paging.js';
import { readRows, type Reading, type Selection } from '../reading.js';
import { auditCondition, requireWindow, type AuditFilters } from './auditFilters.js';
import { auditShape, type AuditRow } from './auditShape.js';

/** Rows first, then what hangs on them; the total is counted beside them, each from its own index. */
const makePage = (condition: string): Reading => ({
  name: 'audit_page',
  shape: auditShape,
  from: `(select * from audit_logs a where ${condition} order by a.created_at desc, a.id desc limit :limit offset :offset) a`,
  tail: 'order by a.created_at desc, a.id desc',
  extra: `(select count(*) from audit_logs a where ${condition}) as total`,
});

const pages = new Map<string, Reading>();

function pageFor(condition: string): Reading {
  let reading = pages.get(condition);
  if (!reading) pages.set(condition, (reading = makePage(condition)));
  return reading;
}

/** The viewer's own events and those of personas they can see, newest first; for an admin all. Throws VALIDATION_ERROR. */
export async function listAuditLogs(viewer: Viewer, args: PageArgs & AuditFilters, selection: Selection): Promise<Page<AuditRow>> {
  const offset = offsetOf(args);
  requireWindow(args);
  const reading = pageFor(auditCondition(viewer, args));
  const find = (limit: number, from: number) => {
    const parameters = { ...args, viewerId: viewer.id, limit, offset: from };
    return readRows<AuditRow & { total: number }>(reading, selection.data ?? noFields, parameters);
  };
  const data = await find(args.limit, offset);
  // Behind the last page no row tells the total.
  const counted = data.length > 0 || offset === 0 ? data : await find(1, 0);
  return { data, pagination: pagination(args, counted[0]?.total ?? 0) };
}

const noFields: Selection = {};
