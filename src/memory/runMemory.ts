import { read } from '../db.js';
import { PlatformError } from '../errors.js';
import type { ToolMemory } from '../tools/tool.js';
import { addDocument } from './memory.service.js';
import { discard, storeText } from './documentFiles.js';
import { findPassages } from './memorySearch.js';

const documentsOfPersona = {
  name: 'documents_of_persona',
  text: `select id as "documentId", name, source, mime_type as "mimeType", status, error_message as "errorMessage", chunk_count as "chunkCount",
      file_size as "fileSize", created_at as "createdAt"
    from documents where persona_id = $1 order by created_at desc, id limit $2`,
};

/** The memory of a persona as the tools of a run see it; what is remembered is the run's user's doing. */
export const memoryOfRun = (personaId: string, userId: string): ToolMemory => ({
  search: (query, limit) => findPassages(personaId, query, limit),
  list: (limit) => read(documentsOfPersona, [personaId, limit]),
  async remember(title, text) {
    const bytes = await storeText(`# ${title}\n\n${text}\n`);
    try {
      return { documentId: await addDocument({ id: userId }, { personaId, name: title, source: 'note', kind: 'markdown', bytes }), isNew: true };
    } catch (error) {
      // The same note again, as when a step is run once more, is the same document.
      const known = error instanceof PlatformError && error.code === 'DUPLICATE_RESOURCE' && error.details?.documentId;
      if (!known) throw error;
      return { documentId: known as string, isNew: false };
    } finally {
      await discard(bytes);
    }
  },
});
