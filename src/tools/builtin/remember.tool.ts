import { ToolError, type Tool } from '../tool.js';

export const remember: Tool = {
  name: 'remember',
  description: 'Remember a fact, a decision or a preference for later: keeps a short note in memory, where search_memory finds it in any later run.',
  category: 'memory',
  parameters: {
    type: 'object',
    properties: {
      title: { type: 'string', description: 'What the note is about, in a few words.', minLength: 1, maxLength: 200 },
      text: { type: 'string', description: 'The note itself, in sentences that can be understood without this conversation.', minLength: 1, maxLength: 20_000 },
    },
    required: ['title', 'text'],
    additionalProperties: false,
  },
  idempotent: true,
  needsApproval: false,
  async run({ title, text }: { title: string; text: string }, { memory, signal }) {
    signal.throwIfAborted();
    const name = title.replace(/[\s\p{Cc}\p{Surrogate}]+/gu, ' ').trim();
    if (name === '' || text.trim() === '') throw new ToolError('A note needs a title and a text.');
    const { documentId, isNew } = await memory.remember(name, text.trim());
    return { output: { documentId, name, remembered: isNew ? 'as a new note' : 'already' } };
  },
};
