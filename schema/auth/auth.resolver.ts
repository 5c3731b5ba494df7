import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { login, logout, refreshTokens } from '../../src/auth/auth.service.js';
import type { SignedInContext } from '../context.js';
import { AuthSession, AuthTokens } from './auth.types.js';

@Resolver()
export class AuthResolver {
  @Mutation(() => AuthSession, { description: 'Signs in with email and password.' })
  login(
    @Arg('email', () => String, { description: 'The email address of the account.' }) email: string,
    @Arg('password', () => String, { description: 'The password of the account.' }) password: string,
  ) {
    return login(email, password);
  }

  @Mutation(() => Boolean, { description: 'Ends the session of the token in use, and all its tokens.' })
  logout(@Ctx() { viewer }: SignedInContext) {
    return logout(viewer);
  }

  @Mutation(() => AuthTokens, { description: 'Exchanges a refresh token for a new pair of tokens.' })
  refreshToken(@Arg('refreshToken', () => String, { description: 'The newest refresh token of the session.' }) refreshToken: string) {
    return refreshTokens(refreshToken);
  }
}
