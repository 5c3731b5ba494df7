import { listArchive, unpack } from '../../memory/parsing/archive.js';
import { UnreadableDocument } from '../../memory/parsing/unreadable.js';
import type { Workspace } from '../../workspaces/workspace.js';
import { workspaceParts, workspacePath } from '../../workspaces/workspacePath.js';
import { checkFileSize, fileNameFor } from '../office/officeFile.js';
import { fileConfigSchema, fileNameSchema } from '../office/schemas.js';
import type { PackedFile } from '../files/pack.js';
import { inThread } from '../thread.js';
import { ToolError } from '../tool.js';
import type { Tool, ToolContext, ToolResult } from '../tool.js';

const mostFiles = 500;
/** Bytes of all files together, unpacked. */
const mostBytes = 100 * 1024 * 1024;

const tooMany = (count: number) => new ToolError(`There are too many files: ${count}, at most ${mostFiles} fit in one archive here.`);
const tooLarge = (size: number) => new ToolError(`The files are too large together: ${size} bytes, at most ${mostBytes}.`);

export const zipFiles: Tool = {
  name: 'zip_files',
  description: 'Pack files and folders into a ZIP archive, or unpack one. Use it to compress, bundle, archive and extract files of the workspace.',
  category: 'files',
  parameters: {
    type: 'object',
    properties: {
      paths: {
        type: 'array', description: 'The files and folders to pack, such as /workspace/reports. Leave it out to unpack.',
        items: { type: 'string', minLength: 1, maxLength: 1024 }, minItems: 1, maxItems: 100,
      },
      fileName: { ...fileNameSchema, description: 'Name of the new archive without folder; made from the first path when left out. A file of that name is replaced.' },
      unpack: { type: 'string', description: 'The archive to unpack, such as /workspace/files.zip. Leave it out to pack.', minLength: 1, maxLength: 1024 },
      folder: { type: 'string', description: 'Where to unpack to; a folder with the name of the archive when left out. Files there are replaced.', minLength: 1, maxLength: 1024 },
    },
    additionalProperties: false,
  },
  configSchema: fileConfigSchema,
  idempotent: true,
  needsApproval: false,
  async run(args: { paths?: string[]; fileName?: string; unpack?: string; folder?: string }, context) {
    context.signal.throwIfAborted();
    if ((args.paths === undefined) === (args.unpack === undefined)) throw new ToolError('Give either paths, to pack them, or unpack, to unpack an archive.');
    return args.paths ? packInto(args.paths, args.fileName, context) : unpackInto(args.unpack!, args.folder, context);
  },
};

async function packInto(paths: string[], fileName: string | undefined, context: ToolContext): Promise<ToolResult> {
  const { workspace, signal, config } = context;
  const firstName = workspaceParts(paths[0]).at(-1)?.replace(/\.[^.]+$/, '') ?? '';
  const target = workspacePath(workspaceParts(fileNameFor(fileName, firstName, 'files', 'zip')));
  const files = await readAll(workspace, paths, target, signal);
  const bytes = await inThread('pack', files, signal);
  checkFileSize(bytes.length, config);
  signal.throwIfAborted();
  const filePath = await workspace.write(target, bytes);
  return { output: { filePath, fileSize: bytes.length, fileCount: files.length, files: files.map((file) => file.name) }, artifacts: [filePath] };
}

/** The files below the paths; the archive itself, when it is there from before, is not one of them. */
async function readAll(workspace: Workspace, paths: string[], target: string, signal: AbortSignal): Promise<PackedFile[]> {
  const listed = await Promise.all(paths.map(async (path) => {
    const found = await workspace.stat(path);
    return found.kind === 'file' ? [found] : workspace.list(path, { recursive: true });
  }));
  const files = [...new Map(listed.flat().map((entry) => [entry.path, entry])).values()].filter(({ kind, path }) => kind === 'file' && path !== target);
  const size = files.reduce((sum, file) => sum + file.size, 0);
  if (files.length === 0) throw new ToolError('There are no files to pack there.');
  if (files.length > mostFiles) throw tooMany(files.length);
  if (size > mostBytes) throw tooLarge(size);
  const read: PackedFile[] = [];
  for (const { path, modifiedAt } of files) {
    signal.throwIfAborted();
    read.push({ name: workspaceParts(path).join('/'), bytes: await workspace.read(path), modifiedAt });
  }
  return read;
}

async function unpackInto(archive: string, folder: string | undefined, { workspace, signal, config }: ToolContext): Promise<ToolResult> {
  const { path, size } = await workspace.stat(archive);
  if (size > mostBytes) throw tooLarge(size);
  const target = workspaceParts(folder ?? path.replace(/\.zip$/i, '').concat(path.endsWith('.zip') ? '' : '-files'));
  const contents = await unpackSafely(await workspace.read(path), (name, bytes) => {
    checkFileSize(bytes, config);
    workspaceParts(workspacePath([...target, ...name.split('/')]));
  });
  const written: string[] = [];
  for (const [name, bytes] of contents) {
    signal.throwIfAborted();
    written.push(await workspace.write(workspacePath([...target, ...name.split('/')]), bytes));
  }
  return { output: { folder: workspacePath(target), fileCount: written.length, files: written }, artifacts: written };
}

/** Everything is checked from the archive's directory before anything is unpacked. */
async function unpackSafely(bytes: Buffer, check: (name: string, size: number) => void): Promise<Map<string, Buffer>> {
  const isFile = (name: string) => !name.endsWith('/');
  try {
    const entries = (await listArchive(bytes)).filter(({ fileName }) => isFile(fileName));
    const size = entries.reduce((sum, entry) => sum + entry.uncompressedSize, 0);
    if (entries.length > mostFiles) throw tooMany(entries.length);
    if (size > mostBytes) throw tooLarge(size);
    for (const entry of entries) check(entry.fileName, entry.uncompressedSize);
    return await unpack(bytes, isFile);
  } catch (error) {
    throw error instanceof UnreadableDocument ? new ToolError(error.message) : error;
  }
}
