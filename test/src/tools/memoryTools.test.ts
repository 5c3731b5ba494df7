import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import { Document } from '../../../src/memory/document.model.js';
import { useMemory } from '../../../src/memory/documentFiles.js';
import { memoryOfRun } from '../../../src/memory/runMemory.js';
import type { ToolMemory } from '../../../src/tools/tool.js';
import { useDatabase } from '../../support/database.js';
import { createPersona, createViewer } from '../../support/factories.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';
import * as files from '../memory/files.js';
import { openToolBench, toolError, type ToolBench } from './toolRun.js';

describe('memory tools', () => {
  useDatabase();
  let bench: ToolBench;
  let folder: string;
  let memory: ToolMemory;
  let personaId: string;
  let userId: string;

  before(async () => {
    bench = await openToolBench();
    folder = await temporaryFolder();
    useMemory({ folder, maxUploadBytes: 1_000_000 });
    const viewer = await createViewer();
    userId = viewer.id;
    personaId = (await createPersona(viewer)).id;
    memory = memoryOfRun(personaId, userId);
  });
  after(async () => {
    await bench.close();
    await rm(folder, { recursive: true });
  });

  const passage = { documentId: 'd', documentName: 'Handbook.pdf', text: 'Three days.', similarity: 0.8, metadata: { page: 4, chunkIndex: 7, headings: ['Remote work'] } };
  const found: ToolMemory = {
    search: async (_query, limit) => [passage, { ...passage, text: 'Far off', similarity: 0.1, metadata: { chunkIndex: 1, headings: [] } }].slice(0, limit),
    list: async () => [], remember: async () => ({ documentId: 'd', isNew: true }),
  };

  it('search_memory gives passages with document, page and chunk, and leaves out what is far off', async () => {
    const { output } = await bench.run('search_memory', { query: 'remote work' }, { memory: found });
    assert.deepEqual(output, { passages: [{
      text: 'Three days.', documentName: 'Handbook.pdf', page: 4, headings: ['Remote work'], chunkIndex: 7, documentId: 'd', similarity: 0.8,
    }] });
    assert.deepEqual((await bench.run('search_memory', { query: ' ' }, { memory: found })).output, { passages: [] });
    assert.deepEqual((await bench.run('search_memory', { query: 'anything' }, { memory })).output, { passages: [] });
  });

  it('remember refuses a note without a title or a text', async () => {
    await assert.rejects(bench.run('remember', { title: ' ', text: 'x' }, { memory }), toolError(/needs a title and a text/));
    await assert.rejects(bench.run('remember', { title: 'x', text: '\n' }, { memory }), toolError(/needs a title and a text/));
  });

  it('remember keeps a note once, however often the step is run', async () => {
    const note = { title: 'Ann\nlikes', text: 'Ann likes short decks.' };
    const { output } = await bench.run('remember', note, { memory });
    const again = await bench.run('remember', note, { memory });
    assert.deepEqual([output.remembered, again.output], ['as a new note', { ...output, remembered: 'already' }]);
    const documents = await Document.query().where({ persona_id: personaId });
    assert.equal(documents.length, 1);
    const [{ id, name, source, uploadedBy, mimeType, status }] = documents as [Document];
    assert.deepEqual([id, name, source, uploadedBy, mimeType, status], [output.documentId, 'Ann likes', 'note', userId, 'text/markdown', 'processing']);
  });

  it('list_documents lists what is there', async () => {
    const { output } = await bench.run('list_documents', {}, { memory });
    const [{ documentId, createdAt, ...document }] = output.documents as [Record<string, unknown>];
    assert.match(String(createdAt), /^\d{4}-.*Z$/);
    assert.ok(documentId);
    assert.deepEqual(document, {
      name: 'Ann likes', source: 'note', mimeType: 'text/markdown', status: 'processing', errorMessage: null, chunkCount: 0, fileSize: 36,
    });
  });

  it('read_document refuses what is no document', async () => {
    await writeFile(bench.onDisk('/workspace/a.bin'), Buffer.from([0, 1, 2]));
    await assert.rejects(bench.run('read_document', { path: '/workspace/a.bin' }), toolError(/no file that memory can read/));
    await assert.rejects(bench.run('read_document', { path: '/workspace/none.pdf' }), toolError(/no file or folder/));
    await writeFile(bench.onDisk('/workspace/bomb.docx'), files.bomb());
    await assert.rejects(bench.run('read_document', { path: '/workspace/bomb.docx' }), toolError(/unpacks to more/));
  });

  it('read_document reads documents, in parts when they are long', async function () {
    this.timeout(60_000);
    await writeFile(bench.onDisk('/workspace/a.docx'), await files.docx());
    const { output } = await bench.run('read_document', { path: '/workspace/a.docx' });
    assert.match(String(output.content), /# Remote work\n\nEmployees can work remotely up to 3 days per week\.\n\nDay \| Place\nMonday \| Office/);
    assert.deepEqual([output.kind, output.filePath, output.totalCharacters], ['docx', '/workspace/a.docx', String(output.content).length]);
    const part = await bench.run('read_document', { path: 'a.docx', offset: 5, limit: 10 });
    assert.deepEqual([part.output.content, part.output.nextOffset], [String(output.content).slice(5, 15), 15]);
    await assert.rejects(bench.run('read_document', { path: 'a.docx', offset: 100_000 }), toolError(/past its end/));
  });
});
