import { freshToken } from '../auth/session';

/** A file that a run made. */
export interface ArtifactFile {
  id: string;
  runId: string;
  stepId: string;
  name: string;
  fileSize: number;
  mimeType: string;
}

/** The bytes of an artifact, fetched with the viewer's token, which a plain link could not send. Rejects when they do not come. */
export async function fetchArtifact({ runId, id }: ArtifactFile, signal?: AbortSignal): Promise<Blob> {
  const answer = await fetch(`/api/runs/${runId}/artifacts/${id}`, { headers: { authorization: `Bearer ${await freshToken()}` }, signal });
  if (!answer.ok) throw new Error(`${answer.status}`);
  return answer.blob();
}
