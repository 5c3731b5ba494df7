import { checkFileSize } from '../office/officeFile.js';
import { fileConfigSchema } from '../office/schemas.js';
import type { Tool } from '../tool.js';

export const writeFile: Tool = {
  name: 'write_file',
  description: 'Write a text file into the workspace, such as notes, Markdown, CSV, JSON, HTML or source code. Replaces the file when it exists.',
  category: 'files',
  parameters: {
    type: 'object',
    properties: {
      path: { type: 'string', description: 'Such as /workspace/notes.txt; folders are made as needed.', minLength: 1, maxLength: 1024 },
      content: { type: 'string', description: 'The whole text of the file.', maxLength: 2_000_000 },
    },
    required: ['path', 'content'],
    additionalProperties: false,
  },
  configSchema: fileConfigSchema,
  idempotent: true,
  needsApproval: false,
  async run({ path, content }: { path: string; content: string }, { workspace, config, signal }) {
    signal.throwIfAborted();
    const bytes = Buffer.from(content);
    checkFileSize(bytes.length, config);
    const filePath = await workspace.write(path, bytes);
    return { output: { filePath, fileSize: bytes.length }, artifacts: [filePath] };
  },
};
