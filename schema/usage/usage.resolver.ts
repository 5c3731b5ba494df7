import { Args, Ctx, Query, Resolver } from 'type-graphql';
import { readUsage } from '../../src/usage/usage.read.js';
import type { SignedInContext } from '../context.js';
import { UsageArgs } from './usage.inputs.js';
import { Usage } from './usage.type.js';

@Resolver()
export class UsageResolver {
  @Query(() => Usage, { description: 'What the runs of the personas that the viewer owns or is a member of have used over time, in at most 100 intervals.' })
  usage(@Args(() => UsageArgs) args: UsageArgs, @Ctx() { viewer }: SignedInContext) {
    return readUsage(viewer, args);
  }
}
