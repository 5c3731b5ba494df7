import { unzipSync, zipSync, type Unzipped } from 'fflate';

/** How much the files within may be when they are unpacked. */
const mostBytes = 120_000_000;
const mostEntries = 5_000;

/**
 * Unpacks an office file that may have been made to burst: what the directory promises is added up first, and no entry is
 * unpacked beyond its promise. Throws when it promises too much, or is no zip.
 */
export function unpacked(bytes: Uint8Array): Unzipped {
  let [total, entries] = [0, 0];
  return unzipSync(bytes, {
    filter: ({ originalSize }) => {
      total += originalSize;
      entries += 1;
      if (total > mostBytes || entries > mostEntries) throw new Error('The file unpacks to too much');
      return true;
    },
  });
}

/** The same files without compression: whoever opens this next can unpack no more than what is there. */
export const repacked = (files: Unzipped): Uint8Array<ArrayBuffer> => zipSync(files, { level: 0 });
