import { readAgents, readAgentsOf } from '../../src/agents/agents.service.js';
import { loaderById, loaderOfMany } from '../loading.js';

export const agentsLoaders = {
  /** An agent by its id. */
  agent: () => loaderById('Agent', readAgents),
  /** The agents of a persona. */
  personaAgents: () => loaderOfMany((agent) => agent.personaId, readAgentsOf),
};
