import { ref } from 'vue';
import { tellProblem } from '../../components/toasts';
import { t } from '../../texts';
import { freshToken } from '../auth/session';
import type { ArtifactFields } from './runs.operations';

/** Downloads artifacts, one at a time; `busyId` is the one under way. */
export function useDownload() {
  const busyId = ref<string | null>(null);

  async function download(artifact: ArtifactFields) {
    busyId.value = artifact.id;
    await fetchFile(artifact).catch(() => tellProblem(t.runs.downloadFailed(artifact.name)));
    busyId.value = null;
  }

  return { busyId, download };
}

/** Fetches an artifact with the viewer's token, which a plain link could not send, and hands it to the browser as a file. */
async function fetchFile({ runId, id, name }: ArtifactFields): Promise<void> {
  const answer = await fetch(`/api/runs/${runId}/artifacts/${id}`, { headers: { authorization: `Bearer ${await freshToken()}` } });
  if (!answer.ok) throw new Error(`${answer.status}`);
  const address = URL.createObjectURL(await answer.blob());
  Object.assign(document.createElement('a'), { href: address, download: name }).click();
  // The browser has taken the bytes by then.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
