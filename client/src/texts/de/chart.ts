import type { Texts } from '../en';

export const chart: Texts['chart'] = {
  asTable: 'Als Tabelle zeigen',
  asChart: 'Als Diagramm zeigen',
  time: 'Zeit',
  total: 'Zusammen',
  none: 'Nichts in diesem Zeitraum',
  week: (day) => `Woche ab ${day}`,
  show: (name) => `${name} zeigen`,
};
