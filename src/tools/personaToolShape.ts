import type { Shape } from '../reading.js';

export interface PersonaToolRow {
  id: string;
  personaId: string;
  toolId: string;
  toolName: string;
  toolDescription: string;
  isEnabled: boolean;
  config: Record<string, unknown>;
  createdAt: Date;
  updatedAt: Date;
}

const join = 'join tools t on t.id = pt.tool_id';

/** A persona's tool as it is read, from `persona_tools pt`. */
export const personaToolShape: Shape = {
  always: ['id', 'personaId', 'toolId'],
  fields: {
    id: 'pt.id', personaId: 'pt.persona_id', toolId: 'pt.tool_id', toolName: { sql: 't.name', join },
    toolDescription: { sql: 't.description', join }, isEnabled: 'pt.is_enabled', config: 'pt.config',
    createdAt: 'pt.created_at', updatedAt: 'pt.updated_at',
  },
};
