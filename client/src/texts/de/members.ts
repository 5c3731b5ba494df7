import type { Texts } from '../en';

export const members: Texts['members'] = {
  title: 'Mitglieder',
  lead: 'Mit diesen Personen ist die Persona geteilt.',
  leadOwner: 'Diese Persona mit Personen teilen, die hier ein Konto haben. Teilen und Löschen ist Ihnen allein vorbehalten.',
  email: 'E-Mail',
  emailPlaceholder: 'kollegin@example.com',
  role: { editor: 'Bearbeiten', viewer: 'Ansehen' },
  roleHint: {
    editor: 'Ändert die Persona und arbeitet mit ihr: Agenten, Werkzeuge, Gedächtnis, Zugänge, Läufe.',
    viewer: 'Liest, sieht bei Läufen zu und durchsucht das Gedächtnis; startet und ändert nichts.',
  },
  roleLabel: 'Rolle',
  roleOf: (name) => `Rolle von ${name}`,
  add: 'Teilen',
  added: (name, as) => `Geteilt mit ${name}: ${as}`,
  changed: (name, as) => `${name} hat jetzt die Rolle ${as}`,
  owner: 'Eigentümer',
  you: 'Sie',
  none: 'Noch mit niemandem geteilt',
  noneHint: 'Die Adresse eingeben, mit der sich jemand anmeldet. Die Persona ist dort sofort zu sehen.',
  remove: (name) => `${name} entfernen`,
  removeTitle: (name) => `${name} entfernen?`,
  removeText: 'Der Zugang endet sofort, auch bei laufenden Ansichten. Was dabei entstanden ist, bleibt.',
  removeSubmit: 'Entfernen',
  removed: (name) => `${name} hat keinen Zugang mehr`,
  since: 'seit',
};
