import type { Texts } from '../en';
import { plural } from '../plural';

export const admin: Texts['admin'] = {
  title: 'Benutzer',
  lead: 'Wer sich hier anmelden kann, und was sie oder er darf.',
  count: plural('de', { one: '# Benutzer', other: '# Benutzer' }),
  search: 'Nach Name oder E-Mail suchen',
  role: 'Rolle',
  anyRole: 'Alle Rollen',
  roleFilter: { user: 'Benutzer', admin: 'Administratoren' },
  noneFound: 'Niemand passt zu dieser Suche',
  forbidden: 'Nur Administratoren verwalten Benutzer',
  forbiddenHint: 'Wer das auch können soll, bittet einen von ihnen um die Rolle.',
  create: 'Neuer Benutzer',
  createHint: 'Mit dieser E-Mail-Adresse und diesem Passwort geht die Anmeldung; danach lässt sich das Passwort ändern.',
  created: (name) => `${name} kann sich jetzt anmelden`,
  firstPassword: 'Erstes Passwort',
  you: 'Sie',
  admin: 'Administrator',
  inactive: 'Deaktiviert',
  lastSignIn: 'Angemeldet',
  neverSignedIn: 'Noch nie angemeldet',
  actionsOf: (name) => `Was mit ${name} geschehen soll`,
  seeAudit: 'Im Protokoll ansehen',
  actions: {
    makeAdmin: 'Zum Administrator machen …', makeUser: 'Verwaltung entziehen …', resetPassword: 'Neues Passwort setzen …',
    deactivate: 'Deaktivieren …', activate: 'Aktivieren',
  },
  asks: {
    deactivate: (name) => ({
      title: `${name} deaktivieren?`,
      text: 'Alle Sitzungen enden sofort, und eine Anmeldung ist nicht mehr möglich. Personas und Läufe bleiben, und das Konto lässt sich wieder aktivieren.',
      submit: 'Deaktivieren',
    }),
    makeAdmin: (name) => ({
      title: `${name} zum Administrator machen?`,
      text: 'Damit lassen sich alle Benutzer verwalten, auch Sie, und das ganze Protokoll ist zu sehen.',
      submit: 'Zum Administrator machen',
    }),
    makeUser: (name) => ({
      title: `${name} die Verwaltung entziehen?`,
      text: 'Vom nächsten Klick an sind keine Benutzer mehr zu verwalten, und das Protokoll zeigt nur noch Eigenes.',
      submit: 'Entziehen',
    }),
    makeSelfUser: {
      title: 'Die eigene Verwaltung abgeben?',
      text: 'Sie verlassen diese Seite und kommen nicht von selbst zurück: Ein anderer Administrator müsste Sie wieder einlassen.',
      submit: 'Abgeben',
    },
  },
  done: {
    makeAdmin: (name) => `${name} ist jetzt Administrator`,
    makeUser: (name) => `${name} ist nicht mehr Administrator`,
    deactivate: (name) => `${name} ist deaktiviert und abgemeldet`,
    activate: (name) => `${name} kann sich wieder anmelden`,
  },
  passwordFor: (name) => `Ein neues Passwort für ${name}`,
  passwordHint: 'Alle Sitzungen enden sofort. Das neue Passwort bitte mitteilen; es lässt sich nach der Anmeldung ändern.',
  passwordSet: (name) => `${name} hat ein neues Passwort`,
};
