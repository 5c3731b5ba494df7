import { Field, ObjectType, registerEnumType } from 'type-graphql';
import { UserRole } from '../users/user.type.js';

export enum Registration {
  first = 'first',
  open = 'open',
  closed = 'closed',
}

registerEnumType(Registration, {
  name: 'Registration',
  description: 'Who may make an account for themselves.',
  valuesConfig: {
    first: { description: 'Whoever comes first: there is no account yet, and the first one is the administrator.' },
    open: { description: 'Anyone.' },
    closed: { description: 'Nobody; administrators make accounts.' },
  },
});

@ObjectType({ simpleResolvers: true, description: 'An account whose password everyone knows, to look around with.' })
export class DemoAccount {
  @Field(() => String, { description: 'The address to sign in with.' })
  declare email: string;

  @Field(() => String, { description: 'The documented password.' })
  declare password: string;

  @Field(() => UserRole, { description: 'What it may do.' })
  declare role: UserRole;
}

@ObjectType({ simpleResolvers: true, description: 'What a platform offers to someone who has not signed in.' })
export class Platform {
  @Field(() => Registration, { description: 'Who may make an account for themselves now.' })
  declare registration: Registration;

  @Field(() => [DemoAccount], { description: 'The demo accounts that anyone can sign in with; none outside of demos.' })
  declare demoAccounts: DemoAccount[];
}
