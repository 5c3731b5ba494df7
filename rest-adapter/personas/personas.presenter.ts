import { presentPage } from '../page.presenter.js';
import type { Data } from '../route.js';

export const presentPersonas = ({ personas }: Data) => presentPage(personas, presentListed);

const presentListed = (persona: Data) => ({
  id: persona.id,
  name: persona.name,
  description: persona.description,
  ownerId: persona.ownerId,
  ownerName: persona.ownerName,
  defaultProvider: persona.defaultProvider,
  isActive: persona.isActive,
  createdAt: persona.createdAt,
  updatedAt: persona.updatedAt,
});

export const presentPersona = ({ persona }: Data) => ({
  id: persona.id,
  name: persona.name,
  description: persona.description,
  systemPrompt: persona.systemPrompt,
  ownerId: persona.ownerId,
  ownerName: persona.ownerName,
  defaultProvider: persona.defaultProvider,
  fallbackProviders: persona.fallbackProviders,
  isActive: persona.isActive,
  containerId: persona.containerId,
  agents: persona.agents.map(presentAgent),
  createdAt: persona.createdAt,
  updatedAt: persona.updatedAt,
});

const presentAgent = (agent: Data) => ({
  id: agent.id,
  name: agent.name,
  description: agent.description,
  isActive: agent.isActive,
});

export const presentCreatedPersona = ({ createPersona: persona }: Data) => ({
  ...presentSettings(persona),
  createdAt: persona.createdAt,
  updatedAt: persona.updatedAt,
});

export const presentUpdatedPersona = ({ updatePersona: persona }: Data) => ({
  ...presentSettings(persona),
  updatedAt: persona.updatedAt,
});

const presentSettings = (persona: Data) => ({
  id: persona.id,
  name: persona.name,
  description: persona.description,
  systemPrompt: persona.systemPrompt,
  ownerId: persona.ownerId,
  defaultProvider: persona.defaultProvider,
  fallbackProviders: persona.fallbackProviders,
  isActive: persona.isActive,
});

export const presentDeletedPersona = () => ({ message: 'Persona deleted successfully' });
