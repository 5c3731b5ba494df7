import type { Texts } from '../en';

export const signIn: Texts['signIn'] = {
  title: 'Anmelden',
  lead: 'Auftrag geben, bei der Arbeit zusehen, Dateien mitnehmen.',
  email: 'E-Mail',
  password: 'Passwort',
  submit: 'Anmelden',
  demo: 'Oder ein Demo-Konto nehmen',
  demoUser: 'Demo-Benutzer',
  demoAdmin: 'Demo-Admin',
  expired: 'Erneut anmelden',
  expiredHint: 'Die Sitzung ist beendet. Nichts Eingegebenes geht verloren.',
  points: [
    ['Echte Dateien', 'Präsentationen, Dokumente, Tabellen und PDFs, von Agenten auf dem eigenen Rechner gemacht.'],
    ['Nichts verborgen', 'Jeder Schritt, Versuch, Token und Werkzeugaufruf ist nachzulesen, währenddessen und danach.'],
    ['Nichts doppelt', 'Ein unterbrochener Lauf geht nach seinem letzten fertigen Schritt weiter.'],
  ],
};

export const register: Texts['register'] = {
  title: 'Konto anlegen',
  first: 'Das erste Konto anlegen',
  firstHint: 'Hier hat noch niemand ein Konto. Wer das erste anlegt, verwaltet die Plattform.',
  name: 'Name',
  submit: 'Konto anlegen',
  offer: 'Neu hier?',
  known: 'Schon ein Konto?',
  closed: 'Konten legt die Verwaltung an',
  closedHint: 'Auf dieser Plattform kann sich niemand selbst registrieren. Ein Konto gibt es bei der Verwaltung.',
};

export const password: Texts['password'] = {
  title: 'Passwort',
  current: 'Bisheriges Passwort',
  new: 'Neues Passwort',
  hint: 'Mindestens 8 Zeichen',
  sessions: 'Mit der Änderung enden die Sitzungen in anderen Browsern und auf anderen Geräten sofort.',
  submit: 'Passwort ändern',
  changed: 'Passwort geändert; die anderen Sitzungen sind beendet',
  show: 'Passwort zeigen',
  hide: 'Passwort verbergen',
};
