import { onScopeDispose, shallowRef, watch } from 'vue';
import { fetchArtifact, type ArtifactFile } from './artifactFile';
import { kindOf } from './artifactKind';

/** What is larger is better opened by a program made for it. */
const mostBytes = 20_000_000;

/** Why a file is not shown. */
export type Trouble = 'unknownKind' | 'tooLarge' | 'notFetched' | 'unreadable';

/** The bytes of the file that is looked at, or why they are not shown. */
export function useArtifact(artifact: () => ArtifactFile | undefined) {
  const bytes = shallowRef<Blob | null>(null);
  const trouble = shallowRef<Trouble | null>(null);
  let stop = new AbortController();

  async function read(file: ArtifactFile | undefined) {
    stop.abort();
    const { signal } = (stop = new AbortController());
    bytes.value = trouble.value = null;
    if (!file) return;
    if (!kindOf(file.name).view) trouble.value = 'unknownKind';
    else if (file.fileSize > mostBytes) trouble.value = 'tooLarge';
    else await fetchArtifact(file, signal).then((found) => signal.aborted || (bytes.value = found), () => signal.aborted || (trouble.value = 'notFetched'));
  }

  // The list of files is read again while a run works, and the file stays the same.
  watch(() => artifact()?.id, () => read(artifact()), { immediate: true });
  onScopeDispose(() => stop.abort());

  return { bytes, trouble, onUnreadable: () => (trouble.value = 'unreadable') };
}
