import type { UpdateUserInput } from '../../graphql/schema';
import { t } from '../../texts';
import { user as viewer } from '../auth/session';
import type { UserRow } from './admin.operations';

export type UserAction = 'makeAdmin' | 'makeUser' | 'deactivate' | 'activate' | 'resetPassword';

/** A change to an account; with a title it is asked for first. */
export interface Question {
  id: string;
  change: UpdateUserInput;
  done: string;
  title?: string;
  text?: string;
  submit?: string;
}

/** What can be done with an account. Nobody deactivates themselves: only someone else could undo that. */
export const actionsFor = ({ id, role, isActive }: UserRow): UserAction[] => [
  role === 'admin' ? 'makeUser' : 'makeAdmin',
  ...(id === viewer.value?.id ? [] : ['resetPassword' as const, isActive ? ('deactivate' as const) : ('activate' as const)]),
];

export function questionFor({ id, name }: UserRow, action: Exclude<UserAction, 'resetPassword'>): Question {
  const { asks } = t.admin;
  const isSelf = id === viewer.value?.id;
  switch (action) {
    case 'activate': return { id, change: { isActive: true }, done: t.admin.done.activate(name) };
    case 'deactivate': return { id, change: { isActive: false }, done: t.admin.done.deactivate(name), ...asks.deactivate(name) };
    case 'makeAdmin': return { id, change: { role: 'admin' }, done: t.admin.done.makeAdmin(name), ...asks.makeAdmin(name) };
    case 'makeUser': return { id, change: { role: 'user' }, done: t.admin.done.makeUser(name), ...(isSelf ? asks.makeSelfUser : asks.makeUser(name)) };
  }
}
