import type { Readable } from 'node:stream';

/** A file on its way in. Nothing of it is read before `receive` is called, so that rights are checked first. */
export interface IncomingFile {
  /**
   * Reads the form to its end and hands the bytes of its file to `keep` as they come, which gives their checksum.
   * @throws PlatformError when the form is malformed or has no file, and whatever `keep` throws; `keep` has ended by then
   */
  receive(keep: (bytes: Readable) => Promise<{ sha256: string }>): Promise<ReceivedForm>;
}

export interface ReceivedForm {
  /** What the sender calls the file; nothing is to be trusted in it. */
  fileName: string;
  /** The text fields beside it. */
  fields: Record<string, string>;
}
