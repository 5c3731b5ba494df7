import { agentShape, type AgentRow } from '../agents/agentShape.js';
import { memberShape, type MemberRow } from '../members/memberShape.js';
import type { Shape } from '../reading.js';
import { personaToolShape, type PersonaToolRow } from '../tools/personaToolShape.js';
import type { PersonaRole } from './personaAccess.js';

export interface PersonaRow {
  id: string;
  name: string;
  description: string | null;
  systemPrompt: string;
  ownerId: string;
  ownerName: string;
  defaultProvider: string;
  fallbackProviders: string[];
  isActive: boolean;
  containerId: string | null;
  viewerRole: PersonaRole;
  createdAt: Date;
  updatedAt: Date;
  /** Only where the selection asked for them. */
  agents?: AgentRow[];
  tools?: PersonaToolRow[];
  members?: MemberRow[];
}

const viewerRole = `case when p.owner_id = :viewerId then 'owner'
  else (select m.role from persona_members m where m.persona_id = p.id and m.user_id = :viewerId) end`;

/** A persona as it is read, from `personas p`, with `:viewerId` for who reads. */
export const personaShape: Shape = {
  always: ['id'],
  fields: {
    id: 'p.id', name: 'p.name', description: 'p.description', systemPrompt: 'p.system_prompt', ownerId: 'p.owner_id',
    ownerName: { sql: 'o.name', join: 'join users o on o.id = p.owner_id' },
    defaultProvider: 'p.default_provider', fallbackProviders: 'p.fallback_providers', isActive: 'p.is_active',
    containerId: 'p.container_id', viewerRole, createdAt: 'p.created_at', updatedAt: 'p.updated_at',
    agents: { list: agentShape, from: 'agents a', where: 'a.persona_id = p.id', order: 'a.created_at, a.id' },
    tools: { list: personaToolShape, from: 'persona_tools pt', where: 'pt.persona_id = p.id', order: 'pt.created_at, pt.id' },
    members: { list: memberShape, from: 'persona_members m', where: 'm.persona_id = p.id', order: 'm.created_at, m.id' },
  },
};
