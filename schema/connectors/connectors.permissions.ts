import type { Permissions } from '../permissions/index.js';
import { onPersona } from '../permissions/rules.js';

export const connectorsPermissions: Permissions = {
  Query: { connectors: onPersona('viewer', 'personaId') },
  Mutation: {
    configureEmail: onPersona('editor', 'personaId'),
    configureBrowser: onPersona('editor', 'personaId'),
    configureDesktopVm: onPersona('editor', 'personaId'),
  },
};
