import type { Tool } from '../tool.js';

const mostListed = 100;

export const listDocuments: Tool = {
  name: 'list_documents',
  description: 'List the documents and notes in memory, newest first, with their type and whether they can be searched yet.',
  category: 'memory',
  parameters: {
    type: 'object',
    properties: {
      limit: { type: 'integer', description: `How many at most, ${mostListed} when left out.`, minimum: 1, maximum: mostListed },
    },
    additionalProperties: false,
  },
  idempotent: true,
  needsApproval: false,
  async run({ limit = mostListed }: { limit?: number }, { memory, signal }) {
    signal.throwIfAborted();
    const documents = await memory.list(limit);
    return { output: { documents: documents.map((document) => ({ ...document, createdAt: document.createdAt.toISOString() })) } };
  },
};
