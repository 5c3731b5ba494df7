import type { Data } from '../route.js';

export const presentMe = ({ me }: Data) => ({
  id: me.id,
  email: me.email,
  name: me.name,
  role: me.role,
  createdAt: me.createdAt,
  lastLoginAt: me.lastLoginAt,
});
