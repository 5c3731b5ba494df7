import type { Tool } from '../tool.js';

const defaultLimit = 5;

export const searchTools: Tool = {
  name: 'search_tools',
  description: 'Search for a tool that can do something, described in plain words. Use it when none of the tools at hand fits.',
  category: 'system',
  parameters: {
    type: 'object',
    properties: {
      query: { type: 'string', description: 'What the tool should do, such as "make slides".', minLength: 1, maxLength: 500 },
      limit: { type: 'integer', description: `How many tools at most, ${defaultLimit} when left out.`, minimum: 1, maximum: 20 },
    },
    required: ['query'],
    additionalProperties: false,
  },
  idempotent: true,
  needsApproval: false,
  async run({ query, limit = defaultLimit }: { query: string; limit?: number }, { searchTools: search, signal }) {
    signal.throwIfAborted();
    const found = await search(query, limit);
    return { output: { tools: found.map(({ name, description, category, similarity }) => ({ name, description, category, similarity })) } };
  },
};
