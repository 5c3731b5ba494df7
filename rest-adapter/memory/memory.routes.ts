import type { Route } from '../route.js';
import { presentDeletedDocument, presentDocuments, presentMemoryMatches, presentUploadedDocument } from './memory.presenter.js';

export const memoryRoutes: Route[] = [
  {
    method: 'GET',
    path: '/api/personas/:personaId/memory',
    operation: 'ListDocuments',
    auth: true,
    query: ['page', 'limit'],
    status: 200,
    present: presentDocuments,
    summary: 'List the documents in the memory of a persona',
  },
  {
    method: 'POST',
    path: '/api/personas/:personaId/memory/upload',
    operation: 'UploadDocument',
    auth: true,
    form: { file: 'file', fields: ['name'] },
    limit: 'uploads',
    status: 201,
    present: presentUploadedDocument,
    summary: 'Upload a document to the memory of a persona',
  },
  {
    method: 'POST',
    path: '/api/personas/:personaId/memory/search',
    operation: 'SearchMemory',
    auth: true,
    body: ['query', 'limit'],
    status: 200,
    present: presentMemoryMatches,
    summary: 'Find passages in the memory of a persona',
  },
  {
    method: 'DELETE',
    path: '/api/personas/:personaId/memory/:documentId',
    operation: 'DeleteDocument',
    auth: true,
    status: 200,
    present: presentDeletedDocument,
    summary: 'Delete a document from the memory of a persona',
  },
];
