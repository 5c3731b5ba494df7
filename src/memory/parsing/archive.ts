import yauzl, { type Entry, type ZipFile } from 'yauzl';
import { UnreadableDocument } from './unreadable.js';

/** Where a file is: a path, or its bytes. */
export type Source = string | Buffer;

/** Far more than office programs write, and far less than hurts. */
const limits = {
  entries: 10_000,
  /** Bytes of all entries together when unpacked. */
  total: 512 * 1024 * 1024,
  /** Bytes of the entries that hold text, which are the ones that are parsed. */
  text: 32 * 1024 * 1024,
};

const damaged = new UnreadableDocument('damaged', 'The file is damaged: its archive cannot be read.');
const tooLarge = new UnreadableDocument('too large', 'The file unpacks to more than can be read.');
const locked = new UnreadableDocument('unsupported', 'The file is protected by a password; save it without one.');

/**
 * The names in an archive and what is in them, read from its directory alone, so that a bomb is refused before anything is unpacked.
 * @throws UnreadableDocument when it is damaged, locked or too large when unpacked
 */
export async function listArchive(source: Source): Promise<Entry[]> {
  const zip = await open(source);
  try {
    return await entriesOf(zip);
  } finally {
    zip.close();
  }
}

/**
 * Unpacks the entries whose names fit. Each must have exactly the size that the directory says, so no entry unpacks to more than
 * was checked.
 * @throws UnreadableDocument as `listArchive` does
 */
export async function unpack(source: Source, wanted: (name: string) => boolean): Promise<Map<string, Buffer>> {
  const zip = await open(source);
  try {
    const contents = new Map<string, Buffer>();
    for (const entry of await entriesOf(zip)) {
      if (wanted(entry.fileName)) contents.set(entry.fileName, await read(zip, entry));
    }
    return contents;
  } finally {
    zip.close();
  }
}

/**
 * Refuses an Office file one of whose parts declares a document type, which its standard forbids and which only serves to define
 * entities: those that grow without end, or that ask for files of this machine.
 * @throws UnreadableDocument then, and as `unpack` does
 */
export async function refuseDocumentTypes(source: Source): Promise<void> {
  for (const part of (await unpack(source, isText)).values()) {
    if (part.includes('<!DOCTYPE')) throw new UnreadableDocument('damaged', 'The file is damaged: it declares a document type, which no Office file may.');
  }
}

/** Entries that are parsed, as against pictures and the like, which never are. */
export const isText = (name: string): boolean => /\.(xml|rels)$/i.test(name);

const options = { lazyEntries: true, autoClose: false, validateEntrySizes: true } as const;

function open(source: Source): Promise<ZipFile> {
  return new Promise((resolve, reject) => {
    const opened = (error: Error | null, zip: ZipFile) => (error ? reject(damaged) : resolve(zip));
    if (typeof source === 'string') yauzl.open(source, options, opened);
    else yauzl.fromBuffer(source, options, opened);
  });
}

function entriesOf(zip: ZipFile): Promise<Entry[]> {
  return new Promise((resolve, reject) => {
    if (zip.entryCount > limits.entries) return reject(tooLarge);
    const entries: Entry[] = [];
    let total = 0;
    let text = 0;
    zip.on('error', () => reject(damaged));
    zip.on('end', () => resolve(entries));
    zip.on('entry', (entry: Entry) => {
      total += entry.uncompressedSize;
      if (isText(entry.fileName)) text += entry.uncompressedSize;
      if (entry.isEncrypted()) return reject(locked);
      if (total > limits.total || text > limits.text) return reject(tooLarge);
      entries.push(entry);
      zip.readEntry();
    });
    zip.readEntry();
  });
}

function read(zip: ZipFile, entry: Entry): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, stream) => {
      if (error) return reject(damaged);
      const pieces: Buffer[] = [];
      stream.on('data', (piece: Buffer) => pieces.push(piece));
      stream.on('error', () => reject(damaged));
      stream.on('end', () => resolve(Buffer.concat(pieces)));
    });
  });
}
