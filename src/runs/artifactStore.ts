import { createHash, randomUUID } from 'node:crypto';
import { mkdir, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/**
 * Keeps the bytes of artifacts as they were when their step was committed, named by their SHA-256 below one folder.
 * The workspace may change afterwards; an artifact does not. When a file was last kept is its modification time.
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
    const now = new Date();
    const present = await utimes(path, now, now).then(() => true, () => false);
    if (present) return sha256;
    await mkdir(dirname(path), { recursive: true });
    const unfinished = `${path}.${randomUUID()}`;
    await writeFile(unfinished, bytes, { flush: true });
    await rename(unfinished, path);
    return sha256;
  }

  /**
   * Removes bytes that were not kept within the last `rest` milliseconds. They are put aside before that is looked at: whoever
   * keeps them from then on stores them anew, and whoever has kept them before is seen.
   */
  async remove(sha256: string, rest: number): Promise<'removed' | 'fresh' | 'missing'> {
    const [path, aside] = [this.pathOf(sha256), this.asideOf(sha256)];
    const found = await rename(path, aside).then(() => true, () => false);
    // What a crash has left aside is dealt with as well.
    const file = await stat(aside).catch(() => undefined);
    if (!file) return 'missing';
    if (found && Date.now() - file.mtimeMs < rest) {
      await rename(aside, path);
      return 'fresh';
    }
    await rm(aside);
    return 'removed';
  }
  /** Puts bytes back that a crash has left aside. */
  async restore(sha256: string): Promise<void> {
    await rename(this.asideOf(sha256), this.pathOf(sha256)).catch(() => {});
  }

  private asideOf(sha256: string): string {
    return `${this.pathOf(sha256)}.removing`;
  }
}
