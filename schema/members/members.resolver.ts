import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, FieldResolver, Info, Mutation, Query, Resolver, Root } from 'type-graphql';
import { addMember, listMembers, removeMember, updateMember } from '../../src/members/members.service.js';
import type { PersonaRow } from '../../src/personas/personaShape.js';
import type { SignedInContext } from '../context.js';
import { selectionOf } from '../lookAhead.js';
import { Persona } from '../personas/persona.type.js';
import { UuidScalar } from '../scalars.js';
import { Member } from './member.type.js';
import { AddMemberInput, UpdateMemberInput } from './members.inputs.js';

@Resolver(() => Persona)
export class MembersResolver {
  @Query(() => [Member], { description: 'Those with whom a persona is shared, in the order they came.' })
  members(
    @Arg('personaId', () => UuidScalar, { description: 'The id of the persona.' }) personaId: string,
    @Ctx() { viewer }: SignedInContext,
    @Info() info: GraphQLResolveInfo,
  ) {
    return listMembers(viewer, personaId, selectionOf(info));
  }

  @Mutation(() => Member, { description: 'Shares a persona with a user.' })
  addMember(
    @Arg('personaId', () => UuidScalar, { description: 'The id of the persona.' }) personaId: string,
    @Arg('input', () => AddMemberInput, { description: 'With whom, and as what.' }) input: AddMemberInput,
    @Ctx() { viewer }: SignedInContext,
    @Info() info: GraphQLResolveInfo,
  ) {
    return addMember(viewer, personaId, input, selectionOf(info));
  }

  @Mutation(() => Member, { description: 'Gives a member another role.' })
  updateMember(
    @Arg('personaId', () => UuidScalar, { description: 'The id of the persona.' }) personaId: string,
    @Arg('memberId', () => UuidScalar, { description: 'The id of the membership.' }) memberId: string,
    @Arg('input', () => UpdateMemberInput, { description: 'What to change.' }) input: UpdateMemberInput,
    @Ctx() { viewer }: SignedInContext,
    @Info() info: GraphQLResolveInfo,
  ) {
    return updateMember(viewer, personaId, memberId, input, selectionOf(info));
  }

  @Mutation(() => UuidScalar, { description: 'Ends the sharing with a member, whose open streams end too; gives back the id of the membership.' })
  removeMember(
    @Arg('personaId', () => UuidScalar, { description: 'The id of the persona.' }) personaId: string,
    @Arg('memberId', () => UuidScalar, { description: 'The id of the membership.' }) memberId: string,
    @Ctx() { viewer }: SignedInContext,
  ) {
    return removeMember(viewer, personaId, memberId);
  }

  @FieldResolver(() => [Member], { name: 'members', description: 'Those with whom it is shared, in the order they came.' })
  personaMembers(@Root() persona: PersonaRow, @Ctx() { loaders }: SignedInContext) {
    return persona.members ?? loaders.personaMembers.load(persona.id);
  }
}
