import type { GraphQLResolveInfo } from 'graphql';
import { Ctx, Info, Query, Resolver } from 'type-graphql';
import { readMe } from '../../src/users/users.service.js';
import type { SignedInContext } from '../context.js';
import { selectionOf } from '../lookAhead.js';
import { User } from './user.type.js';

@Resolver()
export class UsersResolver {
  @Query(() => User, { description: 'Who is signed in.' })
  me(@Ctx() { viewer }: SignedInContext, @Info() info: GraphQLResolveInfo) {
    return readMe(viewer, selectionOf(info));
  }
}
