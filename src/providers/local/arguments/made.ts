import type { JsonSchema } from '../../provider.js';
import type { Deliverable } from '../deliverables.js';
import type { Outline } from '../outline.js';
import type { ReadRequest, Action } from '../readRequest.js';
import type { DataTable } from '../tables.js';
import type { Source } from '../outline.js';

/** Arguments for a tool, or one sentence that says what is missing. */
export type Made = { arguments: Record<string, unknown> } | { problem: string };

/** What an argument maker may draw from. */
export interface Material {
  request: ReadRequest;
  outline: Outline;
  sources: Source[];
  deliverable: Deliverable | null;
  action: Action | null;
  /** The clause that asks for this call. */
  clause: string;
  /** Workspace paths of what the run has made so far. */
  made: string[];
  parameters: JsonSchema;
}

type Loose = Record<string, any>;

/**
 * Leaves out what a schema does not know, so that arguments made for the builtin tools also suit a plainer tool of the
 * same name. Points without a place of their own become lines of `content`.
 */
export function fit(value: unknown, schema: JsonSchema | undefined): unknown {
  const { properties, items } = (schema ?? {}) as { properties?: Record<string, JsonSchema>; items?: JsonSchema };
  if (Array.isArray(value)) return value.map((one) => fit(one, items));
  if (typeof value !== 'object' || value === null || !properties) return value;
  const given: Loose = { ...value };
  if (Array.isArray(given.bullets) && !properties.bullets && properties.content) given.content = [given.content, ...given.bullets.map((point: string) => `- ${point}`)].filter(Boolean).join('\n');
  if (given.table && !properties.table && properties.content) given.content = [given.content, tableText(given.table)].filter(Boolean).join('\n');
  return Object.fromEntries(Object.entries(given).filter(([name, one]) => properties[name] && one !== undefined).map(([name, one]) => [name, fit(one, properties[name])]));
}

const tableText = (table: { headers?: string[]; rows: unknown[][] }): string => [table.headers ?? [], ...table.rows].filter((row) => row.length).map((row) => `- ${row.join(': ')}`).join('\n');

/** A file name for a deliverable when the request gives one; otherwise the tool makes it from the title. */
export const fileNameOf = (material: Material): { fileName?: string } => (material.deliverable?.fileName ? { fileName: material.deliverable.fileName.slice(0, 100) } : {});

/** A table as the office tools take it, the unit that all values carry in the header. */
export function tableArguments({ columns, rows, unit }: DataTable): { headers: string[]; rows: (string | number)[][] } {
  const headers = columns.slice(0, 12).map((name, index) => `${name.slice(0, 190) || ' '}${index && unit ? ` (${unit})` : ''}`);
  return { headers, rows: rows.slice(0, 500).map((row) => row.slice(0, 12)) };
}
