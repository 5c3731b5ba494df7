import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import type { Viewer } from '../../../src/auth/viewer.js';
import { databaseInfo, knex } from '../../../src/db.js';
import { closeEmbeddings, embed } from '../../../src/embeddings/embeddings.js';
import { toVectorValue } from '../../../src/embeddings/vectorColumn.js';
import { Document } from '../../../src/memory/document.model.js';
import { storeText, useMemory } from '../../../src/memory/documentFiles.js';
import { claimDocument } from '../../../src/memory/documentLease.js';
import { addDocument } from '../../../src/memory/memory.service.js';
import { findPassages, searchMemory } from '../../../src/memory/memorySearch.js';
import { processDocument } from '../../../src/memory/processDocument.js';
import { useDatabase } from '../../support/database.js';
import { createPersona, createViewer, rejectsWith } from '../../support/factories.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';

describe('searchMemory', function () {
  this.timeout(60_000);
  useDatabase();
  let viewer: Viewer;
  let personaId: string;
  let folder: string;

  before(async () => {
    folder = await temporaryFolder();
    useMemory({ folder, maxUploadBytes: 1_000_000 });
    viewer = await createViewer();
    personaId = (await createPersona(viewer)).id;
    await add(personaId, 'Handbook', '# Remote work\n\nEmployees may work from home up to 3 days per week.\n\n# Travel\n\nFlights need the approval of a manager.\n\n# Kitchen\n\nThe dishwasher is emptied in turns.');
    await add(personaId, 'Invoices', 'Number,Customer,Amount\nINV-2093,Miller,1200\nINV-2094,Smith,80\n');
  });
  after(async () => {
    await closeEmbeddings();
    await rm(folder, { recursive: true });
  });

  async function add(owner: string, name: string, text: string): Promise<string> {
    const id = await addDocument(viewer, { personaId: owner, name, source: 'upload', kind: 'markdown', bytes: await storeText(text) });
    await processDocument((await claimDocument())!, new AbortController().signal);
    assert.equal((await Document.query().findById(id))!.status, 'completed');
    return id;
  }
  const textsOf = async (query: string, limit = 5) => (await searchMemory(viewer, personaId, query, limit)).map(({ text }) => text);

  it('refuses a blank or endless query and a limit that cannot be', async () => {
    await rejectsWith(searchMemory(viewer, personaId, ' \n', 5), 'VALIDATION_ERROR', { query: 'Query is required' });
    await rejectsWith(searchMemory(viewer, personaId, 'x'.repeat(10_001), 5), 'VALIDATION_ERROR', { query: 'Query must have at most 10000 characters' });
    await rejectsWith(searchMemory(viewer, personaId, 'x', 101), 'VALIDATION_ERROR', { limit: 'Limit must be from 1 to 100' });
  });

  it('takes whatever people write', async () => {
    for (const query of ['\0', "'; drop table chunks; --", '& | ! ( ) : *', '💥', '\ud800', 'the of and']) assert.ok(Array.isArray(await textsOf(query)), query);
  });

  it('finds by meaning what shares no word with the query', async () => {
    assert.match((await textsOf('telecommuting rules', 1))[0]!, /work from home/);
  });

  it('finds by words what has no meaning, in headings too', async () => {
    assert.match((await textsOf('INV-2094', 1))[0]!, /INV-2094/);
    assert.match((await textsOf('kitchen', 1))[0]!, /dishwasher/);
  });

  it('gives similarity from 0 to 1 and as many as are wanted', async () => {
    const found = await searchMemory(viewer, personaId, 'Who approves a flight?', 2);
    assert.equal(found.length, 2);
    assert.match(found[0]!.text, /approval of a manager/);
    assert.deepEqual([found[0]!.documentName, found[0]!.metadata], ['Handbook', { chunkIndex: 1, headings: ['Travel'] }]);
    for (const { similarity } of found) assert.ok(similarity >= 0 && similarity <= 1);
  });

  it('never finds what is of another persona, however near and many', async () => {
    const other = (await createPersona(viewer)).id;
    const secret = 'Employees may work from home up to 3 days per week, and this is secret';
    await add(other, 'Secret', Array.from({ length: 30 }, (_, index) => `# ${index}\n\n${secret} ${index}.`).join('\n\n'));
    // As many more as make an index scan stop before it comes to ours.
    const [vector] = await embed([secret]);
    const { hasVector } = databaseInfo();
    const [{ id }] = await knex()('documents').where({ persona_id: other }).select('id');
    const rows = Array.from({ length: 300 }, (_, index) => ({
      id: crypto.randomUUID(), document_id: id, persona_id: other, chunk_index: 1000 + index, text: secret, embedding: toVectorValue(vector!, hasVector),
    }));
    await knex().batchInsert('chunks', rows, 100);
    const found = await findPassages(personaId, secret, 10);
    assert.match(found[0]!.text, /work from home up to 3 days per week\.$/);
    assert.ok(found.length >= 4 && found.every(({ documentName }) => documentName !== 'Secret'));
    assert.ok((await findPassages(other, 'work from home', 10)).every(({ documentName }) => documentName === 'Secret'));
  });

  it('finds nothing of a document that is not whole', async () => {
    const id = await add(personaId, 'Draft', 'The zebra is striped.');
    assert.match((await textsOf('zebra', 1))[0]!, /zebra/);
    await Document.query().findById(id).patch({ status: 'processing' });
    assert.ok((await textsOf('zebra')).every((text) => !text.includes('zebra')));
  });
});
