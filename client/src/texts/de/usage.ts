import type { Texts } from '../en';
import { plural } from '../plural';

export const usage: Texts['usage'] = {
  title: 'Verbrauch',
  lead: 'Was die Läufe der eigenen und der freigegebenen Personas verbraucht haben.',
  period: 'Zeitraum',
  periods: { 7: 'Letzte 7 Tage', 30: 'Letzte 30 Tage', 90: 'Letzte 90 Tage', 365: 'Letzte 12 Monate' },
  persona: 'Persona',
  anyPersona: 'Alle Personas',
  by: 'Aufgeteilt',
  others: 'Andere',
  groups: { persona: 'Nach Persona', provider: 'Nach Anbieter' },
  runs: 'Läufe',
  failed: plural('de', { one: '# gescheitert', other: '# gescheitert' }),
  steps: plural('de', { one: '# Schritt', other: '# Schritte' }),
  attempts: 'Versuche',
  tokens: 'Token',
  tokensOf: (read, written) => `${read} gelesen, ${written} geschrieben`,
  cost: 'Kosten',
  costHint: 'Nach den Preisen des Servers',
  unpriced: (tokens) => `${tokens} Token ohne bekannten Preis`,
  noPrices: 'Kein Preis ist bekannt',
  success: 'Fertig geworden',
  successHint: 'von den beendeten Läufen',
  none: 'In diesem Zeitraum wurde nichts verbraucht',
  noneHint: 'Was ein Lauf verbraucht, wird hier gezählt.',
};
