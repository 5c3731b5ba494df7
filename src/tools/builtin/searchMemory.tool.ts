import type { Tool } from '../tool.js';

const defaultLimit = 5;

/** Below this nearness a passage has nothing to do with the query; memory always has some that are nearest. */
const nearEnough = 0.2;

export const searchMemory: Tool = {
  name: 'search_memory',
  description: 'Search the memory: the documents that people uploaded and the notes that were remembered. Gives the passages that answer a question or '
    + 'fit a topic, each with its document and page, which are to be named where they are used.',
  category: 'memory',
  parameters: {
    type: 'object',
    properties: {
      query: { type: 'string', description: 'What to look for, as a question or a topic.', minLength: 1, maxLength: 2000 },
      limit: { type: 'integer', description: `How many passages at most, ${defaultLimit} when left out.`, minimum: 1, maximum: 20 },
    },
    required: ['query'],
    additionalProperties: false,
  },
  idempotent: true,
  needsApproval: false,
  async run({ query, limit = defaultLimit }: { query: string; limit?: number }, { memory, signal }) {
    signal.throwIfAborted();
    const found = query.trim() === '' ? [] : await memory.search(query, limit);
    const passages = found.filter(({ similarity }) => similarity >= nearEnough).map(({ documentId, documentName, text, similarity, metadata }) => ({
      text, documentName, ...(metadata.page !== undefined && { page: metadata.page }), headings: metadata.headings,
      chunkIndex: metadata.chunkIndex, documentId, similarity,
    }));
    return { output: { passages } };
  },
};
