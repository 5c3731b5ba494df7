import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, FieldResolver, Info, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { AgentRow } from '../../src/agents/agentShape.js';
import { createAgent, deleteAgent, listAgents, readAgent, updateAgent } from '../../src/agents/agents.service.js';
import type { SignedInContext } from '../context.js';
import { selectionOf } from '../lookAhead.js';
import { Persona } from '../personas/persona.type.js';
import { UuidScalar } from '../scalars.js';
import { Agent } from './agent.type.js';
import { CreateAgentInput, UpdateAgentInput } from './agents.inputs.js';

@Resolver(() => Agent)
export class AgentsResolver {
  @Query(() => [Agent], { description: 'The agents of a persona, oldest first.' })
  agents(
    @Arg('personaId', () => UuidScalar, { description: 'The id of the persona.' }) personaId: string,
    @Ctx() { viewer }: SignedInContext,
    @Info() info: GraphQLResolveInfo,
  ) {
    return listAgents(viewer, personaId, selectionOf(info));
  }

  @Query(() => Agent, { description: 'One agent.' })
  agent(
    @Arg('id', () => UuidScalar, { description: 'The id of the agent.' }) id: string,
    @Ctx() { viewer }: SignedInContext,
    @Info() info: GraphQLResolveInfo,
  ) {
    return readAgent(viewer, id, selectionOf(info));
  }

  @Mutation(() => Agent, { description: 'Gives a persona an agent.' })
  createAgent(
    @Arg('personaId', () => UuidScalar, { description: 'The id of the persona.' }) personaId: string,
    @Arg('input', () => CreateAgentInput, { description: 'The new agent.' }) input: CreateAgentInput,
    @Ctx() { viewer }: SignedInContext,
    @Info() info: GraphQLResolveInfo,
  ) {
    return createAgent(viewer, personaId, input, selectionOf(info));
  }

  @Mutation(() => Agent, { description: 'Changes an agent.' })
  updateAgent(
    @Arg('id', () => UuidScalar, { description: 'The id of the agent.' }) id: string,
    @Arg('input', () => UpdateAgentInput, { description: 'What to change.' }) input: UpdateAgentInput,
    @Ctx() { viewer }: SignedInContext,
    @Info() info: GraphQLResolveInfo,
  ) {
    return updateAgent(viewer, id, input, selectionOf(info));
  }

  @Mutation(() => UuidScalar, { description: 'Deletes an agent and its runs; gives back its id.' })
  deleteAgent(@Arg('id', () => UuidScalar, { description: 'The id of the agent.' }) id: string, @Ctx() { viewer }: SignedInContext) {
    return deleteAgent(viewer, id);
  }

  @FieldResolver(() => Persona, { description: 'The persona it belongs to.' })
  persona(@Root() agent: AgentRow, @Ctx() { loaders }: SignedInContext) {
    return loaders.persona.load(agent.personaId);
  }
}
