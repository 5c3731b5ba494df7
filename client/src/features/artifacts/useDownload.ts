import { ref } from 'vue';
import { tellProblem } from '../../components/toasts';
import { t } from '../../texts';
import { fetchArtifact, type ArtifactFile } from './artifactFile';

/** Downloads artifacts, one at a time; `busyId` is the one under way. */
export function useDownload() {
  const busyId = ref<string | null>(null);

  async function download(artifact: ArtifactFile) {
    busyId.value = artifact.id;
    await fetchArtifact(artifact).then((bytes) => save(bytes, artifact.name), () => tellProblem(t.artifacts.downloadFailed(artifact.name)));
    busyId.value = null;
  }

  return { busyId, download };
}

/** Hands bytes to the browser as a file. */
function save(bytes: Blob, name: string): void {
  const address = URL.createObjectURL(bytes);
  Object.assign(document.createElement('a'), { href: address, download: name }).click();
  // The browser has taken the bytes by then.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
