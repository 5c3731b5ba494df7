export const signIn = {
  title: 'Sign in',
  lead: 'Give an agent a job, watch it work, take the files.',
  email: 'Email',
  password: 'Password',
  submit: 'Sign in',
  demo: 'Or take a demo account',
  demoUser: 'Demo user',
  demoAdmin: 'Demo admin',
  expired: 'Sign in again',
  expiredHint: 'Your session has ended. Nothing you typed is lost.',
  points: [
    ['Real files', 'Presentations, documents, spreadsheets and PDFs, made by agents on your own machine.'],
    ['Nothing hidden', 'Every step, attempt, token and tool call is there to read, while it happens and after.'],
    ['Nothing twice', 'A run that is interrupted goes on after its last finished step.'],
  ],
};

export const register = {
  title: 'Create an account',
  first: 'Create the first account',
  firstHint: 'Nobody has an account here yet. Whoever makes the first one is the administrator.',
  name: 'Name',
  submit: 'Create account',
  offer: 'New here?',
  known: 'You have an account?',
  closed: 'Accounts are made by an administrator',
  closedHint: 'Nobody can register by themselves on this platform. Ask its administrator for an account.',
};

export const password = {
  title: 'Password',
  current: 'Current password',
  new: 'New password',
  hint: 'At least 8 characters',
  sessions: 'When it changes, your sessions in other browsers and devices end at once.',
  submit: 'Change password',
  changed: 'Password changed; your other sessions have ended',
  show: 'Show password',
  hide: 'Hide password',
};
