import type { DocumentInput } from '../office/content.js';
import { fileNameFor, makeFile } from '../office/officeFile.js';
import { fileConfigSchema, fileNameSchema, sectionsSchema } from '../office/schemas.js';
import type { Tool } from '../tool.js';

export const generateDocument: Tool = {
  name: 'generate_document',
  description: 'Generate a Word document (.docx) with headings, paragraphs, bullets, numbered lists and tables. '
    + 'Use it for letters, reports, memos, contracts, policies and other text that people will edit.',
  category: 'office',
  parameters: {
    type: 'object',
    properties: {
      title: { type: 'string', minLength: 1, maxLength: 300 },
      subtitle: { type: 'string', maxLength: 300 },
      sections: sectionsSchema,
      fileName: fileNameSchema,
    },
    required: ['title', 'sections'],
    additionalProperties: false,
  },
  configSchema: fileConfigSchema,
  idempotent: true,
  needsApproval: false,
  run: async ({ fileName, ...document }: DocumentInput & { fileName?: string }, context) =>
    makeFile(context, fileNameFor(fileName, document.title, 'document', 'docx'), 'document', document),
};
