import type { Permissions } from '../permissions/index.js';
import { onPersona } from '../permissions/rules.js';

export const membersPermissions: Permissions = {
  Query: { members: onPersona('viewer', 'personaId') },
  Mutation: {
    addMember: onPersona('owner', 'personaId'),
    updateMember: onPersona('owner', 'personaId'),
    removeMember: onPersona('owner', 'personaId'),
  },
};
