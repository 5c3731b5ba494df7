import assert from 'node:assert/strict';
import type { Viewer } from '../../../src/auth/viewer.js';
import { databaseInfo } from '../../../src/db.js';
import { toVectorValue } from '../../../src/embeddings/vectorColumn.js';
import { Chunk } from '../../../src/memory/chunk.model.js';
import { useMemory } from '../../../src/memory/documentFiles.js';
import { useDatabase } from '../../support/database.js';
import { addMember, createDocument, createPersona, createViewer, operate, rejectsWith } from '../../support/factories.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';

describe('a document and its passages', () => {
  useDatabase();
  const documentText = 'query ($p: UUID!, $d: UUID!) { document(personaId: $p, documentId: $d) { id name status } }';
  const passagesText = 'query ($p: UUID!, $d: UUID!, $page: Int, $limit: Int) { passages(personaId: $p, documentId: $d, page: $page, limit: $limit) '
    + '{ data { text metadata } pagination { page limit total totalPages } } }';
  let owner: Viewer;
  let personaId: string;

  async function createRead(texts: string[], status: 'completed' | 'processing' = 'completed') {
    const document = await createDocument({ id: personaId }, { status, chunkCount: status === 'completed' ? texts.length : 0 });
    const embedding = toVectorValue(new Float32Array(384), databaseInfo().hasVector);
    for (const [chunkIndex, text] of texts.entries()) {
      await Chunk.query().insert({ documentId: document.id, personaId, chunkIndex, text, metadata: { chunkIndex, headings: ['Top'] }, embedding });
    }
    return document;
  }

  beforeEach(async () => {
    owner = await createViewer();
    personaId = (await createPersona(owner)).id;
  });

  it('Query.document and Query.passages are for those with access, and know no document of another persona', async () => {
    const { id: d } = await createRead(['one']);
    const other = await createPersona(owner);
    for (const text of [documentText, passagesText]) {
      await rejectsWith(operate(null, text, { p: personaId, d }), 'UNAUTHORIZED');
      await rejectsWith(operate(await createViewer(), text, { p: personaId, d }), 'FORBIDDEN', 'Access denied');
      await rejectsWith(operate(owner, text, { p: other.id, d }), 'NOT_FOUND', 'Document not found');
    }
    await rejectsWith(operate(owner, passagesText, { p: personaId, d, page: 0, limit: 101 }), 'VALIDATION_ERROR');
  });

  it('shows a viewer the passages in their order, page by page', async () => {
    const { id: d, name } = await createRead(['one', 'two', 'three']);
    const viewer = await createViewer();
    await addMember({ id: personaId }, viewer, 'viewer');
    assert.deepEqual((await operate(viewer, documentText, { p: personaId, d })).document, { id: d, name, status: 'completed' });
    const { passages } = await operate(viewer, passagesText, { p: personaId, d, page: 2, limit: 2 });
    assert.deepEqual(passages, {
      data: [{ text: 'three', metadata: { chunkIndex: 2, headings: ['Top'] } }], pagination: { page: 2, limit: 2, total: 3, totalPages: 2 },
    });
  });

  it('shows nothing of a document that is still being read', async () => {
    const { id: d } = await createRead(['half'], 'processing');
    assert.deepEqual((await operate(owner, passagesText, { p: personaId, d })).passages.data, []);
  });

  it('Query.uploadRules tells whoever is signed in what memory takes', async () => {
    useMemory({ folder: await temporaryFolder(), maxUploadBytes: 1000 });
    const text = '{ uploadRules { maxBytes extensions } }';
    await rejectsWith(operate(null, text), 'UNAUTHORIZED');
    const { uploadRules } = await operate(owner, text);
    assert.equal(uploadRules.maxBytes, 1000);
    assert.ok(uploadRules.extensions.includes('docx'));
  });
});
