import { randomBytes } from 'node:crypto';
import { constants, existsSync } from 'node:fs';
import { lstat, mkdir, open, readdir, realpath, rename, rm, rmdir, stat as statOf, unlink } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import mime from 'mime';
import { ToolError } from '../tools/tool.js';
import type { Workspace, WorkspaceEntry } from './workspace.js';
import { temporaryPrefix, workspaceParts, workspacePath } from './workspacePath.js';

/** What agents can do in their workspaces on this machine, for people. */
export const workspaceLevel = 'files only: no code is run';

/** A walk through more than this is cut off, so that a listing stays bounded. */
const maxListed = 10_000;

/** On Linux an open folder can be used by its descriptor, which nobody can swap for a link after it was checked. */
const descriptors = existsSync('/proc/self/fd') ? '/proc/self/fd' : null;

const code = (error: unknown) => (error as NodeJS.ErrnoException).code;

/** Errors of the file system as sentences a model can act on; anything else stays as it is. */
function explain(error: unknown, parts: string[]): Error {
  const path = workspacePath(parts);
  switch (code(error)) {
    case 'ENOENT': return new ToolError(`There is no file or folder ${path}.`);
    case 'ENOTDIR': return new ToolError(`A part of ${path} is a file, not a folder.`);
    case 'EISDIR': return new ToolError(`${path} is a folder.`);
    case 'ENOTEMPTY':
    case 'EEXIST': return new ToolError(`The folder ${path} is not empty; delete what is in it first.`);
    case 'ELOOP': return new ToolError(`${path} leads through a link; links are not followed.`);
    case 'ENAMETOOLONG': return new ToolError(`The path ${path} is too long.`);
    case 'ENOSPC': return new ToolError('The disk is full.');
    case 'EACCES':
    case 'EPERM': return new ToolError(`${path} may not be opened.`);
    default: return error as Error;
  }
}

/** Opens a folder of the workspace component by component, refusing every link, and hands its usable path to `use`. */
async function inFolder<T>(root: string, parts: string[], make: boolean, use: (folder: string) => Promise<T>): Promise<T> {
  if (make) await mkdir(root, { recursive: true });
  const realRoot = await realpath(root);
  let folder = realRoot;
  for (const name of parts) {
    folder = join(folder, name);
    if (make) await mkdir(folder).catch((error) => { if (code(error) !== 'EEXIST') throw error; });
    const found = await lstat(folder);
    if (found.isSymbolicLink()) throw Object.assign(new Error('link'), { code: 'ELOOP' });
    if (!found.isDirectory()) throw Object.assign(new Error('file'), { code: 'ENOTDIR' });
  }
  const handle = await open(folder, constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW);
  try {
    const here = descriptors ? `${descriptors}/${handle.fd}` : folder;
    // A folder above may have been swapped for a link between the check and the opening.
    if ((await realpath(here)) !== folder) throw Object.assign(new Error('link'), { code: 'ELOOP' });
    return await use(here);
  } finally {
    await handle.close();
  }
}

const entryOf = (parts: string[], found: { isDirectory(): boolean; size: number; mtime: Date }): WorkspaceEntry => ({
  path: workspacePath(parts),
  kind: found.isDirectory() ? 'folder' : 'file',
  size: found.isDirectory() ? 0 : found.size,
  modifiedAt: found.mtime,
});

