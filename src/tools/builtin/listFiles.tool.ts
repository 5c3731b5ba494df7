import type { Tool } from '../tool.js';

const mostListed = 500;

export const listFiles: Tool = {
  name: 'list_files',
  description: 'List the files and folders of the workspace with their sizes and dates, to see what is there.',
  category: 'files',
  parameters: {
    type: 'object',
    properties: {
      path: { type: 'string', description: 'The folder, /workspace when left out.', minLength: 1, maxLength: 1024 },
      recursive: { type: 'boolean', description: 'True to list the folders inside as well.' },
    },
    additionalProperties: false,
  },
  idempotent: true,
  needsApproval: false,
  async run({ path = '/workspace', recursive = false }: { path?: string; recursive?: boolean }, { workspace, signal }) {
    signal.throwIfAborted();
    const entries = await workspace.list(path, { recursive });
    const files = entries.slice(0, mostListed).map((entry) => ({ ...entry, modifiedAt: entry.modifiedAt.toISOString() }));
    return { output: { files, ...(entries.length > mostListed ? { leftOut: entries.length - mostListed } : {}) } };
  },
};
