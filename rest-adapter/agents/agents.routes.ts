import type { Route } from '../route.js';
import { presentAgents, presentCreatedAgent, presentDeletedAgent, presentUpdatedAgent } from './agents.presenter.js';

const settings = ['name', 'description', 'systemPromptOverride', 'preferredProvider'] as const;

export const agentRoutes: Route[] = [
  {
    method: 'GET',
    path: '/api/personas/:personaId/agents',
    operation: 'ListAgents',
    auth: true,
    status: 200,
    present: presentAgents,
    summary: 'List the agents of a persona',
  },
  {
    method: 'POST',
    path: '/api/personas/:personaId/agents',
    operation: 'CreateAgent',
    auth: true,
    input: settings,
    status: 201,
    present: presentCreatedAgent,
    summary: 'Create an agent',
  },
  {
    method: 'PUT',
    path: '/api/agents/:id',
    operation: 'UpdateAgent',
    auth: true,
    input: [...settings, 'isActive', 'expectedUpdatedAt'],
    status: 200,
    present: presentUpdatedAgent,
    summary: 'Change an agent',
  },
  {
    method: 'DELETE',
    path: '/api/agents/:id',
    operation: 'DeleteAgent',
    auth: true,
    status: 200,
    present: presentDeletedAgent,
    summary: 'Delete an agent',
  },
];
