import { plural } from '../plural';

/** What is used everywhere, and belongs to no noun. */
export const everywhere = {
  app: {
    name: 'Persona Platform',
    skip: 'Skip to content',
    navigation: 'Main navigation',
    home: 'Home',
    runs: 'Runs',
    personas: 'Personas',
    more: 'More',
  },
  action: {
    save: 'Save',
    cancel: 'Cancel',
    close: 'Close',
    edit: 'Edit',
    delete: 'Delete',
    retry: 'Try again',
    clear: 'Clear',
    download: 'Download',
  },
  /** Words of names that are not written as they come. */
  spelling: { powerpoint: 'PowerPoint', pdf: 'PDF', id: 'ID', url: 'URL', sha256: 'SHA-256', html: 'HTML', csv: 'CSV', json: 'JSON', rag: 'RAG', http: 'HTTP', sql: 'SQL', imap: 'IMAP', smtp: 'SMTP', vnc: 'VNC' } as Record<string, string>,
  time: { justNow: 'just now' },
  loading: 'Loading…',
  fault: {
    offline: 'The server does not answer. Check that it runs and that you are connected.',
    internal: 'Something went wrong on the server. Try again; if it happens again, its log says why.',
    rateLimited: (seconds: number | undefined) => (seconds ? `That was too much at once. Try again in ${seconds} s.` : 'That was too much at once. Try again in a minute.'),
    forbidden: 'You have no access to this. Ask its owner to share it with you.',
    unauthorized: 'Your session has ended. Sign in again.',
    title: 'This could not be loaded',
    missing: 'This does not exist',
    missingHint: 'It may have been deleted, or the address has a mistake.',
    notYours: 'This is not shared with you',
  },
  language: 'Language',
  theme: { label: 'Theme', system: 'As the device', light: 'Light', dark: 'Dark' },
  account: { menu: 'Account', signOut: 'Sign out', admin: 'Administrator' },
  toasts: { one: 'Notification', all: 'Notifications ({hotkey})' },
  pager: {
    label: 'Pages',
    previous: 'Previous',
    next: 'Next',
    position: (page: number, pages: number) => `Page ${page} of ${pages}`,
  },
  data: {
    raw: 'Show as JSON',
    readable: 'Show readable',
    more: plural('en', { one: 'Show # more', other: 'Show # more' }),
    less: 'Show less',
    empty: 'Nothing',
    yes: 'Yes',
    no: 'No',
  },
  notFound: { title: 'There is no such page', hint: 'The address may have a mistake.', home: 'Go to the start page' },
};
