import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { login, logout, refreshTokens } from '../../src/auth/auth.service.js';
import { changePassword } from '../../src/auth/passwordChange.js';
import { register } from '../../src/auth/registration.js';
import { createSocketTicket } from '../../src/auth/socketTickets.js';
import type { Context, SignedInContext } from '../context.js';
import { AuthSession, AuthTokens, SocketTicket } from './auth.types.js';

@Resolver()
export class AuthResolver {
  @Mutation(() => AuthSession, { description: 'Signs in with email and password.' })
  login(
    @Arg('email', () => String, { description: 'The email address of the account.' }) email: string,
    @Arg('password', () => String, { description: 'The password of the account.' }) password: string,
    @Ctx() { clientAddress }: Context,
  ) {
    return login(email, password, clientAddress);
  }

  @Mutation(() => Boolean, { description: 'Ends the session of the token in use, and all its tokens.' })
  logout(@Ctx() { viewer }: SignedInContext) {
    return logout(viewer);
  }

  @Mutation(() => AuthTokens, { description: 'Exchanges a refresh token for a new pair of tokens.' })
  refreshToken(@Arg('refreshToken', () => String, { description: 'The newest refresh token of the session.' }) refreshToken: string) {
    return refreshTokens(refreshToken);
  }

  @Mutation(() => AuthSession, { description: 'Makes an account and signs in: the first one of a platform, or any where registration is open.' })
  register(
    @Arg('email', () => String, { description: 'The address to sign in with.' }) email: string,
    @Arg('name', () => String, { description: 'Their name; up to 200 characters.' }) name: string,
    @Arg('password', () => String, { description: 'The password; 8 to 200 characters.' }) password: string,
  ) {
    return register({ email, name, password });
  }

  @Mutation(() => Boolean, { description: 'Gives the viewer another password; their other sessions end.' })
  changePassword(
    @Arg('currentPassword', () => String, { description: 'The password up to now.' }) currentPassword: string,
    @Arg('newPassword', () => String, { description: 'The password from now on; 8 to 200 characters.' }) newPassword: string,
    @Ctx() { viewer, clientAddress }: SignedInContext,
  ) {
    return changePassword(viewer, currentPassword, newPassword, clientAddress);
  }
  @Mutation(() => SocketTicket, { description: 'Makes a ticket that opens one socket: better in an address than the access token.' })
  createSocketTicket(@Ctx() { viewer }: SignedInContext) {
    return createSocketTicket(viewer);
  }
}
