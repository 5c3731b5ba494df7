import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, Ctx, FieldResolver, Info, Int, Mutation, Query, Resolver, Root, Subscription } from 'type-graphql';
import type { LiveMessage } from '../../src/runs/runEvent.js';
import { listRuns, readArtifact, readStep, stepsFrom } from '../../src/runs/runs.read.js';
import type { RunRow } from '../../src/runs/runShape.js';
import { cancelRun, createRun, decideStep, retryRun } from '../../src/runs/runs.service.js';
import { watchRun } from '../../src/runs/watchRun.js';
import { Agent } from '../agents/agent.type.js';
import type { SignedInContext } from '../context.js';
import { selectionOf } from '../lookAhead.js';
import { Persona } from '../personas/persona.type.js';
import { UuidScalar } from '../scalars.js';
import { Artifact } from './artifact.type.js';
import { StepDecision } from './run.enums.js';
import { CreateRunInput, RunsArgs } from './run.inputs.js';
import { Run, RunPage } from './run.type.js';
import { RunLiveMessage } from './runMessage.type.js';
import { RunStep } from './runStep.type.js';

@Resolver(() => Run)
export class RunsResolver {
  @Query(() => RunPage, { description: 'The runs of the personas that the viewer owns or is a member of, newest first.' })
  runs(@Args(() => RunsArgs) args: RunsArgs, @Ctx() { viewer }: SignedInContext, @Info() info: GraphQLResolveInfo) {
    return listRuns(viewer, args, selectionOf(info));
  }

  @Query(() => Run, { description: 'One run.' })
  run(
    @Arg('id', () => UuidScalar, { description: 'The id of the run.' }) id: string,
    @Ctx() { loaders }: SignedInContext,
    @Info() info: GraphQLResolveInfo,
  ) {
    return loaders.visibleRun(id, selectionOf(info));
  }

  @Query(() => RunStep, { description: 'One step of a run.' })
  runStep(
    @Arg('runId', () => UuidScalar, { description: 'The run.' }) runId: string,
    @Arg('stepNumber', () => Int, { description: 'The number of the step within the run.' }) stepNumber: number,
    @Ctx() { viewer }: SignedInContext,
    @Info() info: GraphQLResolveInfo,
  ) {
    return readStep(viewer, runId, stepNumber, selectionOf(info));
  }

  @Query(() => Artifact, { description: 'One artifact of a run.' })
  artifact(
    @Arg('runId', () => UuidScalar, { description: 'The run that made it.' }) runId: string,
    @Arg('id', () => UuidScalar, { description: 'The id of the artifact.' }) id: string,
    @Ctx() { viewer }: SignedInContext,
    @Info() info: GraphQLResolveInfo,
  ) {
    return readArtifact(viewer, runId, id, selectionOf(info));
  }

  @Mutation(() => Run, { description: 'Gives an agent a request to work on.' })
  createRun(
    @Arg('input', () => CreateRunInput, { description: 'The request.' }) input: CreateRunInput,
    @Ctx() { viewer }: SignedInContext,
    @Info() info: GraphQLResolveInfo,
  ) {
    return createRun(viewer, input, selectionOf(info));
  }

  @Mutation(() => Run, { description: 'Ends a pending or running run; what is under way is broken off.' })
  cancelRun(
    @Arg('id', () => UuidScalar, { description: 'The id of the run.' }) id: string,
    @Ctx() { viewer }: SignedInContext,
    @Info() info: GraphQLResolveInfo,
  ) {
    return cancelRun(viewer, id, selectionOf(info));
  }

  @Mutation(() => Run, { description: 'Gives the request of a run that has ended to its agent again, as a new run.' })
  retryRun(
    @Arg('id', () => UuidScalar, { description: 'The id of the run that has ended.' }) id: string,
    @Ctx() { viewer }: SignedInContext,
    @Info() info: GraphQLResolveInfo,
  ) {
    return retryRun(viewer, id, selectionOf(info));
  }

  @Mutation(() => Run, { description: 'Decides about the step that a run waits for, so that the run goes on.' })
  decideStep(
    @Arg('runId', () => UuidScalar, { description: 'The id of the run.' }) runId: string,
    @Arg('decision', () => StepDecision, { description: 'What is to happen.' }) decision: StepDecision,
    @Ctx() { viewer }: SignedInContext,
    @Info() info: GraphQLResolveInfo,
  ) {
    return decideStep(viewer, runId, decision, selectionOf(info));
  }

  @Subscription(() => RunLiveMessage, {
    description: 'What a run tells from event `since` + 1 on, until it has ended: each event once and in order, streamed text between them.',
    subscribe: ({ args }) => watchRun(args.runId, args.since),
  })
  runEvents(
    @Root() message: LiveMessage,
    @Arg('runId', () => UuidScalar, { description: 'The id of the run.' }) _runId: string,
    @Arg('since', () => Int, { defaultValue: 0, description: 'The `seq` of the last event that is known; 0 for all.' }) _since: number,
  ) {
    return message;
  }

  @FieldResolver(() => Agent, { description: 'The agent that works on it.' })
  agent(@Root() run: RunRow, @Ctx() { loaders }: SignedInContext) {
    return loaders.agent.load(run.agentId);
  }

  @FieldResolver(() => Persona, { description: 'The persona of the agent.' })
  persona(@Root() run: RunRow, @Ctx() { loaders }: SignedInContext) {
    return loaders.persona.load(run.personaId);
  }

  @FieldResolver(() => [RunStep], { description: 'Its steps in order.' })
  steps(
    @Root() run: RunRow,
    @Arg('from', () => Int, { defaultValue: 1, description: 'Only steps from this number on, for those who know the ones before.' }) from: number,
    @Ctx() { loaders }: SignedInContext,
  ) {
    return run.steps ? stepsFrom(run.steps, from) : loaders.runSteps.load(run.id).then((steps) => stepsFrom(steps, from));
  }

  @FieldResolver(() => RunStep, { nullable: true, description: 'The step that `decideStep` would decide about, if the run waits for that.' })
  waitingStep(@Root() run: RunRow) {
    return run.waitingStep?.[0] ?? null;
  }

  @FieldResolver(() => [Artifact], { description: 'What it made, oldest first.' })
  artifacts(@Root() run: RunRow, @Ctx() { loaders }: SignedInContext) {
    return run.artifacts ?? loaders.runArtifacts.load(run.id);
  }
}
