import type { PdfInput } from '../office/content.js';
import { fileNameFor, makeFile } from '../office/officeFile.js';
import { fileConfigSchema, fileNameSchema, sectionsSchema } from '../office/schemas.js';
import type { Tool } from '../tool.js';

export const generatePdf: Tool = {
  name: 'generate_pdf',
  description: 'Generate a PDF file with headings, paragraphs, bullets, numbered lists and tables. '
    + 'Use it for one-page summaries, handouts, fact sheets, reports and anything to be printed or sent as it is.',
  category: 'office',
  parameters: {
    type: 'object',
    properties: {
      title: { type: 'string', minLength: 1, maxLength: 300 },
      subtitle: { type: 'string', maxLength: 300 },
      sections: sectionsSchema,
      onePage: { type: 'boolean', description: 'True to make everything fit on a single page.' },
      fileName: fileNameSchema,
    },
    required: ['title', 'sections'],
    additionalProperties: false,
  },
  configSchema: fileConfigSchema,
  idempotent: true,
  needsApproval: false,
  run: async ({ fileName, ...document }: PdfInput & { fileName?: string }, context) =>
    makeFile(context, fileNameFor(fileName, document.title, 'document', 'pdf'), 'pdf', document),
};
