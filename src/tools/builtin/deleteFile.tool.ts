import type { Tool } from '../tool.js';

export const deleteFile: Tool = {
  name: 'delete_file',
  description: 'Delete a file or an empty folder from the workspace. Use it to remove, erase and clean up what is no longer needed.',
  category: 'files',
  parameters: {
    type: 'object',
    properties: { path: { type: 'string', description: 'Such as /workspace/old.txt.', minLength: 1, maxLength: 1024 } },
    required: ['path'],
    additionalProperties: false,
  },
  idempotent: true,
  needsApproval: false,
  async run({ path }: { path: string }, { workspace, signal }) {
    signal.throwIfAborted();
    const { path: filePath, wasThere } = await workspace.remove(path);
    return { output: wasThere ? { filePath, deleted: true } : { filePath, deleted: false, note: 'There was nothing of that name, so nothing had to be deleted.' } };
  },
};
