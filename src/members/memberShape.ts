import type { Shape } from '../reading.js';

/** What a member may be; the owner is none. */
export const memberRoles = ['editor', 'viewer'] as const;
export type MemberRole = (typeof memberRoles)[number];

export interface MemberRow {
  id: string;
  personaId: string;
  userId: string;
  userName: string;
  userEmail: string;
  role: MemberRole;
  createdAt: Date;
  updatedAt: Date;
}

const join = 'join users mu on mu.id = m.user_id';

/** A member as it is read, from `persona_members m`. */
export const memberShape: Shape = {
  always: ['id', 'personaId'],
  fields: {
    id: 'm.id', personaId: 'm.persona_id', userId: 'm.user_id', userName: { sql: 'mu.name', join }, userEmail: { sql: 'mu.email', join },
    role: 'm.role', createdAt: 'm.created_at', updatedAt: 'm.updated_at',
  },
};
