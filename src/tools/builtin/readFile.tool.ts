import { mimeTypeOf } from '../../workspaces/localWorkspace.js';
import { ToolError } from '../tool.js';
import type { Tool } from '../tool.js';

const defaultLimit = 20_000;
const largestFile = 20 * 1024 * 1024;

export const readFile: Tool = {
  name: 'read_file',
  description: 'Read a text file of the workspace, such as notes, CSV, JSON, Markdown or source code. Long files are read in parts.',
  category: 'files',
  parameters: {
    type: 'object',
    properties: {
      path: { type: 'string', description: 'Such as /workspace/notes.txt.', minLength: 1, maxLength: 1024 },
      offset: { type: 'integer', description: 'The character to begin with, 0 when left out.', minimum: 0 },
      limit: { type: 'integer', description: `How many characters at most, ${defaultLimit} when left out.`, minimum: 1, maximum: 100_000 },
    },
    required: ['path'],
    additionalProperties: false,
  },
  idempotent: true,
  needsApproval: false,
  async run({ path, offset = 0, limit = defaultLimit }: { path: string; offset?: number; limit?: number }, { workspace, signal }) {
    signal.throwIfAborted();
    const { path: filePath, size } = await workspace.stat(path);
    if (size > largestFile) throw new ToolError(`${filePath} is too large to be read as text: ${size} bytes, at most ${largestFile}.`);
    const bytes = await workspace.read(path);
    if (bytes.subarray(0, 8192).includes(0)) throw new ToolError(`${filePath} is not a text file (${mimeTypeOf(filePath)}, ${bytes.length} bytes).`);
    const text = new TextDecoder('utf-8').decode(bytes);
    if (offset > 0 && offset >= text.length) throw new ToolError(`${filePath} has ${text.length} characters; offset ${offset} is past its end.`);
    const content = text.slice(offset, offset + limit);
    const next = offset + limit;
    return { output: { filePath, content, totalCharacters: text.length, ...(next < text.length ? { nextOffset: next } : {}) } };
  },
};
