import { Field, ObjectType } from 'type-graphql';
import { DateTimeScalar, UuidScalar } from '../scalars.js';

@ObjectType({ simpleResolvers: true, description: 'A specialist of a persona that takes runs.' })
export class Agent {
  @Field(() => UuidScalar, { description: 'The id of the agent.' })
  declare id: string;

  @Field(() => UuidScalar, { description: 'The id of the persona it belongs to.' })
  declare personaId: string;

  @Field(() => String, { description: 'What it is called.' })
  declare name: string;

  @Field(() => String, { nullable: true, description: 'What it is for.' })
  declare description: string | null;

  @Field(() => String, { nullable: true, description: "What it is told instead of the persona's system prompt." })
  declare systemPromptOverride: string | null;

  @Field(() => String, { nullable: true, description: "The provider that it asks before the persona's." })
  declare preferredProvider: string | null;

  @Field(() => Boolean, { description: 'False when it takes no runs.' })
  declare isActive: boolean;

  @Field(() => DateTimeScalar, { description: 'When it was made.' })
  declare createdAt: Date;

  @Field(() => DateTimeScalar, { description: 'When it was last changed.' })
  declare updatedAt: Date;
}
