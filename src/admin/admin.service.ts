import type { Knex } from 'knex';
import { recordAudit } from '../audit/audit.service.js';
import { hashPassword } from '../auth/passwords.js';
import { endSessionsOf, sessionsEnded, viewersChanged } from '../auth/sessions.js';
import type { Viewer } from '../auth/viewer.js';
import { transaction } from '../db.js';
import { invalidState, notFound, validationError } from '../errors.js';
import { offsetOf, pagination, type Page, type PageArgs } from '../paging.js';
import { readRows, type Reading, type Selection } from '../reading.js';
import { insertUser, passwordFault, prepareUser, type NewUser } from '../users/newUser.js';
import { User, type UserRole } from '../users/user.model.js';
import { readUser } from '../users/users.service.js';
import { userShape, type UserRow } from '../users/userShape.js';
import { nullFaults } from '../validation.js';

const userPage: Reading = {
  name: 'user_page',
  shape: userShape,
  from: 'users u',
  tail: `where (:role::text is null or u.role = :role)
      and (:search::text is null or position(lower(:search) in lower(u.email)) > 0 or position(lower(:search) in lower(u.name)) > 0)
    order by u.created_at desc, u.id limit :limit offset :offset`,
  extra: 'count(*) over () as total',
};

export interface UserFilters {
  role?: UserRole | null;
  /** A part of the email or the name, in any case. */
  search?: string | null;
}

/** All users, newest first. Throws VALIDATION_ERROR. */
export async function listUsers(_viewer: Viewer, args: PageArgs & UserFilters, selection: Selection): Promise<Page<UserRow>> {
  const offset = offsetOf(args);
  const find = (limit: number, from: number) => {
    const parameters = { role: args.role ?? null, search: args.search || null, limit, offset: from };
    return readRows<UserRow & { total: number }>(userPage, selection.data ?? noFields, parameters);
  };
  const data = await find(args.limit, offset);
  // Behind the last page no row tells the total.
  const counted = data.length > 0 || offset === 0 ? data : await find(1, 0);
  return { data, pagination: pagination(args, counted[0]?.total ?? 0) };
}

const noFields: Selection = {};

/** Makes an account. Throws VALIDATION_ERROR, and DUPLICATE_RESOURCE when the address is taken. */
export async function createUser(viewer: Viewer, { role, ...input }: NewUser & { role?: UserRole | null }, selection: Selection): Promise<UserRow> {
  const columns = await prepareUser(input);
  const id = await transaction(async (trx) => {
    const user = await insertUser(trx, columns, role ?? 'user');
    await audit(trx, viewer, user, 'user_created', `User '${user.email}' created`);
    return user.id;
  });
  return readUser(id, selection);
}

export interface UserChanges {
  role?: UserRole | null;
  isActive?: boolean | null;
  /** A new password, for someone who has forgotten theirs. */
  password?: string | null;
}

/** What a change may leave out but not empty. */
export const neverNull = ['role', 'isActive', 'password'] as const;

/**
 * Changes an account. Whoever is deactivated or given a new password is signed out everywhere at once. Throws NOT_FOUND,
 * VALIDATION_ERROR, and INVALID_STATE when no active administrator would be left.
 */
export async function updateUser(viewer: Viewer, id: string, changes: UserChanges, selection: Selection): Promise<UserRow> {
  const { password } = changes;
  const details = nullFaults(changes, neverNull);
  const fault = typeof password === 'string' && passwordFault('Password', password);
  if (fault) details.password = fault;
  if (Object.keys(details).length > 0) throw validationError(details);
  const passwordHash = password ? await hashPassword(password) : undefined;
  const ended = await transaction((trx) => change(trx, viewer, id, changes, passwordHash));
  viewersChanged();
  sessionsEnded(ended);
  return readUser(id, selection);
}

/** Gives the sessions that were ended. */
async function change(trx: Knex.Transaction, viewer: Viewer, id: string, changes: UserChanges, passwordHash?: string): Promise<string[]> {
  const { user, others } = await lockWithAdmins(trx, id);
  const role = changes.role ?? user.role;
  const isActive = changes.isActive ?? user.isActive;
  const stays = role === 'admin' && isActive;
  if (isAdmin(user) && !stays && others.length === 0) throw invalidState('The last active administrator cannot be demoted or deactivated');
  if (role !== user.role) await audit(trx, viewer, user, 'user_role_changed', `User '${user.email}' was made ${role}`);
  if (isActive !== user.isActive) {
    const what = isActive ? 'activated' : 'deactivated';
    await audit(trx, viewer, user, `user_${what}`, `User '${user.email}' ${what}`);
  }
  if (passwordHash) await audit(trx, viewer, user, 'user_password_reset', `User '${user.email}' was given a new password`);
  const changed = { ...(role !== user.role && { role }), ...(isActive !== user.isActive && { isActive }), ...(passwordHash && { passwordHash }) };
  if (Object.keys(changed).length > 0) await user.$query(trx).patch(changed);
  return isActive && !passwordHash ? [] : endSessionsOf(trx, id);
}

const isAdmin = ({ role, isActive }: User) => role === 'admin' && isActive;

/** Locks the user and all active administrators, always in the same order, so that two of them cannot end each other. */
async function lockWithAdmins(trx: Knex.Transaction, id: string): Promise<{ user: User; others: User[] }> {
  const rows = await User.query(trx).where({ id }).orWhere({ role: 'admin', is_active: true }).orderBy('id').forUpdate();
  const user = rows.find((row) => row.id === id);
  if (!user) throw notFound('User');
  return { user, others: rows.filter((row) => row !== user && isAdmin(row)) };
}

const audit = (trx: Knex.Transaction, viewer: Viewer, user: User, eventType: string, description: string) =>
  recordAudit(trx, viewer, { eventType, eventCategory: 'action', description, metadata: { userId: user.id } });
