import { ArgsType, Field, InputType } from 'type-graphql';
import { PageArgs } from '../pagination.js';
import { UserRole } from '../users/user.type.js';

@InputType({ description: 'A new account.' })
export class CreateUserInput {
  @Field(() => String, { description: 'The address that they sign in with.' })
  declare email: string;

  @Field(() => String, { description: 'Their name; up to 200 characters.' })
  declare name: string;

  @Field(() => String, { description: 'Their first password; 8 to 200 characters.' })
  declare password: string;

  @Field(() => UserRole, { nullable: true, description: 'What they may do; `user` when left out.' })
  declare role?: UserRole | null;
}

@InputType({ description: 'Changes to an account; what is left out stays as it is.' })
export class UpdateUserInput {
  @Field(() => UserRole, { nullable: true, description: 'What they may do, from their next request on.' })
  declare role?: UserRole | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether they can sign in; false ends their sessions at once.' })
  declare isActive?: boolean | null;

  @Field(() => String, { nullable: true, description: 'A new password, for someone who has forgotten theirs; ends their sessions at once.' })
  declare password?: string | null;
}

@ArgsType()
export class UsersArgs extends PageArgs {
  @Field(() => UserRole, { nullable: true, description: 'Only users with this role.' })
  declare role?: UserRole | null;

  @Field(() => String, { nullable: true, description: 'A part of the email or the name, in any case.' })
  declare search?: string | null;
}
