import { zipSync } from 'fflate';

export interface PackedFile {
  /** The name in the archive, with folders. */
  name: string;
  bytes: Uint8Array;
  modifiedAt: Date;
}

/** What a ZIP archive can say: from 1980 to 2099, in local time. */
const [earliest, latest] = [new Date(1980, 0, 2), new Date(2099, 11, 30)];

/** The files as a ZIP archive. */
export function pack(files: PackedFile[]): Uint8Array {
  const within = (date: Date) => (date < earliest ? earliest : date > latest ? latest : date);
  return zipSync(Object.fromEntries(files.map(({ name, bytes, modifiedAt }) => [name, [bytes, { mtime: within(modifiedAt) }]])));
}
