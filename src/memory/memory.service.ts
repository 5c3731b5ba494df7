import type { Knex } from 'knex';
import { recordAudit } from '../audit/audit.service.js';
import type { Viewer } from '../auth/viewer.js';
import { transaction } from '../db.js';
import { notFound, PlatformError, validationError, type ErrorCode } from '../errors.js';
import { takeUpload } from '../limits/limits.js';
import { offsetOf, pagination, type Page, type PageArgs } from '../paging.js';
import { Persona } from '../personas/persona.model.js';
import { readRows, type Reading, type Selection } from '../reading.js';
import { isRequired } from '../validation.js';
import { Document, type DocumentSource } from './document.model.js';
import { deleteFile, discard, keepFile, largestUpload, storeStream, type StoredBytes } from './documentFiles.js';
import { documentShape, type DocumentRow } from './documentShape.js';
import type { IncomingFile } from './incomingFile.js';
import { extensions, mimeTypes, recognise, type DocumentKind } from './parsing/documentKind.js';
import { UnreadableDocument, type Fault } from './parsing/unreadable.js';
import { wakeProcessor } from './waking.js';

/** Keys first: the page is found among ids, and only its rows are read whole. */
const documentPage: Reading = {
  name: 'document_page',
  shape: documentShape,
  from: `(
    select id, count(*) over () as total from documents where persona_id = :personaId
    order by created_at desc, id limit :limit offset :offset
  ) page join documents d using (id)`,
  tail: 'order by d.created_at desc, d.id',
  extra: 'page.total',
};

const documentOfPersona: Reading = {
  name: 'document_of_persona', shape: documentShape, from: 'documents d', tail: 'where d.id = :id and d.persona_id = :personaId',
};
const documentById: Reading = { name: 'document_by_id', shape: documentShape, from: 'documents d', tail: 'where d.id = :id' };

/** The documents in a persona's memory, newest first. */
export async function listDocuments(_viewer: Viewer, personaId: string, args: PageArgs, selection: Selection): Promise<Page<DocumentRow>> {
  const offset = offsetOf(args);
  const find = (limit: number, from: number) =>
    readRows<DocumentRow & { total: number }>(documentPage, selection.data ?? noFields, { personaId, limit, offset: from });
  const data = await find(args.limit, offset);
  // Behind the last page no row tells the total.
  const counted = data.length > 0 || offset === 0 ? data : await find(1, 0);
  return { data, pagination: pagination(args, counted[0]?.total ?? 0) };
}

const noFields: Selection = {};

/** One document of a persona. Throws NOT_FOUND. */
export async function readDocument(_viewer: Viewer, personaId: string, id: string, selection: Selection): Promise<DocumentRow> {
  const [document] = await readRows<DocumentRow>(documentOfPersona, selection, { id, personaId });
  if (!document) throw notFound('Document');
  return document;
}

/** What memory takes, for those who want to know before they send something. */
export const readUploadRules = () => ({ maxBytes: largestUpload(), extensions });

/**
 * Takes a file into a persona's memory; a worker reads it. The caller has checked that the viewer may, before anything was read.
 * 400 for a missing, empty or damaged file or a name that cannot be, 409 with `documentId` for bytes that are there already, 413 for
 * what is too large or unpacks to too much, 415 for what cannot be read, 429 for too many uploads in a minute.
 */
export async function uploadDocument(viewer: Viewer, personaId: string, file: IncomingFile, selection: Selection): Promise<DocumentRow> {
  await takeUpload(viewer);
  let bytes: StoredBytes | undefined;
  try {
    const { fileName, fields } = await file.receive(async (stream) => (bytes = await storeStream(stream)));
    if (!bytes) throw validationError({ file: isRequired('file') });
    const name = checkedName(fields.name, fileName);
    const kind = await kindOf(bytes);
    const id = await addDocument(viewer, { personaId, name, source: 'upload', kind, bytes });
    const [document] = await readRows<DocumentRow>(documentById, selection, { id });
    if (!document) throw notFound('Document');
    return document;
  } finally {
    if (bytes) await discard(bytes);
  }
}

