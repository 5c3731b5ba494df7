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
