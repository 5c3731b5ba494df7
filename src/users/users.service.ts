import { endSessionsOf, sessionsEnded } from '../auth/sessions.js';
import type { Viewer } from '../auth/viewer.js';
import { recordAudit } from '../audit/audit.service.js';
import { transaction } from '../db.js';
import { notFound } from '../errors.js';
import { readRows, type Reading, type Selection } from '../reading.js';
import { User, type UserRole } from './user.model.js';

export interface UserRow {
  id: string;
  email: string;
  name: string;
  role: UserRole;
  isActive: boolean;
  createdAt: Date;
  lastLoginAt: Date | null;
}

const userById: Reading = {
  name: 'user_by_id',
  shape: {
    always: ['id'],
    fields: {
      id: 'u.id', email: 'u.email', name: 'u.name', role: 'u.role', isActive: 'u.is_active',
      createdAt: 'u.created_at', lastLoginAt: 'u.last_login_at',
    },
  },
  from: 'users u',
  tail: 'where u.id = :id',
};

/** One user, with the fields that the selection names; undefined when there is none. */
export async function readUser(id: string, selection: Selection): Promise<UserRow | undefined> {
  return (await readRows<UserRow>(userById, selection, { id }))[0];
}

/** Who is signed in. */
export async function readMe(viewer: Viewer, selection: Selection): Promise<UserRow> {
  const user = await readUser(viewer.id, selection);
  if (!user) throw notFound('User');
  return user;
}

/** Lets a user sign in no more and ends their sessions, here and now. Throws NOT_FOUND. */
export async function deactivateUser(viewer: Viewer, id: string): Promise<void> {
  const ended = await transaction(async (trx) => {
    const user = await User.query(trx).patchAndFetchById(id, { isActive: false });
    if (!user) throw notFound('User');
    await recordAudit(trx, viewer, {
      eventType: 'user_deactivated', eventCategory: 'action', description: `User '${user.email}' deactivated`, metadata: { userId: id },
    });
    return endSessionsOf(trx, id);
  });
  sessionsEnded(ended);
}
