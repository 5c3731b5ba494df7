import type { PowerpointInput } from '../office/content.js';
import { fileNameFor, makeFile } from '../office/officeFile.js';
import { chartSchema, fileConfigSchema, fileNameSchema, lines, tableSchema } from '../office/schemas.js';
import type { Tool } from '../tool.js';

const slide = {
  type: 'object',
  properties: {
    title: { type: 'string', maxLength: 200 },
    content: { type: 'string', description: 'Text of the slide; several lines become bullet points.', maxLength: 20000 },
    bullets: lines('Bullet points; two leading spaces per deeper level.'),
    table: tableSchema,
    chart: chartSchema,
    notes: { type: 'string', description: 'Speaker notes, not shown on the slide.', maxLength: 20000 },
  },
  additionalProperties: false,
};

export const generatePowerpoint: Tool = {
  name: 'generate_powerpoint',
  description: 'Generate a PowerPoint presentation (.pptx): a slide deck with a title slide, bullet points, tables, charts and speaker notes. '
    + 'Use it for presentations, slides, pitch decks and talks.',
  category: 'office',
  parameters: {
    type: 'object',
    properties: {
      title: { type: 'string', description: 'Title of the presentation, shown on a title slide.', maxLength: 200 },
      subtitle: { type: 'string', description: 'Shown below the title, such as the audience or the date.', maxLength: 300 },
      slides: { type: 'array', description: 'The slides after the title slide. A slide with a title alone begins a new part.', items: slide, minItems: 1, maxItems: 100 },
      fileName: fileNameSchema,
    },
    required: ['slides'],
    additionalProperties: false,
  },
  configSchema: fileConfigSchema,
  idempotent: true,
  needsApproval: false,
  run: async ({ fileName, ...deck }: PowerpointInput & { fileName?: string }, context) =>
    makeFile(context, fileNameFor(fileName, deck.title || deck.slides[0].title || '', 'presentation', 'pptx'), 'powerpoint', deck),
};
