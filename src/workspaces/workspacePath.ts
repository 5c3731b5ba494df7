import { ToolError } from '../tools/tool.js';

/** Where agents see the workspace. */
export const mountPoint = '/workspace';

/** Names of files that are still being written; never listed, read or written by agents. */
export const temporaryPrefix = '.writing-';

/** What file systems take: Linux and macOS 255 bytes a name. */
const maxNameBytes = 255;
const maxPathBytes = 1024;

const shown = (path: string) => JSON.stringify(path.length > 80 ? `${path.slice(0, 80)}…` : path);

function checkText(path: unknown): asserts path is string {
  if (typeof path !== 'string' || path.trim() === '') throw new ToolError('A path is needed, such as /workspace/report.txt.');
  if (/[\u0000-\u001f\u007f]/.test(path)) throw new ToolError('A path may not hold control characters.');
  if (path.includes('\\')) throw new ToolError(`The path ${shown(path)} has a backslash; use forward slashes, as in /workspace/folder/file.txt.`);
  if (/^[a-z]:/i.test(path)) throw new ToolError(`The path ${shown(path)} names a drive; files live below /workspace.`);
  if (Buffer.byteLength(path) > maxPathBytes) throw new ToolError(`The path is too long: ${Buffer.byteLength(path)} bytes, at most ${maxPathBytes}.`);
}

function checkName(name: string, path: string): void {
  if (name === '..') throw new ToolError(`The path ${shown(path)} leads out of /workspace; ".." is not allowed.`);
  if (Buffer.byteLength(name) > maxNameBytes) throw new ToolError(`A name in the path is too long: at most ${maxNameBytes} bytes.`);
  if (name.startsWith(temporaryPrefix)) throw new ToolError(`Names that begin with "${temporaryPrefix}" are reserved.`);
}

/**
 * The names below the workspace that a path leads through: `/workspace/a/b.txt`, `a/b.txt` and `./a//b.txt` give `['a', 'b.txt']`.
 * Throws ToolError for anything that could lead out, whether or not it exists.
 */
export function workspaceParts(path: unknown): string[] {
  checkText(path);
  const normal = path.normalize('NFC');
  let below = normal;
  if (normal.startsWith('/')) {
    if (normal !== mountPoint && !normal.startsWith(`${mountPoint}/`)) {
      throw new ToolError(`The path ${shown(path)} is outside /workspace; give one below it, such as /workspace/report.txt.`);
    }
    below = normal.slice(mountPoint.length);
  }
  const parts = below.split('/').filter((name) => name !== '' && name !== '.');
  for (const name of parts) checkName(name, path);
  return parts;
}

/** `['a', 'b.txt']` → `/workspace/a/b.txt`. */
export const workspacePath = (parts: string[]): string => [mountPoint, ...parts].join('/');
