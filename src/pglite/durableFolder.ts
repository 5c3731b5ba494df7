import fs from 'node:fs';
import { join } from 'node:path';
import type { PGlite } from '@electric-sql/pglite';
import { NodeFS } from '@electric-sql/pglite/nodefs';

/** Of Emscripten's open files, what is needed here. `nfd` is missing for a folder. */
interface OpenFile {
  nfd?: number;
  node: object;
}

/** Of Emscripten's file system over Node's, what is needed here. */
interface EmscriptenNodeFS {
  stream_ops: { fsync?(file: OpenFile): number };
  realPath(node: object): string;
  /** Turns an error of Node's into one that PostgreSQL understands. */
  tryFSOperation(work: () => void): void;
}

type InitResult = Awaited<ReturnType<NodeFS['init']>>;

/**
 * PGlite's folder, with a commit that reaches the disk: PGlite's own passes PostgreSQL's fsync over, so a power cut
 * would take commits back. Needs PostgreSQL started as in `durableStartParams`.
 */
export class DurableFolder extends NodeFS {
  override async init(database: PGlite, options: Parameters<NodeFS['init']>[1]): Promise<InitResult> {
    const result = await super.init(database, options);
    const preRun = (module: { FS: { filesystems: { NODEFS: EmscriptenNodeFS } } }) => {
      const { NODEFS } = module.FS.filesystems;
      NODEFS.stream_ops.fsync = (file) => {
        const { nfd } = file;
        if (nfd === undefined) syncFolder(NODEFS.realPath(file.node));
        else NODEFS.tryFSOperation(() => fs.fsyncSync(nfd));
        return 0;
      };
    };
    const before = result.emscriptenOpts.preRun as unknown as (typeof preRun)[];
    return { emscriptenOpts: { ...result.emscriptenOpts, preRun: [...before, preRun] as never } };
  }
}

/** Brings a whole folder to the disk: PGlite copies a new database there without. */
export function syncTree(folder: string): void {
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) syncTree(path);
    else syncPath(path, 'r+');
  }
  syncFolder(folder);
}

function syncPath(path: string, flags: string): void {
  const file = fs.openSync(path, flags);
  try {
    fs.fsyncSync(file);
  } finally {
    fs.closeSync(file);
  }
}

/** Windows does not open a folder as a file; there its entries go to the disk with its files. */
function syncFolder(path: string): void {
  if (process.platform !== 'win32') syncPath(path, 'r');
}

/** `-F` would turn fsync off; of the ways to sync the log, Emscripten passes only this one on. */
export const durableStartParams = (usual: readonly string[]): string[] => [
  ...usual.filter((param) => param !== '-F'),
  '-c',
  'wal_sync_method=fsync',
];
