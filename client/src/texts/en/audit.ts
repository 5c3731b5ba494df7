import type { AuditCategory, ExportFormat } from '../../graphql/schema';
import { plural } from '../plural';

const category: Record<AuditCategory, string> = { action: 'Actions', access: 'Access', error: 'Errors', system: 'System' };

const formats: Record<ExportFormat, { name: string; hint: string }> = {
  csv: { name: 'CSV', hint: 'For spreadsheets' },
  ndjson: { name: 'NDJSON', hint: 'One JSON object a line' },
};

/** What happened, in two or three words; a type that is not here is shown as it is written. */
const type: Record<string, string> = {
  access_denied: 'Access denied', agent_created: 'Agent created', agent_deleted: 'Agent deleted', agent_updated: 'Agent changed',
  connector_configured: 'Connector set up', document_deleted: 'Document deleted', document_uploaded: 'Document uploaded', login: 'Sign-in',
  login_failed: 'Failed sign-in', logout: 'Sign-out', member_added: 'Member added', member_removed: 'Member removed', member_updated: 'Member changed',
  password_change_failed: 'Failed password change', password_changed: 'Password changed', persona_created: 'Persona created',
  persona_deleted: 'Persona deleted', persona_updated: 'Persona changed', provider_failed: 'Provider failed', refresh_token_reused: 'Copied token',
  run_cancelled: 'Run cancelled', run_completed: 'Run completed', run_created: 'Run started', run_failed: 'Run failed', run_waiting: 'Run waiting',
  step_decided: 'Step decided', system_started: 'System started', system_stopped: 'System stopped', token_refreshed: 'Session renewed',
  tool_call: 'Tool call', tool_configured: 'Tool set up', tool_disabled: 'Tool forbidden', tool_enabled: 'Tool allowed', user_activated: 'User activated',
  user_created: 'User created', user_deactivated: 'User deactivated', user_password_reset: 'Password reset', user_registered: 'User registered',
  user_role_changed: 'Role changed',
};

export const audit = {
  title: 'Audit log',
  lead: 'Who did what and when, in a chain that shows if a row was changed.',
  leadOwn: 'What you did, and what happened to the personas you see.',
  chart: 'Events over time',
  chartRecent: 'Events in the last 30 days',
  count: plural('en', { one: '# event', other: '# events' }),
  category,
  type,
  formats,
  categoryLabel: 'Category',
  anyCategory: 'All categories',
  typeLabel: 'Type of event',
  anyType: 'All types',
  user: 'User',
  anyUser: 'All users',
  someUser: 'One user',
  searchUser: 'Search users',
  noUser: 'Nobody has this name',
  persona: 'Persona',
  anyPersona: 'All personas',
  somePersona: 'One persona',
  searchPersona: 'Search personas',
  noPersona: 'No persona has this name',
  run: 'Run ID',
  anyRun: 'All runs',
  from: 'From',
  to: 'To',
  when: 'When',
  what: 'What happened',
  who: 'Who',
  system: 'The system',
  details: 'Details',
  noDetails: 'Nothing more was recorded.',
  open: (what: string) => `Details of ${what}`,
  link: 'Link in the chain',
  onlyUser: 'Only this user',
  onlyPersona: 'Only this persona',
  onlyRun: 'Only this run',
  onlyType: 'Only this type',
  seeRun: 'Open the run',
  export: 'Export',
  exporting: (size: string) => `${size} – stop`,
  exported: (name: string) => `${name} saved`,
  exportFailed: 'The export broke off; nothing complete was saved',
  none: 'Nothing has been recorded yet',
  noneFound: 'No event fits these filters',
  badFilter: 'A filter cannot be used',
};