/** Opens a plain file for reading; a pipe or a device would hang or never end, so those are refused. */
async function openFile(folder: string, name: string, parts: string[]): Promise<FileHandle> {
  const handle = await open(join(folder, name), constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  const found = await handle.stat();
  if (found.isFile()) return handle;
  await handle.close();
  throw new ToolError(`${workspacePath(parts)} is ${found.isDirectory() ? 'a folder' : 'not a plain file'}.`);
}

async function readFile(folder: string, name: string, parts: string[]): Promise<Buffer> {
  const handle = await openFile(folder, name, parts);
  try {
    return await handle.readFile();
  } finally {
    await handle.close();
  }
}

/** Refuses to replace anything but a plain file. */
async function checkReplaceable(target: string, parts: string[]): Promise<void> {
  const found = await lstat(target).catch((error) => { if (code(error) === 'ENOENT') return null; throw error; });
  if (found?.isSymbolicLink()) throw Object.assign(new Error('link'), { code: 'ELOOP' });
  if (found && !found.isFile()) throw new ToolError(`${workspacePath(parts)} is ${found.isDirectory() ? 'a folder' : 'not a plain file'}.`);
}

async function writeFile(folder: string, name: string, parts: string[], bytes: Uint8Array | string): Promise<void> {
  const target = join(folder, name);
  await checkReplaceable(target, parts);
  const temporary = join(folder, temporaryPrefix + randomBytes(8).toString('hex'));
  try {
    const handle = await open(temporary, 'wx', 0o644);
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** False when there was nothing. A link is removed itself, never what it leads to. */
async function removeEntry(root: string, parts: string[]): Promise<boolean> {
  try {
    await inFolder(root, parts.slice(0, -1), false, async (here) => {
      const target = join(here, parts.at(-1)!);
      await ((await lstat(target)).isDirectory() ? rmdir(target) : unlink(target));
    });
    return true;
  } catch (error) {
    if (code(error) === 'ENOENT') return false;
    throw error;
  }
}

async function listFolder(root: string, parts: string[], recursive: boolean, found: WorkspaceEntry[]): Promise<void> {
  const folders: string[][] = [];
  await inFolder(root, parts, false, async (folder) => {
    for (const name of (await readdir(folder)).sort()) {
      if (name.startsWith(temporaryPrefix) || found.length >= maxListed) continue;
      const details = await lstat(join(folder, name)).catch(() => null); // may be gone since
      if (!details || !(details.isFile() || details.isDirectory())) continue;
      found.push(entryOf([...parts, name], details));
      if (recursive && details.isDirectory()) folders.push([...parts, name]);
    }
  });
  for (const folder of folders) if (found.length < maxListed) await listFolder(root, folder, recursive, found);
}

/**
 * The workspace kept in `folder` on this machine; the folder is made with the first file.
 * No path leads out of it: absolute paths elsewhere, `..`, links in any component, devices and odd names are refused with a ToolError.
 * Links are not listed.
 */
export function openWorkspace(folder: string): Workspace {
  const attempt = async <T>(path: string, work: (parts: string[]) => Promise<T>): Promise<T> => {
    const parts = workspaceParts(path);
    return work(parts).catch((error) => { throw explain(error, parts); });
  };
  const named = <T>(path: string, make: boolean, work: (here: string, name: string, parts: string[]) => Promise<T>) =>
    attempt(path, async (parts) => {
      const name = parts.at(-1);
      if (name === undefined) throw new ToolError('/workspace is a folder; name a file in it.');
      return inFolder(folder, parts.slice(0, -1), make, (here) => work(here, name, parts));
    });
  return {
    read: (path) => named(path, false, readFile),
    write: (path, bytes) => named(path, true, async (here, name, parts) => {
      await writeFile(here, name, parts, bytes);
      return workspacePath(parts);
    }),
    remove: (path) => attempt(path, async (parts) => {
      if (parts.length === 0) throw new ToolError('/workspace itself cannot be deleted; name a file in it.');
      return { path: workspacePath(parts), wasThere: await removeEntry(folder, parts) };
    }),
    list: (path, options) => attempt(path, async (parts) => {
      if (parts.length === 0 && !existsSync(folder)) return [];
      const found: WorkspaceEntry[] = [];
      await listFolder(folder, parts, options?.recursive ?? false, found);
      return found.sort((one, other) => (one.path < other.path ? -1 : 1));
    }),
    stat: (path) => attempt(path, async (parts) => {
      if (parts.length === 0) return entryOf([], existsSync(folder) ? await statOf(folder) : { isDirectory: () => true, size: 0, mtime: new Date(0) });
      return inFolder(folder, parts.slice(0, -1), false, async (here) => {
        const found = await lstat(join(here, parts.at(-1)!));
        if (found.isSymbolicLink()) throw Object.assign(new Error('link'), { code: 'ELOOP' });
        return entryOf(parts, found);
      });
    }),
  };
}

/** The MIME type that belongs to a file's name; `application/octet-stream` when unknown. */
export const mimeTypeOf = (path: string): string => mime.getType(path) ?? 'application/octet-stream';
