import type { Texts } from '../en';

export const artifacts: Texts['artifacts'] = {
  title: 'Dateien',
  none: 'Dateien, die der Lauf erstellt, erscheinen hier.',
  noneEnded: 'Dieser Lauf hat keine Dateien erstellt.',
  download: (name) => `${name} herunterladen`,
  downloadFailed: (name) => `${name} konnte nicht heruntergeladen werden`,
  downloadInstead: 'Herunterladen und mit einem eigenen Programm öffnen.',
  trouble: {
    unknownKind: 'Dateien dieser Art lassen sich hier nicht anzeigen',
    tooLarge: 'Diese Datei ist zu groß, um sie hier anzuzeigen',
    notFetched: 'Diese Datei konnte nicht geladen werden',
    unreadable: 'Diese Datei konnte nicht gelesen werden',
  },
  position: (number, count) => `${number} von ${count}`,
  previous: 'Vorherige Datei',
  next: 'Nächste Datei',
  newTab: 'In neuem Tab öffnen',
  page: (number) => `Seite ${number}`,
  slide: (number) => `Folie ${number}`,
  notes: 'Notizen: ',
  sheets: 'Tabellenblätter',
  emptySheet: 'Dieses Blatt ist leer.',
  cut: 'Nur der Anfang wird gezeigt. Die ganze Datei gibt es als Download.',
};