/** A document for a persona's memory, with bytes that have arrived. */
export interface NewDocument {
  personaId: string;
  name: string;
  source: DocumentSource;
  kind: DocumentKind;
  bytes: StoredBytes;
}

/** Adds a document and gives its id. Throws NOT_FOUND, and DUPLICATE_RESOURCE with `documentId` when its bytes are there already. */
export async function addDocument(actor: { id: string }, { personaId, name, source, kind, bytes }: NewDocument): Promise<string> {
  const document = await transaction(async (trx) => {
    await lockPersona(trx, personaId);
    const known = await Document.query(trx).findOne({ persona_id: personaId, sha256: bytes.sha256 });
    if (known) throw new PlatformError('DUPLICATE_RESOURCE', `The file is in memory already, as '${known.name}'`, { documentId: known.id });
    await keepFile(bytes, personaId);
    const added = await Document.query(trx).insert({
      personaId, uploadedBy: actor.id, name, source, fileSize: bytes.size, mimeType: mimeTypes[kind], sha256: bytes.sha256,
    });
    await audit(trx, actor, 'uploaded', added);
    return added;
  });
  wakeProcessor();
  return document.id;
}

/** Deletes a document with its chunks and its file, also while it is processed. Throws NOT_FOUND. */
export async function deleteDocument(viewer: Viewer, personaId: string, id: string): Promise<string> {
  await transaction(async (trx) => {
    await lockPersona(trx, personaId);
    const document = await Document.query(trx).findOne({ id, persona_id: personaId }).forUpdate();
    if (!document) throw notFound('Document');
    await audit(trx, viewer, 'deleted', document);
    await document.$query(trx).delete();
    await deleteFile(personaId, document.sha256);
  });
  return id;
}

/** One change of a persona's files after the other: the same bytes must not come and go at once. */
async function lockPersona(trx: Knex.Transaction, id: string): Promise<void> {
  if (!(await Persona.query(trx).findById(id).forNoKeyUpdate())) throw notFound('Persona');
}

const audit = (trx: Knex.Transaction, actor: { id: string }, what: 'uploaded' | 'deleted', { id, personaId, name, source }: Document) =>
  recordAudit(trx, actor, {
    eventType: `document_${what}`, eventCategory: 'action', description: `Document '${name}' ${what}`, personaId,
    metadata: { documentId: id, source },
  });

const longestName = 255;

/** The given name, or the file's. A name is shown and never opened, but one that looks like a path is somebody's attempt. */
function checkedName(given: string | undefined, fileName: string): string {
  const field = given?.trim() ? 'name' : 'file';
  const name = (given?.trim() || fileName).trim();
  const label = field === 'name' ? 'Name' : 'File name';
  if (name === '') throw validationError({ file: isRequired('file') });
  if (/[/\\]|^\.{1,2}$/.test(name)) throw validationError({ [field]: `${label} must not be a path` });
  if (/[\p{Cc}\p{Surrogate}\u2028\u2029\u202a-\u202e\u2066-\u2069\ufffd]/u.test(name)) throw validationError({ [field]: `${label} must not have control characters` });
  if (name.length > longestName) throw validationError({ [field]: `${label} must have at most ${longestName} characters` });
  return name;
}

const codes: Record<Fault, ErrorCode> = { unsupported: 'UNSUPPORTED_MEDIA_TYPE', 'too large': 'PAYLOAD_TOO_LARGE', damaged: 'VALIDATION_ERROR' };

async function kindOf({ path, size }: StoredBytes): Promise<DocumentKind> {
  if (size === 0) throw validationError({ file: 'File is empty' });
  try {
    return await recognise(path);
  } catch (error) {
    if (!(error instanceof UnreadableDocument)) throw error;
    throw new PlatformError(codes[error.fault], error.message, { file: error.message });
  }
}
