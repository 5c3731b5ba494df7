import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, FieldResolver, Info, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { listProviders, type ProviderInfo as Provider } from '../../src/personas/providerChoice.js';
import { enablePersonaTool, listPersonaTools, removePersonaTool, updatePersonaTool } from '../../src/tools/personaTools.service.js';
import { listTools, readTool } from '../../src/tools/tools.service.js';
import { searchTools } from '../../src/tools/toolSearch.js';
import type { SignedInContext } from '../context.js';
import { selectionOf } from '../lookAhead.js';
import { UuidScalar } from '../scalars.js';
import { PersonaTool, ProviderInfo, Tool, ToolMatch, ToolPage } from './tool.type.js';
import { EnablePersonaToolInput, UpdatePersonaToolInput } from './tools.inputs.js';

@Resolver(() => ProviderInfo)
export class ToolsResolver {
  @Query(() => ToolPage, { description: 'The tools there are, by name.' })
  tools(
    @Arg('page', () => Int, { defaultValue: 1, description: 'The page, from 1.' }) page: number,
    @Arg('limit', () => Int, { defaultValue: 50, description: 'Entries per page, 1 to 100.' }) limit: number,
    @Arg('category', () => String, { nullable: true, description: 'Only tools of this category.' }) category: string | null,
    @Arg('search', () => String, { nullable: true, description: 'A part of the name or the description, in any case.' }) search: string | null,
    @Ctx() { viewer }: SignedInContext,
    @Info() info: GraphQLResolveInfo,
  ) {
    return listTools(viewer, { page, limit, category, search }, selectionOf(info));
  }

  @Query(() => Tool, { description: 'One tool.' })
  tool(
    @Arg('id', () => UuidScalar, { description: 'The id of the tool.' }) id: string,
    @Ctx() { viewer }: SignedInContext,
    @Info() info: GraphQLResolveInfo,
  ) {
    return readTool(viewer, id, selectionOf(info));
  }

  @Query(() => [ToolMatch], { description: 'Tools that fit a description of what is to be done, best first.' })
  searchTools(
    @Arg('query', () => String, { description: 'What is to be done, in plain words.' }) query: string,
    @Arg('limit', () => Int, { defaultValue: 5, description: 'How many at most, 1 to 100.' }) limit: number,
  ) {
    return searchTools(query, limit);
  }

  @Query(() => [PersonaTool], { description: 'The tools that a persona was given, those that are switched off included.' })
  personaTools(
    @Arg('personaId', () => UuidScalar, { description: 'The id of the persona.' }) personaId: string,
    @Ctx() { viewer }: SignedInContext,
    @Info() info: GraphQLResolveInfo,
  ) {
    return listPersonaTools(viewer, personaId, selectionOf(info));
  }

  @Query(() => [ProviderInfo], { description: 'The providers that personas can name, and what is missing where one cannot be used.' })
  providers() {
    return listProviders();
  }

  @FieldResolver(() => Boolean, { description: 'Whether it can be used.' })
  isConfigured(@Root() provider: Provider) {
    return provider.unavailable === null;
  }

  @Mutation(() => PersonaTool, { description: 'Gives a persona a tool, or switches it on again.' })
  enablePersonaTool(
    @Arg('personaId', () => UuidScalar, { description: 'The id of the persona.' }) personaId: string,
    @Arg('input', () => EnablePersonaToolInput, { description: 'Which tool, and its settings.' }) input: EnablePersonaToolInput,
    @Ctx() { viewer }: SignedInContext,
    @Info() info: GraphQLResolveInfo,
  ) {
    return enablePersonaTool(viewer, personaId, input, selectionOf(info));
  }

  @Mutation(() => PersonaTool, { description: "Switches a persona's tool on or off, or changes its settings." })
  updatePersonaTool(
    @Arg('personaId', () => UuidScalar, { description: 'The id of the persona.' }) personaId: string,
    @Arg('toolId', () => UuidScalar, { description: 'The id of the tool.' }) toolId: string,
    @Arg('input', () => UpdatePersonaToolInput, { description: 'What to change.' }) input: UpdatePersonaToolInput,
    @Ctx() { viewer }: SignedInContext,
    @Info() info: GraphQLResolveInfo,
  ) {
    return updatePersonaTool(viewer, personaId, toolId, input, selectionOf(info));
  }

  @Mutation(() => UuidScalar, { description: "Takes a tool away from a persona, with its settings; gives back the tool's id." })
  removePersonaTool(
    @Arg('personaId', () => UuidScalar, { description: 'The id of the persona.' }) personaId: string,
    @Arg('toolId', () => UuidScalar, { description: 'The id of the tool.' }) toolId: string,
    @Ctx() { viewer }: SignedInContext,
  ) {
    return removePersonaTool(viewer, personaId, toolId);
  }
}
