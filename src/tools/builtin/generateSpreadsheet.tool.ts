import { fileNameFor, makeFile } from '../office/officeFile.js';
import { fileConfigSchema, fileNameSchema } from '../office/schemas.js';
import type { SpreadsheetInput } from '../office/spreadsheet.js';
import type { Tool } from '../tool.js';

const column = {
  type: 'object',
  properties: {
    header: { type: 'string', minLength: 1, maxLength: 200 },
    format: {
      type: 'string',
      description: 'How values are shown; judged from the values when left out. For percent, 0.12 is shown as 12.0%.',
      enum: ['text', 'integer', 'number', 'percent', 'currency', 'date', 'datetime'],
    },
    currency: { type: 'string', description: 'ISO code such as EUR, for the format currency.', pattern: '^[A-Z]{3}$' },
    width: { type: 'number', description: 'Characters; fitted to the content when left out.', minimum: 2, maximum: 120 },
  },
  required: ['header'],
  additionalProperties: false,
};

const sheet = {
  type: 'object',
  properties: {
    name: { type: 'string', minLength: 1, maxLength: 31 },
    columns: { type: 'array', items: column, minItems: 1, maxItems: 60 },
    rows: {
      type: 'array',
      description: 'The rows below the header, which is row 1; so the first of these is row 2. Text that begins with = is a formula with English names and commas, such as =SUM(B2:B5). '
        + 'Dates are written as 2025-01-31, numbers as numbers.',
      items: { type: 'array', items: { type: ['string', 'number', 'boolean', 'null'], maxLength: 8000 }, maxItems: 60 },
      maxItems: 5000,
    },
    totals: { type: 'boolean', description: 'True to add a last row with the sums of the columns of numbers.' },
  },
  required: ['name', 'columns', 'rows'],
  additionalProperties: false,
};

export const generateSpreadsheet: Tool = {
  name: 'generate_spreadsheet',
  description: 'Generate an Excel spreadsheet (.xlsx) with one or more sheets, number formats and formulas that calculate. '
    + 'Use it for budgets, lists, calculations, tables of data, payroll and trackers.',
  category: 'office',
  parameters: {
    type: 'object',
    properties: {
      title: { type: 'string', maxLength: 200 },
      sheets: { type: 'array', items: sheet, minItems: 1, maxItems: 20 },
      fileName: fileNameSchema,
    },
    required: ['sheets'],
    additionalProperties: false,
  },
  configSchema: fileConfigSchema,
  idempotent: true,
  needsApproval: false,
  run: async ({ fileName, ...workbook }: SpreadsheetInput & { fileName?: string }, context) =>
    makeFile(context, fileNameFor(fileName, workbook.title || workbook.sheets[0].name, 'spreadsheet', 'xlsx'), 'spreadsheet', workbook),
};
