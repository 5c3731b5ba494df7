import type { Texts } from '../en';

export const tools: Texts['tools'] = {
  search: 'Nach der Wirkung suchen, etwa „Folien machen“',
  none: 'Kein Werkzeug kommt dem nahe',
  noneHint: 'Beschreiben Sie die Arbeit mit anderen Worten.',
  enabledCount: (enabled, all) => `${enabled} von ${all} an`,
  toggle: (name) => `${name} erlauben`,
  needsApproval: 'Fragt zuerst',
  needsApprovalHint: 'Vor jedem Aufruf muss jemand zustimmen.',
  category: {
    office: 'Büro', files: 'Dateien', data: 'Daten', web: 'Web', email: 'Mail', memory: 'Wissen', system: 'System',
  },
  enableAll: 'Alle erlauben',
  setsHint: 'Agenten nutzen nur, was hier erlaubt ist. Später lässt sich jedes Werkzeug einzeln ändern.',
  setsFailed: 'Die Persona ist angelegt, aber nicht alle Werkzeuge konnten erlaubt werden. Das geht hier.',
  best: 'Die passendsten zuerst',
};
