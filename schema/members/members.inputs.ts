import { Field, InputType } from 'type-graphql';
import { MemberRole } from './member.type.js';

@InputType({ description: 'With whom a persona is to be shared.' })
export class AddMemberInput {
  @Field(() => String, { description: 'The address that the user signs in with, in any case.' })
  declare userEmail: string;

  @Field(() => MemberRole, { description: 'What they may do.' })
  declare role: MemberRole;
}

@InputType({ description: 'A change to a member.' })
export class UpdateMemberInput {
  @Field(() => MemberRole, { description: 'What they may do from now on.' })
  declare role: MemberRole;
}
