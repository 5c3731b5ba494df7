import type { Texts } from '../en';

export const editConflict: Texts['editConflict'] = {
  title: (name) => `${name ?? 'Jemand'} hat dies während der Bearbeitung geändert`,
  lead: 'Noch ist nichts gespeichert, und nichts Eingegebenes geht verloren. Bitte die Unterschiede ansehen und dann entscheiden.',
  both: 'Beide haben geändert',
  mine: 'Eigene Fassung',
  theirs: 'Andere Fassung',
  onlyTheirs: 'Nur dort geändert; das bleibt in jedem Fall:',
  same: 'Beide Fassungen sind gleich; einfach noch einmal speichern.',
  keepMine: 'Eigene behalten und speichern',
  takeTheirs: 'Andere übernehmen',
  taken: 'Die andere Fassung ist übernommen; die eigenen Änderungen sind verworfen',
  nothing: 'Leer',
};
