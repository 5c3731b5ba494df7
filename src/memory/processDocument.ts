import type { Knex } from 'knex';
import { databaseInfo, transaction } from '../db.js';
import { embed } from '../embeddings/embeddings.js';
import { toVectorValue } from '../embeddings/vectorColumn.js';
import { Chunk } from './chunk.model.js';
import { Document } from './document.model.js';
import { pathOf } from './documentFiles.js';
import { embeddedText, type Passage } from './parsing/chunks.js';
import { mimeTypes } from './parsing/documentKind.js';
import { readPassages } from './parsing/readDocument.js';
import { UnreadableDocument } from './parsing/unreadable.js';

/** The document was deleted, or another process took it over: there is nothing left to do. */
export class DocumentLost extends Error {}

/** How many passages are embedded and written at a time: searches and other writes come in between. */
const batchSize = 32;

/**
 * Reads a claimed document, cuts and embeds it and stores its chunks, which are found once all of them are there. A file that cannot
 * be read makes it `failed`, with the reason.
 * @throws DocumentLost, the signal's reason when aborted, and PlatformError SERVICE_UNAVAILABLE when there is no embedding model
 */
export async function processDocument(document: Document, signal: AbortSignal): Promise<void> {
  try {
    const { kind, passages } = await readPassages(pathOf(document.personaId, document.sha256), signal);
    // An attempt that was cut off may have left some.
    await write(document, (trx) => Chunk.query(trx).delete().where({ document_id: document.id }));
    for (let start = 0; start < passages.length; start += batchSize) {
      signal.throwIfAborted();
      await storeBatch(document, passages.slice(start, start + batchSize));
    }
    await end(document, { status: 'completed', chunkCount: passages.length, mimeType: mimeTypes[kind] });
  } catch (error) {
    if (!(error instanceof UnreadableDocument)) throw error;
    await end(document, { status: 'failed', errorMessage: error.message });
  }
}

/** Ends a document's processing without a result. Throws DocumentLost. */
export const failDocument = (document: Document, errorMessage: string): Promise<void> => end(document, { status: 'failed', errorMessage });

async function storeBatch(document: Document, passages: Passage[]): Promise<void> {
  const vectors = await embed(passages.map(embeddedText));
  const { hasVector } = databaseInfo();
  const rows = passages.map(({ text, metadata }, index) => ({
    documentId: document.id, personaId: document.personaId, chunkIndex: metadata.chunkIndex, text, metadata,
    embedding: toVectorValue(vectors[index]!, hasVector),
  }));
  await write(document, (trx) => Chunk.query(trx).insert(rows));
}

async function end(document: Document, columns: Partial<Document>): Promise<void> {
  await write(document, async (trx) => {
    if (columns.status === 'failed') await Chunk.query(trx).delete().where({ document_id: document.id });
    await Document.query(trx).findById(document.id).patch({ ...columns, leaseExpiresAt: null });
  });
}

/** Writes something of a document, unless it is not this attempt's any more. */
const write = (document: Document, work: (trx: Knex.Transaction) => PromiseLike<unknown>): Promise<void> =>
  transaction(async (trx) => {
    const held = { id: document.id, attempt_count: document.attemptCount, status: 'processing' };
    if (!(await Document.query(trx).findOne(held).forUpdate())) throw new DocumentLost();
    await work(trx);
  });
