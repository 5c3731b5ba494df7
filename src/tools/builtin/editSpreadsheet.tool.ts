import { checkFileSize, fileNameFor } from '../office/officeFile.js';
import { fileConfigSchema, fileNameSchema } from '../office/schemas.js';
import { inThread } from '../thread.js';
import { ToolError } from '../tool.js';
import type { Tool } from '../tool.js';
import type { WorkbookChange } from '../workbook/edit.js';

const largestFile = 25 * 1024 * 1024;

const value = {
  type: ['string', 'number', 'boolean', 'null'], maxLength: 8000,
  description: 'Numbers as numbers, dates as 2025-01-31, null to empty the cell. Text that begins with = is a formula with English names and commas, such as =SUM(B2:B5).',
};

export const editSpreadsheet: Tool = {
  name: 'edit_spreadsheet',
  description: 'Change an existing Excel spreadsheet: set cells, add rows, sheets and formulas. Use it to update, correct and extend a workbook (.xlsx) without losing the rest of it.',
  category: 'office',
  parameters: {
    type: 'object',
    properties: {
      path: { type: 'string', description: 'The workbook, such as /workspace/budget.xlsx.', minLength: 1, maxLength: 1024 },
      sheet: { type: 'string', description: 'The sheet to change, the first when left out.', minLength: 1, maxLength: 31 },
      newSheet: { type: 'string', description: 'Name of a sheet to add, which then gets the cells and rows.', minLength: 1, maxLength: 31 },
      cells: {
        type: 'array', description: 'Cells to set.', maxItems: 2000,
        items: { type: 'object', properties: { cell: { type: 'string', description: 'Such as B4.', minLength: 2, maxLength: 12 }, value }, required: ['cell', 'value'], additionalProperties: false },
      },
      rows: { type: 'array', description: 'Rows to add below the last one, with its formats.', items: { type: 'array', items: value, maxItems: 100 }, maxItems: 2000 },
      fileName: { ...fileNameSchema, description: 'Name of the changed file without folder, to leave the old one as it is; the workbook itself is changed when left out.' },
    },
    required: ['path'],
    additionalProperties: false,
  },
  configSchema: fileConfigSchema,
  // Rows would be added twice.
  idempotent: false,
  needsApproval: false,
  async run({ path, fileName, ...change }: WorkbookChange & { path: string; fileName?: string }, { workspace, config, signal }) {
    signal.throwIfAborted();
    if (!change.cells?.length && !change.rows?.length && change.newSheet === undefined) throw new ToolError('Give cells to set, rows to add or a newSheet.');
    const { path: source, size } = await workspace.stat(path);
    if (size > largestFile) throw new ToolError(`${source} is too large to be changed: ${size} bytes, at most ${largestFile}.`);
    const { bytes, ...facts } = await inThread('editWorkbook', { bytes: await workspace.read(path), change }, signal);
    checkFileSize(bytes.length, config);
    signal.throwIfAborted();
    const filePath = await workspace.write(fileName === undefined ? source : fileNameFor(fileName, '', '', 'xlsx'), bytes);
    return { output: { filePath, fileSize: bytes.length, ...facts }, artifacts: [filePath] };
  },
};
