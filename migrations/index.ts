import type { Knex } from 'knex';
import * as users from './001_users.js';
import * as personas from './002_personas.js';
import * as agents from './003_agents.js';
import * as tools from './004_tools.js';
import * as runs from './005_runs.js';
import * as memory from './006_memory.js';
import * as connectors from './007_connectors.js';
import * as audit from './008_audit.js';
import * as idempotency from './009_idempotency.js';
import * as costs from './010_costs.js';
import * as retries from './011_retries.js';
import * as socketTickets from './012_socket_tickets.js';
import * as traces from './013_traces.js';
import * as artifactRemovals from './014_artifact_removals.js';
import * as providerPauses from './015_provider_pauses.js';

export interface Migration {
  name: string;
  up(knex: Knex): Promise<void>;
  down(knex: Knex): Promise<void>;
}

/** Every migration in the order it is applied. New ones go to the end; what has landed is never edited. */
export const migrations: Migration[] = [
  { name: '001_users', ...users },
  { name: '002_personas', ...personas },
  { name: '003_agents', ...agents },
  { name: '004_tools', ...tools },
  { name: '005_runs', ...runs },
  { name: '006_memory', ...memory },
  { name: '007_connectors', ...connectors },
  { name: '008_audit', ...audit },
  { name: '009_idempotency', ...idempotency },
  { name: '010_costs', ...costs },
  { name: '011_retries', ...retries },
  { name: '012_socket_tickets', ...socketTickets },
  { name: '013_traces', ...traces },
  { name: '014_artifact_removals', ...artifactRemovals },
  { name: '015_provider_pauses', ...providerPauses },
];
