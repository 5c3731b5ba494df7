import type { Data } from '../route.js';

export const presentAgents = ({ agents }: Data) => ({ data: agents.map(presentListed) });

const presentListed = (agent: Data) => ({
  id: agent.id,
  personaId: agent.personaId,
  name: agent.name,
  description: agent.description,
  isActive: agent.isActive,
  createdAt: agent.createdAt,
});

export const presentCreatedAgent = ({ createAgent: agent }: Data) => ({
  id: agent.id,
  personaId: agent.personaId,
  name: agent.name,
  description: agent.description,
  systemPromptOverride: agent.systemPromptOverride,
  preferredProvider: agent.preferredProvider,
  isActive: agent.isActive,
  createdAt: agent.createdAt,
});

export const presentUpdatedAgent = ({ updateAgent: agent }: Data) => ({
  id: agent.id,
  personaId: agent.personaId,
  name: agent.name,
  description: agent.description,
  isActive: agent.isActive,
  updatedAt: agent.updatedAt,
});

export const presentDeletedAgent = () => ({ message: 'Agent deleted successfully' });
