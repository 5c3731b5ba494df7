import { Field, ObjectType, registerEnumType } from 'type-graphql';
import { PageOf } from '../pagination.js';
import { DateTimeScalar, UuidScalar } from '../scalars.js';

export enum UserRole {
  user = 'user',
  admin = 'admin',
}

registerEnumType(UserRole, {
  name: 'UserRole',
  description: 'What a user may do on the platform.',
  valuesConfig: {
    user: { description: 'Works with personas.' },
    admin: { description: 'Also manages users and sees the whole audit log.' },
  },
});

@ObjectType({ simpleResolvers: true, description: 'Someone with an account.' })
export class User {
  @Field(() => UuidScalar, { description: 'The id of the user.' })
  declare id: string;

  @Field(() => String, { description: 'The address they sign in with.' })
  declare email: string;

  @Field(() => String, { description: 'Their name.' })
  declare name: string;

  @Field(() => UserRole, { description: 'What they may do.' })
  declare role: UserRole;

  @Field(() => Boolean, { description: 'False when they cannot sign in.' })
  declare isActive: boolean;

  @Field(() => DateTimeScalar, { description: 'When the account was made.' })
  declare createdAt: Date;

  @Field(() => DateTimeScalar, { description: 'When the account was last changed.' })
  declare updatedAt: Date;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When they last signed in.' })
  declare lastLoginAt: Date | null;
}

export const UserPage = PageOf('UserPage', User, 'users');
