import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, Ctx, FieldResolver, Info, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { PersonaRow } from '../../src/personas/personaShape.js';
import { createPersona, deletePersona, listPersonas, readPersona, updatePersona } from '../../src/personas/personas.service.js';
import { Agent } from '../agents/agent.type.js';
import type { SignedInContext } from '../context.js';
import { selectionOf } from '../lookAhead.js';
import { UuidScalar } from '../scalars.js';
import { PersonaTool } from '../tools/tool.type.js';
import { Persona, PersonaPage } from './persona.type.js';
import { CreatePersonaInput, PersonasArgs, UpdatePersonaInput } from './personas.inputs.js';

@Resolver(() => Persona)
export class PersonasResolver {
  @Query(() => PersonaPage, { description: 'The personas that the viewer owns or is a member of, newest first.' })
  personas(@Args(() => PersonasArgs) args: PersonasArgs, @Ctx() { viewer }: SignedInContext, @Info() info: GraphQLResolveInfo) {
    return listPersonas(viewer, args, selectionOf(info));
  }

  @Query(() => Persona, { description: 'One persona.' })
  persona(
    @Arg('id', () => UuidScalar, { description: 'The id of the persona.' }) id: string,
    @Ctx() { viewer }: SignedInContext,
    @Info() info: GraphQLResolveInfo,
  ) {
    return readPersona(viewer, id, selectionOf(info));
  }

  @Mutation(() => Persona, { description: 'Makes a persona that the viewer owns.' })
  createPersona(
    @Arg('input', () => CreatePersonaInput, { description: 'The new persona.' }) input: CreatePersonaInput,
    @Ctx() { viewer }: SignedInContext,
    @Info() info: GraphQLResolveInfo,
  ) {
    return createPersona(viewer, input, selectionOf(info));
  }

  @Mutation(() => Persona, { description: 'Changes a persona.' })
  updatePersona(
    @Arg('id', () => UuidScalar, { description: 'The id of the persona.' }) id: string,
    @Arg('input', () => UpdatePersonaInput, { description: 'What to change.' }) input: UpdatePersonaInput,
    @Ctx() { viewer }: SignedInContext,
    @Info() info: GraphQLResolveInfo,
  ) {
    return updatePersona(viewer, id, input, selectionOf(info));
  }

  @Mutation(() => UuidScalar, { description: 'Deletes a persona with its agents, runs and documents; gives back its id.' })
  deletePersona(@Arg('id', () => UuidScalar, { description: 'The id of the persona.' }) id: string, @Ctx() { viewer }: SignedInContext) {
    return deletePersona(viewer, id);
  }

  @FieldResolver(() => [Agent], { description: 'Its agents, oldest first.' })
  agents(@Root() persona: PersonaRow, @Ctx() { loaders }: SignedInContext) {
    return persona.agents ?? loaders.personaAgents.load(persona.id);
  }

  @FieldResolver(() => [PersonaTool], { description: 'The tools that it was given, in the order they were given.' })
  tools(@Root() persona: PersonaRow, @Ctx() { loaders }: SignedInContext) {
    return persona.tools ?? loaders.personaTools.load(persona.id);
  }
}
