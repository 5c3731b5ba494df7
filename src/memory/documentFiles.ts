import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Transform, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { PlatformError } from '../errors.js';

export interface MemorySettings {
  /** Where the bytes of documents lie: `<persona>/<sha256>`, and in `incoming` what is still on its way. */
  folder: string;
  /** Bytes of one file. */
  maxUploadBytes: number;
}

let settings: MemorySettings | undefined;

/** Says where documents are kept; called once, by whoever composes the program. */
export function useMemory(given: MemorySettings): void {
  settings = given;
}

function current(): MemorySettings {
  if (!settings) throw new Error('Memory has no folder: call useMemory() first');
  return settings;
}

/** The most bytes that one file may have. */
export const largestUpload = (): number => current().maxUploadBytes;

/** Bytes that have arrived whole and belong to no document yet. */
export interface StoredBytes {
  path: string;
  size: number;
  /** In hex. */
  sha256: string;
}

/** Where the bytes of a document are. */
export const pathOf = (personaId: string, sha256: string): string => join(current().folder, personaId, sha256);

/** Writes a stream to disk as it comes. Throws PAYLOAD_TOO_LARGE, and leaves nothing behind when it throws. */
export async function storeStream(bytes: Readable): Promise<StoredBytes> {
  const { maxUploadBytes } = current();
  const path = await incomingPath();
  const hash = createHash('sha256');
  let size = 0;
  const counted = new Transform({
    transform(piece: Buffer, _encoding, done) {
      size += piece.length;
      if (size > maxUploadBytes) return done(new PlatformError('PAYLOAD_TOO_LARGE', `The file is larger than ${maxUploadBytes} bytes`));
      hash.update(piece);
      done(null, piece);
    },
  });
  try {
    await pipeline(bytes, counted, createWriteStream(path, { flags: 'wx', flush: true }));
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  }
  return { path, size, sha256: hash.digest('hex') };
}

/** Writes a text to disk. */
export async function storeText(text: string): Promise<StoredBytes> {
  const bytes = Buffer.from(text);
  const path = await incomingPath();
  await writeFile(path, bytes, { flush: true });
  return { path, size: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
}

async function incomingPath(): Promise<string> {
  const folder = join(current().folder, 'incoming');
  await mkdir(folder, { recursive: true });
  return join(folder, randomUUID());
}

/** Makes stored bytes those of a persona's document. */
export async function keepFile({ path, sha256 }: StoredBytes, personaId: string): Promise<void> {
  const target = pathOf(personaId, sha256);
  await mkdir(dirname(target), { recursive: true });
  await rename(path, target);
}

/** Throws stored bytes away, unless they were kept. */
export const discard = ({ path }: StoredBytes): Promise<void> => rm(path, { force: true });

/** Deletes the bytes of a document; it is fine when they are gone. */
export const deleteFile = (personaId: string, sha256: string): Promise<void> => rm(pathOf(personaId, sha256), { force: true });

/** How long an upload may take, in milliseconds. */
const grace = 3_600_000;

/** Deletes uploads that a crash cut off. What belongs to personas is never judged by a database, which may be another one today. */
export async function deleteUnfinished(): Promise<void> {
  const folder = join(current().folder, 'incoming');
  for (const name of await readdir(folder).catch(() => [])) {
    const path = join(folder, name);
    const found = await stat(path).catch(() => null);
    if (found && Date.now() - found.ctimeMs > grace) await rm(path, { force: true });
  }
}
