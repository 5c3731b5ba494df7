import type { Permissions } from '../permissions/index.js';
import { authenticated } from '../permissions/rules.js';

export const usersPermissions: Permissions = {
  Query: { me: authenticated },
};
