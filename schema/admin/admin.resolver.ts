import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, Ctx, Info, Mutation, Query, Resolver } from 'type-graphql';
import { createUser, listUsers, updateUser } from '../../src/admin/admin.service.js';
import type { SignedInContext } from '../context.js';
import { selectionOf } from '../lookAhead.js';
import { UuidScalar } from '../scalars.js';
import { User, UserPage } from '../users/user.type.js';
import { CreateUserInput, UpdateUserInput, UsersArgs } from './admin.inputs.js';

@Resolver()
export class AdminResolver {
  @Query(() => UserPage, { description: 'All users, newest first.' })
  users(@Args(() => UsersArgs) args: UsersArgs, @Ctx() { viewer }: SignedInContext, @Info() info: GraphQLResolveInfo) {
    return listUsers(viewer, args, selectionOf(info));
  }

  @Mutation(() => User, { description: 'Makes an account.' })
  createUser(
    @Arg('input', () => CreateUserInput, { description: 'The new account.' }) input: CreateUserInput,
    @Ctx() { viewer }: SignedInContext,
    @Info() info: GraphQLResolveInfo,
  ) {
    return createUser(viewer, input, selectionOf(info));
  }

  @Mutation(() => User, { description: 'Changes an account. The last active administrator stays one.' })
  updateUser(
    @Arg('id', () => UuidScalar, { description: 'The id of the user.' }) id: string,
    @Arg('input', () => UpdateUserInput, { description: 'What to change.' }) input: UpdateUserInput,
    @Ctx() { viewer }: SignedInContext,
    @Info() info: GraphQLResolveInfo,
  ) {
    return updateUser(viewer, id, input, selectionOf(info));
  }
}
