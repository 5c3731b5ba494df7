import type { Permissions } from '../permissions/index.js';
import { onPersona } from '../permissions/rules.js';

export const memoryPermissions: Permissions = {
  Query: {
    documents: onPersona('viewer', 'personaId'),
    searchMemory: onPersona('viewer', 'personaId'),
  },
  Mutation: {
    uploadDocument: onPersona('editor', 'personaId'),
    deleteDocument: onPersona('editor', 'personaId'),
  },
};
