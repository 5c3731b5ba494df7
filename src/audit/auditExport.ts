import { stringify } from 'csv-stringify/sync';
import type { Viewer } from '../auth/viewer.js';
import { validationError } from '../errors.js';
import { plainFields, readRows, type Reading, type Shape } from '../reading.js';
import { auditCondition, requireWindow, type AuditFilters } from './auditFilters.js';
import { auditShape, type AuditRow } from './auditShape.js';

export type ExportFormat = 'csv' | 'ndjson';

/** A piece of a file. */
export interface AuditExport {
  fileName: string;
  mimeType: string;
  text: string;
  /** The number of the last row that was looked at: the next piece begins after it. */
  lastSeq: number;
  isLast: boolean;
}

export interface ExportArgs extends AuditFilters {
  format: ExportFormat;
  /** The `lastSeq` of the piece before; 0 for the first. */
  after: number;
}

type Line = Omit<AuditRow, 'createdAt'> & { createdAt: string };

/** In the order of the columns. Times have their microseconds, as they are in the chain. */
const lineShape: Shape = {
  always: [],
  fields: {
    ...auditShape.fields, createdAt: `to_char(a.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24":"MI":"SS.US"Z"')`,
    seq: 'c.seq', previousHash: 'c.previous_hash', hash: 'c.hash',
  },
};
const columns = Object.keys(lineShape.fields);
const everything = plainFields(lineShape);
const rowsPerPiece = 500;

const readings = new Map<string, Reading>();

function linesFor(condition: string): Reading {
  let reading = readings.get(condition);
  if (!reading) {
    const from = 'audit_chain c join audit_logs a on a.id = c.audit_id';
    reading = { name: 'audit_lines', shape: lineShape, from, tail: `where c.seq > :after and ${condition} order by c.seq limit :limit` };
    readings.set(condition, reading);
  }
  return reading;
}

/**
 * A piece of what a viewer sees of the audit log, oldest first, as text: CSV (RFC 4180, one head) or a JSON object a line.
 * Rows are numbered in the order in which they were committed, so nothing slips in behind what was exported before.
 * Throws VALIDATION_ERROR.
 */
export async function exportAudit(viewer: Viewer, args: ExportArgs): Promise<AuditExport> {
  if (args.after < 0) throw validationError({ after: 'After must be at least 0' });
  requireWindow(args);
  const parameters = { ...args, viewerId: viewer.id, limit: rowsPerPiece };
  const lines = await readRows<Line>(linesFor(auditCondition(viewer, args)), everything, parameters);
  const { mimeType, write } = formats[args.format];
  return {
    fileName: `audit.${args.format}`, mimeType, text: write(lines, args.after === 0),
    lastSeq: lines.at(-1)?.seq ?? args.after, isLast: lines.length < rowsPerPiece,
  };
}

const formats: Record<ExportFormat, { mimeType: string; write(lines: Line[], isFirst: boolean): string }> = {
  ndjson: { mimeType: 'application/x-ndjson; charset=utf-8', write: (lines) => lines.map((line) => `${JSON.stringify(line)}\n`).join('') },
  csv: {
    mimeType: 'text/csv; charset=utf-8; header=present',
    // What a spreadsheet would take for a formula gets an apostrophe in front.
    write: (lines, isFirst) => stringify(lines, { columns, header: isFirst, record_delimiter: 'windows', escape_formulas: true }),
  },
};
