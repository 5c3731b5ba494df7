import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import type { Viewer } from '../../../src/auth/viewer.js';
import { closeEmbeddings } from '../../../src/embeddings/embeddings.js';
import { Chunk } from '../../../src/memory/chunk.model.js';
import { Document } from '../../../src/memory/document.model.js';
import { deleteUnfinished, pathOf, storeStream, useMemory } from '../../../src/memory/documentFiles.js';
import { claimDocument, expireDocumentLeases, releaseLease, renewLease } from '../../../src/memory/documentLease.js';
import { DocumentProcessor } from '../../../src/memory/documentProcessor.js';
import { addDocument, deleteDocument } from '../../../src/memory/memory.service.js';
import { DocumentLost, processDocument } from '../../../src/memory/processDocument.js';
import { useDatabase } from '../../support/database.js';
import { eventually } from '../../support/eventually.js';
import { createPersona, createViewer } from '../../support/factories.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';
import * as files from './files.js';

describe('DocumentProcessor', function () {
  this.timeout(60_000);
  useDatabase();
  const never = new AbortController().signal;
  let viewer: Viewer;
  let personaId: string;
  let folder: string;
  let processor: DocumentProcessor | undefined;

  before(async () => {
    folder = await temporaryFolder();
    useMemory({ folder, maxUploadBytes: 50_000_000 });
    viewer = await createViewer();
  });
  beforeEach(async () => {
    await Document.query().delete();
    personaId = (await createPersona(viewer)).id;
  });
  afterEach(async () => {
    await processor?.stop();
    processor = undefined;
  });
  after(async () => {
    await closeEmbeddings();
    await rm(folder, { recursive: true });
  });

  let added = 0;
  async function add(content: string | Buffer, kind: Parameters<typeof addDocument>[1]['kind'] = 'text'): Promise<Document> {
    const bytes = await storeStream(Readable.from([Buffer.from(content)]));
    const id = await addDocument(viewer, { personaId, name: `file ${++added}`, source: 'upload', kind, bytes });
    return Document.query().findById(id).throwIfNotFound();
  }
  const ended = (id: string) => eventually(async () => {
    const document = await Document.query().findById(id);
    return document && document.status !== 'processing' && document;
  });
  const chunksOf = (id: string) => Chunk.query().where({ document_id: id }).orderBy('chunk_index');

  it('says why a file could not be read, and leaves nothing of it', async () => {
    const locked = await add(files.lockedPdf(), 'pdf');
    const bomb = await add(files.lyingBomb(), 'docx');
    const pages = await add(files.emptyPages(10_000), 'pdf');
    processor = new DocumentProcessor();
    assert.match((await ended(locked.id)).errorMessage!, /protected by a password/);
    assert.match((await ended(bomb.id)).errorMessage!, /damaged/);
    const failed = await ended(pages.id);
    assert.match(failed.errorMessage!, /10000 pages; at most 5000/);
    assert.deepEqual([failed.status, failed.chunkCount], ['failed', 0]);
    assert.equal(await Chunk.query().resultSize(), 0);
  });

  it('grows the process by little, whatever the files are', async () => {
    const documents = [
      await add(await files.pdfBomb(), 'pdf'), await add(`${'word '.repeat(1_200_000)}.`), await add(`${'['.repeat(200_000)}${']'.repeat(200_000)}`, 'json'),
    ];
    const before = process.memoryUsage().rss;
    processor = new DocumentProcessor();
    let most = before;
    const watch = setInterval(() => (most = Math.max(most, process.memoryUsage().rss)), 10);
    for (const { id } of documents) assert.equal((await eventuallyLong(() => ended(id))).status, 'failed');
    clearInterval(watch);
    assert.ok(most - before < 50 * 1024 * 1024, `grew by ${Math.round((most - before) / 1024 / 1024)} MB`);
  });

  /** Some files are only given up when their limits are reached. */
  async function eventuallyLong<T>(look: () => Promise<T>): Promise<T> {
    for (let tries = 0; ; tries++) {
      try {
        return await look();
      } catch (error) {
        if (tries === 4) throw error;
      }
    }
  }

  it('processes what waits, oldest first, and what is added later', async () => {
    const first = await add('# One\n\nFirst text.', 'markdown');
    processor = new DocumentProcessor();
    const done = await ended(first.id);
    assert.deepEqual([done.status, done.chunkCount, done.errorMessage, done.leaseExpiresAt], ['completed', 1, null, null]);
    const [chunk] = await chunksOf(first.id);
    assert.deepEqual([chunk!.text, chunk!.metadata, chunk!.personaId], ['First text.', { chunkIndex: 0, headings: ['One'] }, personaId]);
    assert.ok(chunk!.embedding);
    assert.equal((await ended((await add('Second text.')).id)).status, 'completed');
  });

  it('gives a failed document up after the third attempt that ended with the program', async () => {
    const { id } = await add('text');
    await Document.query().findById(id).patch({ attemptCount: 3 });
    processor = new DocumentProcessor();
    assert.match((await ended(id)).errorMessage!, /each attempt ended with the program/);
  });

  it('takes up again what a process left in the middle, without a chunk twice', async () => {
    const { id } = await add(Array.from({ length: 40 }, (_, index) => `# Part ${index}\n\nText of part ${index}.`).join('\n\n'), 'markdown');
    const died = (await claimDocument())!;
    await Chunk.query().insert({ documentId: id, personaId, chunkIndex: 0, text: 'left over', metadata: { chunkIndex: 0, headings: [] } } as Partial<Chunk>);
    assert.equal(await claimDocument(), undefined, 'the lease holds');
    await expireDocumentLeases();
    processor = new DocumentProcessor();
    const done = await ended(id);
    assert.deepEqual([done.status, done.chunkCount, done.attemptCount], ['completed', 40, 2]);
    assert.equal((await chunksOf(id))[0]!.text, 'Text of part 0.');
    assert.equal(await renewLease(died), false, 'the one that died has lost its rights');
  });

  it('writes nothing more for one who lost the lease', async () => {
    const { id } = await add('text');
    const slow = (await claimDocument())!;
    await expireDocumentLeases();
    const next = (await claimDocument())!;
    await assert.rejects(processDocument(slow, never), DocumentLost);
    assert.equal(await chunksOf(id).resultSize(), 0);
    await processDocument(next, never);
    assert.equal((await ended(id)).chunkCount, 1);
  });

  it('drops a document that is deleted while it is processed', async () => {
    const document = await add('text');
    const claimed = (await claimDocument())!;
    await deleteDocument(viewer, personaId, document.id);
    assert.equal(existsSync(pathOf(personaId, document.sha256)), false);
    await assert.rejects(processDocument(claimed, never), DocumentLost);
    assert.equal(await Chunk.query().resultSize(), 0);
  });

  it('hands back what is under way when it stops, and the attempt does not count', async () => {
    const { id } = await add('A sentence that takes its time. '.repeat(100_000));
    processor = new DocumentProcessor();
    await eventually(async () => (await Document.query().findById(id))!.leaseExpiresAt);
    await processor.stop();
    const document = await Document.query().findById(id).throwIfNotFound();
    assert.deepEqual([document.status, document.attemptCount, document.leaseExpiresAt], ['processing', 0, null]);
  });

  it('lets only one of many claim a document, and renews only for that one', async () => {
    await add('text');
    const claims = await Promise.all(Array.from({ length: 4 }, () => claimDocument()));
    const [held] = claims.filter((claim) => claim !== undefined);
    assert.equal(claims.filter(Boolean).length, 1);
    assert.equal(await renewLease(held!), true);
    await releaseLease(held!);
    assert.equal(await renewLease(held!), false);
  });

  it('deletes unfinished uploads once they are old, and no file of a persona', async () => {
    const unknown = pathOf(personaId, 'f'.repeat(64));
    const incoming = join(folder, 'incoming', 'left');
    for (const path of [unknown, incoming]) {
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, 'x');
    }
    await deleteUnfinished();
    assert.ok(existsSync(incoming), 'it is young');
    const now = Date.now;
    try {
      Date.now = () => now() + 2 * 3_600_000;
      await deleteUnfinished();
    } finally {
      Date.now = now;
    }
    assert.deepEqual([unknown, incoming].filter(existsSync), [unknown]);
  });
});
