import { createHash, randomUUID } from 'node:crypto';
import { access, mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/**
 * Keeps the bytes of artifacts as they were when their step was committed, named by their SHA-256 below one folder.
 * The workspace may change afterwards; an artifact does not.
 */
export class ArtifactStore {
  constructor(private readonly folder: string) {}

  /** Where the bytes with this hash (64 hex digits) are. */
  pathOf(sha256: string): string {
    return join(this.folder, sha256.slice(0, 2), sha256);
  }

  /** Stores the bytes unless they are there already, and gives their hash. */
  async keep(bytes: Uint8Array): Promise<string> {
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const path = this.pathOf(sha256);
    const present = await access(path).then(() => true, () => false);
    if (present) return sha256;
    await mkdir(dirname(path), { recursive: true });
    const unfinished = `${path}.${randomUUID()}`;
    await writeFile(unfinished, bytes, { flush: true });
    await rename(unfinished, path);
    return sha256;
  }
}
