import type { ChartInput } from '../office/content.js';
import { fileNameFor, makeFile } from '../office/officeFile.js';
import { chartProperties, fileConfigSchema, fileNameSchema } from '../office/schemas.js';
import type { Tool } from '../tool.js';

export const generateChart: Tool = {
  name: 'generate_chart',
  description: 'Draw a chart as an image (.png or .svg): a bar, line or pie chart. Use it for graphs, diagrams of figures, trends, comparisons and shares of a whole.',
  category: 'data',
  parameters: {
    type: 'object',
    properties: { ...chartProperties, format: { type: 'string', enum: ['png', 'svg'], description: 'png when left out.' }, fileName: fileNameSchema },
    required: ['type', 'labels', 'series'],
    additionalProperties: false,
  },
  configSchema: fileConfigSchema,
  idempotent: true,
  needsApproval: false,
  run: async ({ fileName, ...chart }: ChartInput & { format?: 'png' | 'svg'; fileName?: string }, context) =>
    makeFile(context, fileNameFor(fileName, chart.title ?? '', 'chart', chart.format ?? 'png'), 'chart', chart),
};
