import type { Workspace } from '../../workspaces/workspace.js';
import { ToolError } from '../tool.js';
import type { Tool } from '../tool.js';

const mostFound = 100;
const mostLinesPerFile = 5;
const longestLine = 300;
const largestFile = 2 * 1024 * 1024;
/** Bytes read in one search. */
const mostRead = 50 * 1024 * 1024;

interface FoundFile { path: string; size: number; lines?: { line: number; text: string }[] }

export const searchFiles: Tool = {
  name: 'search_files',
  description: 'Search the workspace for files by name or by the text inside them. Use it to find where something is written or which file has a name.',
  category: 'files',
  parameters: {
    type: 'object',
    properties: {
      name: { type: 'string', description: 'A part of the file name, or a pattern in which * stands for any characters, such as *.csv.', minLength: 1, maxLength: 255 },
      text: { type: 'string', description: 'Words that stand in one line of the file; capitals do not matter. Only text files are read.', minLength: 1, maxLength: 500 },
      path: { type: 'string', description: 'The folder to search, /workspace when left out.', minLength: 1, maxLength: 1024 },
    },
    additionalProperties: false,
  },
  idempotent: true,
  needsApproval: false,
  async run({ name, text, path = '/workspace' }: { name?: string; text?: string; path?: string }, { workspace, signal }) {
    signal.throwIfAborted();
    if (name === undefined && text === undefined) throw new ToolError('Give a name, a text or both to search for.');
    const entries = (await workspace.list(path, { recursive: true })).filter((entry) => entry.kind === 'file' && (name === undefined || fits(entry.path.split('/').at(-1)!, name)));
    const files: FoundFile[] = [];
    let notRead = 0;
    let read = 0;
    for (const { path: filePath, size } of entries) {
      signal.throwIfAborted();
      if (files.length >= mostFound) break;
      if (text === undefined) files.push({ path: filePath, size });
      else if (size > largestFile || (read += size) > mostRead) notRead += 1;
      else {
        const lines = await linesWith(workspace, filePath, text.toLowerCase());
        if (lines.length > 0) files.push({ path: filePath, size, lines });
      }
    }
    return { output: { files, ...(files.length >= mostFound ? { isCut: true } : {}), ...(notRead > 0 ? { tooLargeToRead: notRead } : {}) } };
  },
};

/** Whether a name has the pattern: its pieces between the stars come one after the other. Takes time in line with the length, unlike a regular expression. */
export function fits(name: string, pattern: string): boolean {
  const [text, wanted] = [name.toLowerCase().normalize('NFC'), pattern.toLowerCase().normalize('NFC')];
  if (!wanted.includes('*')) return text.includes(wanted);
  const pieces = wanted.split('*');
  const [first, last] = [pieces.shift()!, pieces.pop()!];
  if (text.length < first.length + last.length || !text.startsWith(first) || !text.endsWith(last)) return false;
  let at = first.length;
  for (const piece of pieces) {
    at = text.indexOf(piece, at);
    if (at < 0) return false;
    at += piece.length;
  }
  return at <= text.length - last.length;
}

/** The first lines of a file that have the text; none when it is no text file, or gone since it was listed. */
async function linesWith(workspace: Workspace, path: string, wanted: string): Promise<{ line: number; text: string }[]> {
  const bytes = await workspace.read(path).catch((error) => { if (error instanceof ToolError) return Buffer.alloc(0); throw error; });
  if (bytes.subarray(0, 8192).includes(0)) return [];
  const content = new TextDecoder('utf-8').decode(bytes);
  if (!content.toLowerCase().includes(wanted)) return [];
  const found: { line: number; text: string }[] = [];
  for (const [index, line] of content.split(/\r?\n/).entries()) {
    const at = line.toLowerCase().indexOf(wanted);
    if (at < 0) continue;
    const from = Math.max(0, at - longestLine / 3);
    found.push({ line: index + 1, text: line.slice(from, from + longestLine).trim() });
    if (found.length === mostLinesPerFile) break;
  }
  return found;
}
