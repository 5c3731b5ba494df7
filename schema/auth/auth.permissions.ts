import type { Permissions } from '../permissions/index.js';
import { anyone, authenticated } from '../permissions/rules.js';

export const authPermissions: Permissions = {
  Mutation: {
    login: anyone, register: anyone, refreshToken: anyone, logout: authenticated, changePassword: authenticated, createSocketTicket: authenticated,
  },
};
