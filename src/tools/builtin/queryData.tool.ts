import type { DataFile } from '../query/table.js';
import { inThread } from '../thread.js';
import { ToolError } from '../tool.js';
import type { Tool } from '../tool.js';

const defaultLimit = 100;
/** Bytes of all files of one query. */
const mostBytes = 25 * 1024 * 1024;

export const queryData: Tool = {
  name: 'query_data',
  description: 'Run an SQL query over CSV, JSON or Excel data: filter, group, join, sum and sort rows. '
    + 'Use it for totals, averages, top lists, counts and questions about tables of data in files.',
  category: 'data',
  parameters: {
    type: 'object',
    properties: {
      files: {
        type: 'array', description: 'The files, such as /workspace/sales.csv. Each is a table named after it (sales); each sheet of a workbook with several is one (budget_march).',
        items: { type: 'string', minLength: 1, maxLength: 1024 }, minItems: 1, maxItems: 10,
      },
      sql: {
        type: 'string', description: 'One SELECT in the SQL of SQLite, with names that hold spaces in double quotes and texts in single ones. Leave it out to see the tables and their columns.',
        minLength: 1, maxLength: 10_000,
      },
      limit: { type: 'integer', description: `How many rows at most, ${defaultLimit} when left out.`, minimum: 1, maximum: 1000 },
    },
    required: ['files'],
    additionalProperties: false,
  },
  idempotent: true,
  needsApproval: false,
  async run({ files, sql, limit = defaultLimit }: { files: string[]; sql?: string; limit?: number }, { workspace, signal }) {
    signal.throwIfAborted();
    const entries = await Promise.all(files.map((path) => workspace.stat(path)));
    const size = entries.reduce((sum, entry) => sum + entry.size, 0);
    if (size > mostBytes) throw new ToolError(`The files are too large to be queried: ${size} bytes, at most ${mostBytes}.`);
    const read: DataFile[] = [];
    for (const path of new Set(entries.map((entry) => entry.path))) read.push({ path, bytes: await workspace.read(path) });
    return { output: { ...await inThread('query', { files: read, sql, limit }, signal) } };
  },
};
