import type { Viewer } from '../auth/viewer.js';
import { notFound } from '../errors.js';
import { readRows, type Reading, type Selection } from '../reading.js';
import { userShape, type UserRow } from './userShape.js';

const userById: Reading = { name: 'user_by_id', shape: userShape, from: 'users u', tail: 'where u.id = :id' };

/** One user, with the fields that the selection names. Throws NOT_FOUND. */
export async function readUser(id: string, selection: Selection): Promise<UserRow> {
  const [user] = await readRows<UserRow>(userById, selection, { id });
  if (!user) throw notFound('User');
  return user;
}

/** Who is signed in. */
export const readMe = (viewer: Viewer, selection: Selection): Promise<UserRow> => readUser(viewer.id, selection);
