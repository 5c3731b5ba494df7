import { t } from '../../texts';
import { humanise } from '../../texts/format';

/** What the server records. The log may hold others, from other versions; those can be filtered by as well. */
export const eventTypes: string[] = [
  'access_denied', 'agent_created', 'agent_deleted', 'agent_updated', 'connector_configured', 'document_deleted', 'document_uploaded', 'login',
  'login_failed', 'logout', 'member_added', 'member_removed', 'member_updated', 'password_change_failed', 'password_changed', 'persona_created',
  'persona_deleted', 'persona_updated', 'provider_failed', 'refresh_token_reused', 'run_cancelled', 'run_completed', 'run_created', 'run_failed',
  'run_waiting', 'step_decided', 'system_started', 'system_stopped', 'token_refreshed', 'tool_call', 'tool_configured', 'tool_disabled', 'tool_enabled',
  'user_activated', 'user_created', 'user_deactivated', 'user_password_reset', 'user_registered', 'user_role_changed',
];

/** What an event type is called; one that nobody has a word for is shown as it is written. */
export const typeText = (type: string): string => t.audit.type[type] ?? humanise(type);
