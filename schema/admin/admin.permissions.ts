import type { Permissions } from '../permissions/index.js';
import { admin } from '../permissions/rules.js';

export const adminPermissions: Permissions = {
  Query: { users: admin },
  Mutation: { createUser: admin, updateUser: admin },
};
