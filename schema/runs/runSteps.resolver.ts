import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { RunStepRow } from '../../src/runs/runShape.js';
import type { SignedInContext } from '../context.js';
import { RunStep, StepAttempt } from './runStep.type.js';

@Resolver(() => RunStep)
export class RunStepsResolver {
  @FieldResolver(() => [StepAttempt], { description: 'Every try of an `llm_call`, in order.' })
  attempts(@Root() step: RunStepRow, @Ctx() { loaders }: SignedInContext) {
    return step.attempts ?? loaders.stepAttempts.load(step.id);
  }
}
