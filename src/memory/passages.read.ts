import type { Viewer } from '../auth/viewer.js';
import { read } from '../db.js';
import { notFound } from '../errors.js';
import { offsetOf, pagination, type Page, type PageArgs } from '../paging.js';
import type { Passage } from './parsing/chunks.js';

export interface PassageRow extends Passage {
  id: string;
}

const documentOf = { name: 'passages_total', text: `select chunk_count as total from documents where id = $1 and persona_id = $2` };

const passagePage = {
  name: 'passages_page',
  text: `select c.id, c.text, c.metadata from chunks c join documents d on d.id = c.document_id
    where c.document_id = $1 and d.status = 'completed' order by c.chunk_index limit $2 offset $3`,
};

/** What is found of a document, in its order; nothing until it has been read. Throws NOT_FOUND, VALIDATION_ERROR. */
export async function listPassages(_viewer: Viewer, personaId: string, documentId: string, args: PageArgs): Promise<Page<PassageRow>> {
  const offset = offsetOf(args);
  const [document] = await read<{ total: number }>(documentOf, [documentId, personaId]);
  if (!document) throw notFound('Document');
  const data = await read<PassageRow>(passagePage, [documentId, args.limit, offset]);
  return { data, pagination: pagination(args, document.total) };
}
