import type { Permissions } from '../permissions/index.js';
import { authenticated, onPersona } from '../permissions/rules.js';

export const memoryPermissions: Permissions = {
  Query: {
    documents: onPersona('viewer', 'personaId'),
    document: onPersona('viewer', 'personaId'),
    passages: onPersona('viewer', 'personaId'),
    uploadRules: authenticated,
    searchMemory: onPersona('viewer', 'personaId'),
  },
  Mutation: {
    uploadDocument: onPersona('editor', 'personaId'),
    deleteDocument: onPersona('editor', 'personaId'),
  },
};
