import type { Texts } from '../en';

export const profile: Texts['profile'] = {
  title: 'Eigenes Konto',
  facts: 'Zur Person',
  role: 'Rolle',
  roles: { user: 'Benutzer', admin: 'Administrator' },
  roleHint: {
    user: 'Arbeitet mit Personas, eigenen und freigegebenen.',
    admin: 'Verwaltet auch die Benutzer und sieht das ganze Protokoll.',
  },
  since: 'Konto angelegt',
  lastSignIn: 'Zuletzt angemeldet',
  never: 'Noch nie',
};
