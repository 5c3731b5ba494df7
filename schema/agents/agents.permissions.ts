import type { Permissions } from '../permissions/index.js';
import { onAgent, onPersona } from '../permissions/rules.js';

export const agentsPermissions: Permissions = {
  Query: {
    agents: onPersona('viewer', 'personaId'),
    agent: onAgent('viewer', 'id'),
  },
  Mutation: {
    createAgent: onPersona('editor', 'personaId'),
    updateAgent: onAgent('editor', 'id'),
    deleteAgent: onAgent('editor', 'id'),
  },
};
