import type { AuditCategory } from '../../graphql/schema';

const category: Record<AuditCategory, string> = { action: 'Actions', access: 'Access', error: 'Failures', system: 'By the system' };

/** What happened, by the word that the log has for it. Another one is shown as it comes. */
const event: Record<string, string> = {
  persona_created: 'Persona created', persona_updated: 'Persona changed', persona_deleted: 'Persona deleted',
  agent_created: 'Agent created', agent_updated: 'Agent changed', agent_deleted: 'Agent deleted',
  tool_enabled: 'Tool switched on', tool_disabled: 'Tool switched off', tool_configured: 'Tool set up', tool_call: 'Tool used',
  document_uploaded: 'Document added', document_deleted: 'Document deleted',
  connector_configured: 'Connector set up',
  member_added: 'Shared', member_updated: 'Role changed', member_removed: 'Sharing ended',
  run_created: 'Run started', run_completed: 'Run completed', run_failed: 'Run failed', run_cancelled: 'Run cancelled', run_waiting: 'Run waits for someone',
  step_decided: 'Decision on a step', provider_failed: 'Provider failed', access_denied: 'Access refused',
};

export const activity = {
  title: 'Activity',
  lead: 'Who did what with this persona, newest first.',
  filter: 'Kind of event',
  all: 'All kinds',
  category,
  event,
  system: 'The platform',
  run: 'See the run',
  more: 'Load more',
  shown: (shown: number, all: number) => `${shown.toLocaleString()} of ${all.toLocaleString()} events`,
  none: 'Nothing has happened yet',
  noneHint: 'Runs, uploads, changes and refused accesses are listed here as they happen.',
  noneOfKind: 'Nothing of this kind has happened',
};
