import type { Knex } from 'knex';
import { recordAudit } from '../audit/audit.service.js';
import type { Viewer } from '../auth/viewer.js';
import { transaction } from '../db.js';
import { duplicate, notFound, PlatformError, validationError } from '../errors.js';
import { Persona } from '../personas/persona.model.js';
import { plainFields, readRows, type Reading, type Selection } from '../reading.js';
import { User } from '../users/user.model.js';
import { isRequired } from '../validation.js';
import { memberShape, type MemberRole, type MemberRow } from './memberShape.js';
import { PersonaMember } from './personaMember.model.js';

const membersOfPersonas: Reading = {
  name: 'members_of_personas', shape: memberShape, from: 'persona_members m',
  tail: 'where m.persona_id = any(:ids) order by m.created_at, m.id',
};
const memberById: Reading = { name: 'member_by_id', shape: memberShape, from: 'persona_members m', tail: 'where m.id = :id' };

/** Those with whom a persona is shared, in the order they came. The owner is not among them. */
export const listMembers = (_viewer: Viewer, personaId: string, selection: Selection) =>
  readRows<MemberRow>(membersOfPersonas, selection, { ids: [personaId] });

const allFields = plainFields(memberShape);

/** The members of several personas, with all their fields. */
export const readMembersOf = (personaIds: readonly string[]) => readRows<MemberRow>(membersOfPersonas, allFields, { ids: personaIds });

export interface MemberInput {
  userEmail: string;
  role: MemberRole;
}

/**
 * Shares a persona with the user of an address, in any case. Throws VALIDATION_ERROR for what is no address, NOT_FOUND when no
 * active user has it, and DUPLICATE_RESOURCE for a member and for the owner.
 *
 * That someone who is signed in can find out in this way who has an account is accepted: whoever mistypes an address has to
 * be told, and on a platform of one team the accounts of colleagues are no secret.
 */
export async function addMember(viewer: Viewer, personaId: string, input: MemberInput, selection: Selection): Promise<MemberRow> {
  const email = addressOf(input);
  const id = await transaction(async (trx) => {
    const persona = await lockPersona(trx, personaId);
    const user = await User.query(trx).whereRaw('lower(email) = lower(?)', [email]).findOne({ is_active: true });
    if (!user) throw nobody();
    if (user.id === persona.ownerId) throw duplicate(`${user.email} owns the persona`);
    if (await PersonaMember.query(trx).findOne({ persona_id: personaId, user_id: user.id })) {
      throw duplicate(`${user.email} is a member already`);
    }
    const member = await PersonaMember.query(trx).insert({ personaId, userId: user.id, role: input.role });
    await audit(trx, viewer, 'added', member, `${user.name} was made ${input.role} of persona '${persona.name}'`);
    return member.id;
  });
  return readMember(id, selection);
}

function addressOf({ userEmail }: MemberInput): string {
  const email = userEmail.trim();
  if (email === '') throw validationError({ userEmail: isRequired('userEmail') });
  if (!/^[^\s@\0]+@[^\s@\0]+$/.test(email)) throw validationError({ userEmail: 'User email must be a valid email' });
  return email;
}

/** 404 as for all that is not there, and for a form the field that is wrong. */
const nobody = () => new PlatformError('NOT_FOUND', 'User not found', { userEmail: 'No user has this email' });

/** Gives a member another role; it holds from the next request on. Throws NOT_FOUND. */
export async function updateMember(
  viewer: Viewer, personaId: string, id: string, { role }: Pick<MemberInput, 'role'>, selection: Selection,
): Promise<MemberRow> {
  await transaction(async (trx) => {
    const persona = await lockPersona(trx, personaId);
    const { member, user } = await findMember(trx, personaId, id);
    if (member.role === role) return;
    await member.$query(trx).patch({ role });
    await audit(trx, viewer, 'updated', member, `${user.name} was made ${role} of persona '${persona.name}'`);
  });
  return readMember(id, selection);
}

/** Ends the sharing with a member; what they watch ends with the next event. Throws NOT_FOUND. */
export async function removeMember(viewer: Viewer, personaId: string, id: string): Promise<string> {
  await transaction(async (trx) => {
    const persona = await lockPersona(trx, personaId);
    const { member, user } = await findMember(trx, personaId, id);
    await audit(trx, viewer, 'removed', member, `${user.name} was removed from persona '${persona.name}'`);
    await member.$query(trx).delete();
  });
  return id;
}

/** One change of a persona's members after the other. */
async function lockPersona(trx: Knex.Transaction, id: string): Promise<Persona> {
  const persona = await Persona.query(trx).findById(id).forNoKeyUpdate();
  if (!persona) throw notFound('Persona');
  return persona;
}

async function findMember(trx: Knex.Transaction, personaId: string, id: string): Promise<{ member: PersonaMember; user: User }> {
  const member = await PersonaMember.query(trx).findOne({ id, persona_id: personaId });
  if (!member) throw notFound('Member');
  return { member, user: await User.query(trx).findById(member.userId).throwIfNotFound() };
}

async function readMember(id: string, selection: Selection): Promise<MemberRow> {
  const [member] = await readRows<MemberRow>(memberById, selection, { id });
  if (!member) throw notFound('Member');
  return member;
}

const audit = (trx: Knex.Transaction, viewer: Viewer, what: 'added' | 'updated' | 'removed', member: PersonaMember, description: string) =>
  recordAudit(trx, viewer, {
    eventType: `member_${what}`, eventCategory: 'action', description, personaId: member.personaId,
    metadata: { userId: member.userId, role: member.role },
  });
