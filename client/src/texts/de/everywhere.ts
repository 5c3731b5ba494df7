import type { everywhere as english } from '../en/everywhere';
import { plural } from '../plural';

/** What is used everywhere, and belongs to no noun. */
export const everywhere: typeof english = {
  app: {
    name: 'Persona Platform',
    skip: 'Zum Inhalt springen',
    navigation: 'Hauptnavigation',
    home: 'Start',
    runs: 'Läufe',
    personas: 'Personas',
    more: 'Mehr',
  },
  action: {
    save: 'Speichern',
    cancel: 'Abbrechen',
    close: 'Schließen',
    edit: 'Bearbeiten',
    delete: 'Löschen',
    retry: 'Erneut versuchen',
    clear: 'Leeren',
    download: 'Herunterladen',
  },
  spelling: { powerpoint: 'PowerPoint', pdf: 'PDF', id: 'ID', url: 'URL', sha256: 'SHA-256', html: 'HTML', csv: 'CSV', json: 'JSON', rag: 'RAG', http: 'HTTP', sql: 'SQL', imap: 'IMAP', smtp: 'SMTP', vnc: 'VNC' },
  time: { justNow: 'gerade eben' },
  loading: 'Wird geladen …',
  fault: {
    offline: 'Der Server antwortet nicht. Läuft er, und besteht eine Verbindung zum Netz?',
    internal: 'Auf dem Server ist etwas schiefgegangen. Bitte erneut versuchen; geschieht es wieder, steht der Grund im Protokoll des Servers.',
    rateLimited: (seconds) => (seconds ? `Das war zu viel auf einmal. In ${seconds} s geht es wieder.` : 'Das war zu viel auf einmal. In einer Minute geht es wieder.'),
    forbidden: 'Dazu fehlt der Zugang. Die Eigentümerin oder der Eigentümer kann ihn geben.',
    unauthorized: 'Die Sitzung ist beendet. Bitte erneut anmelden.',
    title: 'Das konnte nicht geladen werden',
    missing: 'Das gibt es nicht',
    missingHint: 'Vielleicht wurde es gelöscht, oder die Adresse enthält einen Fehler.',
    notYours: 'Das ist nicht für Sie freigegeben',
  },
  language: 'Sprache',
  theme: { label: 'Farben', system: 'Wie das Gerät', light: 'Hell', dark: 'Dunkel' },
  account: { menu: 'Konto', signOut: 'Abmelden', admin: 'Administrator' },
  toasts: { one: 'Meldung', all: 'Meldungen ({hotkey})' },
  pager: {
    label: 'Seiten',
    previous: 'Zurück',
    next: 'Weiter',
    position: (page, pages) => `Seite ${page} von ${pages}`,
  },
  data: {
    raw: 'Als JSON zeigen',
    readable: 'Lesbar zeigen',
    more: plural('de', { one: '# weiteren zeigen', other: '# weitere zeigen' }),
    less: 'Weniger zeigen',
    empty: 'Nichts',
    yes: 'Ja',
    no: 'Nein',
  },
  notFound: { title: 'Diese Seite gibt es nicht', hint: 'Die Adresse enthält vielleicht einen Fehler.', home: 'Zur Startseite' },
};
