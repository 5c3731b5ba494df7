import type { UserRole } from '../../graphql/schema';

const roles: Record<UserRole, string> = { user: 'User', admin: 'Administrator' };

const roleHint: Record<UserRole, string> = {
  user: 'Works with personas: your own, and those that are shared with you.',
  admin: 'Also manages users and sees the whole audit log.',
};

export const profile = {
  title: 'Your account',
  facts: 'Who you are',
  role: 'Role',
  roles,
  roleHint,
  since: 'Account made',
  lastSignIn: 'Last sign-in',
  never: 'Never',
};
