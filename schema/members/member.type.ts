import { Field, ObjectType, registerEnumType } from 'type-graphql';
import { DateTimeScalar, UuidScalar } from '../scalars.js';

export enum MemberRole {
  editor = 'editor',
  viewer = 'viewer',
}

registerEnumType(MemberRole, {
  name: 'MemberRole',
  description: 'What a member may do with a persona.',
  valuesConfig: {
    editor: { description: 'Changes it and works with it: agents, tools, memory, connectors, runs.' },
    viewer: { description: 'Reads, watches and searches its memory.' },
  },
});

@ObjectType({ simpleResolvers: true, description: 'A user with whom a persona is shared.' })
export class Member {
  @Field(() => UuidScalar, { description: 'The id of the membership, not of the user.' })
  declare id: string;

  @Field(() => UuidScalar, { description: 'The id of the persona.' })
  declare personaId: string;

  @Field(() => UuidScalar, { description: 'The id of the user.' })
  declare userId: string;

  @Field(() => String, { description: 'The name of the user.' })
  declare userName: string;

  @Field(() => String, { description: 'The address that the user signs in with.' })
  declare userEmail: string;

  @Field(() => MemberRole, { description: 'What the member may do.' })
  declare role: MemberRole;

  @Field(() => DateTimeScalar, { description: 'Since when the persona is shared with them.' })
  declare createdAt: Date;

  @Field(() => DateTimeScalar, { description: 'When the role was last changed.' })
  declare updatedAt: Date;
}
