import { readText } from '../../memory/parsing/readDocument.js';
import { UnreadableDocument } from '../../memory/parsing/unreadable.js';
import { ToolError, type Tool } from '../tool.js';

const defaultLimit = 20_000;
const largestFile = 25 * 1024 * 1024;

export const readDocument: Tool = {
  name: 'read_document',
  description: 'Read the text of a document of the workspace: a Word document, PowerPoint presentation, Excel workbook, PDF or e-mail (.docx, .pptx, .xlsx, '
    + '.pdf, .eml), with its headings, tables and page numbers. Long documents are read in parts.',
  category: 'files',
  parameters: {
    type: 'object',
    properties: {
      path: { type: 'string', description: 'Such as /workspace/report.docx.', minLength: 1, maxLength: 1024 },
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
    if (size > largestFile) throw new ToolError(`${filePath} is too large to be read: ${size} bytes, at most ${largestFile}.`);
    const { kind, text } = await read(await workspace.read(path), signal);
    if (offset > 0 && offset >= text.length) throw new ToolError(`${filePath} has ${text.length} characters; offset ${offset} is past its end.`);
    const next = offset + limit;
    const part = text.slice(offset, next);
    return { output: { filePath, kind, content: part, totalCharacters: text.length, ...(next < text.length ? { nextOffset: next } : {}) } };
  },
};

async function read(bytes: Buffer, signal: AbortSignal): Promise<{ kind: string; text: string }> {
  try {
    return await readText(bytes, signal);
  } catch (error) {
    throw error instanceof UnreadableDocument ? new ToolError(error.message) : error;
  }
}
