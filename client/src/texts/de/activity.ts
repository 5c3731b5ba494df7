import type { Texts } from '../en';
import { formatNumber } from '../locale';

export const activity: Texts['activity'] = {
  title: 'Aktivität',
  lead: 'Wer was mit dieser Persona getan hat, Neuestes zuerst.',
  filter: 'Art des Ereignisses',
  all: 'Alle Arten',
  system: 'Die Plattform',
  run: 'Zum Lauf',
  more: 'Mehr laden',
  shown: (shown, all) => `${formatNumber(shown)} von ${formatNumber(all)} Ereignissen`,
  none: 'Noch ist nichts geschehen',
  noneHint: 'Läufe, Uploads, Änderungen und verweigerte Zugriffe stehen hier, sobald es sie gibt.',
  noneOfKind: 'Von dieser Art ist nichts geschehen',
};
