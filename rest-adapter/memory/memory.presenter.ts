import { presentPage } from '../page.presenter.js';
import type { Data } from '../route.js';

export const presentDocuments = ({ documents }: Data) => presentPage(documents, presentListed);

const presentListed = (document: Data) => ({
  id: document.id,
  name: document.name,
  source: document.source,
  fileSize: document.fileSize,
  mimeType: document.mimeType,
  status: document.status,
  chunkCount: document.chunkCount,
  uploadedBy: document.uploadedBy,
  uploadedByName: document.uploadedByName,
  createdAt: document.createdAt,
});

export const presentUploadedDocument = ({ uploadDocument: document }: Data) => ({
  id: document.id,
  name: document.name,
  source: document.source,
  fileSize: document.fileSize,
  mimeType: document.mimeType,
  status: document.status,
  createdAt: document.createdAt,
});

export const presentMemoryMatches = ({ searchMemory }: Data) => ({ results: searchMemory.map(presentMatch) });

const presentMatch = (match: Data) => ({
  chunkId: match.chunkId,
  documentId: match.documentId,
  documentName: match.documentName,
  text: match.text,
  similarity: match.similarity,
  metadata: match.metadata,
});

export const presentDeletedDocument = () => ({ message: 'Document deleted successfully' });
