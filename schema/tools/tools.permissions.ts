import type { Permissions } from '../permissions/index.js';
import { authenticated, onPersona } from '../permissions/rules.js';

export const toolsPermissions: Permissions = {
  Query: {
    tools: authenticated,
    tool: authenticated,
    searchTools: authenticated,
    personaTools: onPersona('viewer', 'personaId'),
    providers: authenticated,
  },
  Mutation: {
    enablePersonaTool: onPersona('editor', 'personaId'),
    updatePersonaTool: onPersona('editor', 'personaId'),
    removePersonaTool: onPersona('editor', 'personaId'),
  },
};
