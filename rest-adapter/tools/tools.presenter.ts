import { presentPage } from '../page.presenter.js';
import type { Data } from '../route.js';

export const presentTools = ({ tools }: Data) => presentPage(tools, presentListed);

const presentListed = (tool: Data) => ({
  id: tool.id,
  name: tool.name,
  description: tool.description,
  category: tool.category,
  isBuiltin: tool.isBuiltin,
  schema: tool.schema,
});

export const presentToolMatches = ({ searchTools }: Data) => ({ results: searchTools.map(presentMatch) });

const presentMatch = (match: Data) => ({
  id: match.id,
  name: match.name,
  description: match.description,
  category: match.category,
  similarity: match.similarity,
});

export const presentTool = ({ tool }: Data) => ({
  id: tool.id,
  name: tool.name,
  description: tool.description,
  category: tool.category,
  schema: tool.schema,
  codeType: tool.codeType,
  isBuiltin: tool.isBuiltin,
  createdAt: tool.createdAt,
});

export const presentPersonaTools = ({ personaTools }: Data) => ({ data: personaTools.map(presentPersonaTool) });

const presentPersonaTool = (personaTool: Data) => ({
  id: personaTool.id,
  toolId: personaTool.toolId,
  toolName: personaTool.toolName,
  toolDescription: personaTool.toolDescription,
  isEnabled: personaTool.isEnabled,
  config: personaTool.config,
});

export const presentEnabledTool = ({ enablePersonaTool: personaTool }: Data) => ({
  id: personaTool.id,
  personaId: personaTool.personaId,
  toolId: personaTool.toolId,
  toolName: personaTool.toolName,
  isEnabled: personaTool.isEnabled,
  config: personaTool.config,
  createdAt: personaTool.createdAt,
});

export const presentUpdatedTool = ({ updatePersonaTool: personaTool }: Data) => ({
  id: personaTool.id,
  personaId: personaTool.personaId,
  toolId: personaTool.toolId,
  isEnabled: personaTool.isEnabled,
  config: personaTool.config,
  updatedAt: personaTool.updatedAt,
});

export const presentRemovedTool = () => ({ message: 'Tool removed successfully' });
