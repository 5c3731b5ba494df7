import type { Viewer } from '../auth/viewer.js';
import { notFound } from '../errors.js';
import { offsetOf, pagination, type Page, type PageArgs } from '../paging.js';
import { readRows, type Reading, type Selection } from '../reading.js';
import { findBuiltin } from './registry.js';
import { toolShape, type ToolSummary } from './toolShape.js';

/** A tool as people see it: its row, and what its code says about running it. */
export interface ToolInfo extends ToolSummary {
  idempotent: boolean;
  needsApproval: boolean;
}

const toolPage: Reading = {
  name: 'tool_page',
  shape: toolShape,
  from: 'tools t',
  tail: `where (:category::text is null or t.category = :category)
    and (:search::text is null
      or position(lower(:search) in lower(t.name || ' ' || replace(t.name, '_', ' ') || ' ' || t.description)) > 0)
    order by t.name limit :limit offset :offset`,
  extra: 'count(*) over () as total',
};

const toolById: Reading = { name: 'tool_by_id', shape: toolShape, from: 'tools t', tail: 'where t.id = :id' };

export interface ToolFilter extends PageArgs {
  category?: string | null;
  /** A part of the name or the description, in any case. */
  search?: string | null;
}

/** All tools there are, by name. */
export async function listTools(_viewer: Viewer, filter: ToolFilter, selection: Selection): Promise<Page<ToolInfo>> {
  const offset = offsetOf(filter);
  const find = (limit: number, from: number) => {
    const parameters = { category: filter.category || null, search: filter.search || null, limit, offset: from };
    return readRows<ToolSummary & { total: number }>(toolPage, selection.data ?? noFields, parameters);
  };
  const rows = await find(filter.limit, offset);
  // Behind the last page no row tells the total.
  const counted = rows.length > 0 || offset === 0 ? rows : await find(1, 0);
  return { data: rows.map(withTraits), pagination: pagination(filter, counted[0]?.total ?? 0) };
}

const noFields: Selection = {};

/** One tool. Throws NOT_FOUND. */
export async function readTool(_viewer: Viewer, id: string, selection: Selection): Promise<ToolInfo> {
  const [tool] = await readRows<ToolSummary>(toolById, selection, { id });
  if (!tool) throw notFound('Tool');
  return withTraits(tool);
}

/** A tool that only the table knows can neither be run twice with impunity nor without asking. */
function withTraits(row: ToolSummary): ToolInfo {
  const { idempotent = false, needsApproval = true } = findBuiltin(row.name) ?? {};
  return { ...row, idempotent, needsApproval };
}
