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
