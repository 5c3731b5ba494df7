import { Field, InputType } from 'type-graphql';
import { DateTimeScalar } from '../scalars.js';

@InputType({ description: 'A new agent.' })
export class CreateAgentInput {
  @Field(() => String, { description: 'What it is called; up to 200 characters.' })
  declare name: string;

  @Field(() => String, { nullable: true, description: 'What it is for; up to 2,000 characters.' })
  declare description?: string | null;

  @Field(() => String, { nullable: true, description: "What it is told instead of the persona's system prompt." })
  declare systemPromptOverride?: string | null;

  @Field(() => String, { nullable: true, description: "The provider that it asks before the persona's." })
  declare preferredProvider?: string | null;
}

@InputType({ description: 'Changes to an agent; what is left out stays as it is.' })
export class UpdateAgentInput {
  @Field(() => String, { nullable: true, description: 'What it is called; up to 200 characters.' })
  declare name?: string | null;

  @Field(() => String, { nullable: true, description: 'What it is for; null empties it.' })
  declare description?: string | null;

  @Field(() => String, { nullable: true, description: "What it is told instead of the persona's system prompt; null takes the persona's." })
  declare systemPromptOverride?: string | null;

  @Field(() => String, { nullable: true, description: "The provider that it asks before the persona's; null has none." })
  declare preferredProvider?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether it takes runs.' })
  declare isActive?: boolean | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Its `updatedAt` as it was last seen; when it has changed since, `EDIT_CONFLICT`.' })
  declare expectedUpdatedAt?: Date | null;
}
