import type { Permissions } from '../permissions/index.js';
import { authenticated, onPersona } from '../permissions/rules.js';

export const personasPermissions: Permissions = {
  Query: {
    personas: authenticated,
    persona: onPersona('viewer', 'id'),
  },
  Mutation: {
    createPersona: authenticated,
    updatePersona: onPersona('editor', 'id'),
    deletePersona: onPersona('owner', 'id'),
  },
};
