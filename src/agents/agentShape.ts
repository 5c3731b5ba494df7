import type { Shape } from '../reading.js';

export interface AgentRow {
  id: string;
  personaId: string;
  name: string;
  description: string | null;
  systemPromptOverride: string | null;
  preferredProvider: string | null;
  isActive: boolean;
  createdAt: Date;
  updatedAt: Date;
}

/** An agent as it is read, from `agents a`. */
export const agentShape: Shape = {
  always: ['id', 'personaId'],
  fields: {
    id: 'a.id', personaId: 'a.persona_id', name: 'a.name', description: 'a.description',
    systemPromptOverride: 'a.system_prompt_override', preferredProvider: 'a.preferred_provider', isActive: 'a.is_active',
    createdAt: 'a.created_at', updatedAt: 'a.updated_at',
  },
};
