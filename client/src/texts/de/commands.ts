import type { Texts } from '../en';

export const commands: Texts['commands'] = {
  palette: 'Befehle',
  open: 'Suchen …',
  hint: 'Seiten, Agenten, Personas, Läufe und Befehle suchen',
  none: 'Nichts passt. Versuchen Sie ein anderes Wort.',
  goTo: 'Gehe zu',
  agents: 'Lauf starten mit',
  actions: 'Befehle',
  newRun: 'Neuer Lauf',
  search: 'Auf dieser Seite suchen',
  shortcuts: 'Tastenkürzel',
  shortcutsHint: 'Die Tasten werden nacheinander gedrückt, und nicht während in ein Feld geschrieben wird.',
};
