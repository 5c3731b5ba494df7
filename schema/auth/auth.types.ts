import { Field, ObjectType } from 'type-graphql';
import { DateTimeScalar } from '../scalars.js';
import { User } from '../users/user.type.js';

@ObjectType({ simpleResolvers: true, description: 'The pair of tokens that a client works with.' })
export class AuthTokens {
  @Field(() => String, { description: 'The access token, for `Authorization: Bearer …`.' })
  declare token: string;

  @Field(() => String, { description: 'Good for one new pair of tokens; using it twice ends the session.' })
  declare refreshToken: string;
}

@ObjectType({ simpleResolvers: true, description: 'A new session.' })
export class AuthSession extends AuthTokens {
  @Field(() => User, { description: 'Who has signed in.' })
  declare user: User;
}

@ObjectType({ simpleResolvers: true, description: 'Opens one socket of the session.' })
export class SocketTicket {
  @Field(() => String, { description: 'For `/ws?ticket=…`, or the connection parameter `ticket` of graphql-ws; works once.' })
  declare ticket: string;

  @Field(() => DateTimeScalar, { description: 'Until when: half a minute from now.' })
  declare expiresAt: Date;
}
