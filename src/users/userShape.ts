import type { Shape } from '../reading.js';
import type { UserRole } from './user.model.js';

export interface UserRow {
  id: string;
  email: string;
  name: string;
  role: UserRole;
  isActive: boolean;
  createdAt: Date;
  updatedAt: Date;
  lastLoginAt: Date | null;
}

/** A user as it is read, from `users u`. */
export const userShape: Shape = {
  always: ['id'],
  fields: {
    id: 'u.id', email: 'u.email', name: 'u.name', role: 'u.role', isActive: 'u.is_active',
    createdAt: 'u.created_at', updatedAt: 'u.updated_at', lastLoginAt: 'u.last_login_at',
  },
};
