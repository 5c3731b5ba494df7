import type { UserRole } from '../../graphql/schema';
import { plural } from '../plural';

const roleFilter: Record<UserRole, string> = { user: 'Users', admin: 'Administrators' };

export const admin = {
  title: 'Users',
  lead: 'Who can sign in here, and what they may do.',
  count: plural('en', { one: '# user', other: '# users' }),
  search: 'Search by name or email',
  role: 'Role',
  anyRole: 'All roles',
  roleFilter,
  noneFound: 'Nobody fits this search',
  forbidden: 'Only administrators manage users',
  forbiddenHint: 'If you should be able to, ask one of them to change your role.',
  create: 'New user',
  createHint: 'They sign in with this email and password, and can change the password then.',
  created: (name: string) => `${name} can sign in now`,
  firstPassword: 'First password',
  you: 'You',
  admin: 'Administrator',
  inactive: 'Deactivated',
  lastSignIn: 'Signed in',
  neverSignedIn: 'Has never signed in',
  actionsOf: (name: string) => `What to do with ${name}`,
  seeAudit: 'See what they did',
  actions: {
    makeAdmin: 'Make administrator…', makeUser: 'Take administration away…', resetPassword: 'Set a new password…',
    deactivate: 'Deactivate…', activate: 'Activate',
  },
  asks: {
    deactivate: (name: string) => ({
      title: `Deactivate ${name}?`,
      text: 'All their sessions end at once and they cannot sign in. Personas and runs stay as they are, and they can be activated again.',
      submit: 'Deactivate',
    }),
    makeAdmin: (name: string) => ({
      title: `Make ${name} an administrator?`,
      text: 'They can then manage all users, you included, and see the whole audit log.',
      submit: 'Make administrator',
    }),
    makeUser: (name: string) => ({
      title: `Take administration away from ${name}?`,
      text: 'From their next click on they manage no users and see of the audit log only what concerns them.',
      submit: 'Take away',
    }),
    makeSelfUser: {
      title: 'Give up your own administration?',
      text: 'You leave this page and cannot come back by yourself: another administrator would have to let you.',
      submit: 'Give up',
    },
  },
  done: {
    makeAdmin: (name: string) => `${name} is an administrator now`,
    makeUser: (name: string) => `${name} is no administrator any more`,
    deactivate: (name: string) => `${name} is deactivated and signed out`,
    activate: (name: string) => `${name} can sign in again`,
  },
  passwordFor: (name: string) => `A new password for ${name}`,
  passwordHint: 'All their sessions end at once. Tell them the new password; they can change it after signing in.',
  passwordSet: (name: string) => `${name} has a new password`,
};
