import type { Texts } from '../en';

export const activity: Texts['activity'] = {
  title: 'Aktivität',
  lead: 'Wer was mit dieser Persona getan hat, Neuestes zuerst.',
  filter: 'Art des Ereignisses',
  all: 'Alle Arten',
  category: { action: 'Handlungen', access: 'Zugriffe', error: 'Fehlschläge', system: 'Durch das System' },
  event: {
    persona_created: 'Persona angelegt', persona_updated: 'Persona geändert', persona_deleted: 'Persona gelöscht',
    agent_created: 'Agent angelegt', agent_updated: 'Agent geändert', agent_deleted: 'Agent gelöscht',
    tool_enabled: 'Werkzeug eingeschaltet', tool_disabled: 'Werkzeug ausgeschaltet', tool_configured: 'Werkzeug eingerichtet', tool_call: 'Werkzeug benutzt',
    document_uploaded: 'Dokument hinzugefügt', document_deleted: 'Dokument gelöscht',
    connector_configured: 'Zugang eingerichtet',
    member_added: 'Geteilt', member_updated: 'Rolle geändert', member_removed: 'Teilen beendet',
    run_created: 'Lauf gestartet', run_completed: 'Lauf abgeschlossen', run_failed: 'Lauf gescheitert', run_cancelled: 'Lauf abgebrochen', run_waiting: 'Lauf wartet auf jemanden',
    step_decided: 'Entscheidung zu einem Schritt', provider_failed: 'Anbieter ausgefallen', access_denied: 'Zugriff verweigert',
  },
  system: 'Die Plattform',
  run: 'Zum Lauf',
  more: 'Mehr laden',
  shown: (shown, all) => `${shown.toLocaleString()} von ${all.toLocaleString()} Ereignissen`,
  none: 'Noch ist nichts geschehen',
  noneHint: 'Läufe, Uploads, Änderungen und verweigerte Zugriffe stehen hier, sobald es sie gibt.',
  noneOfKind: 'Von dieser Art ist nichts geschehen',
};
