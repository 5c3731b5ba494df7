import { ArgsType, Field, InputType } from 'type-graphql';
import { PageArgs } from '../pagination.js';
import { DateTimeScalar } from '../scalars.js';

@InputType({ description: 'A new persona.' })
export class CreatePersonaInput {
  @Field(() => String, { description: 'What it is called; up to 200 characters.' })
  declare name: string;

  @Field(() => String, { nullable: true, description: 'What it is for; up to 2,000 characters.' })
  declare description?: string | null;

  @Field(() => String, { description: 'What its agents are told before everything else.' })
  declare systemPrompt: string;

  @Field(() => String, { nullable: true, description: 'The provider that is asked first; the first that is configured when left out.' })
  declare defaultProvider?: string | null;

  @Field(() => [String], { nullable: true, description: 'The providers that are asked when it fails, in this order.' })
  declare fallbackProviders?: string[] | null;
}

@InputType({ description: 'Changes to a persona; what is left out stays as it is.' })
export class UpdatePersonaInput {
  @Field(() => String, { nullable: true, description: 'What it is called; up to 200 characters.' })
  declare name?: string | null;

  @Field(() => String, { nullable: true, description: 'What it is for; null empties it.' })
  declare description?: string | null;

  @Field(() => String, { nullable: true, description: 'What its agents are told before everything else.' })
  declare systemPrompt?: string | null;

  @Field(() => String, { nullable: true, description: 'The provider that is asked first.' })
  declare defaultProvider?: string | null;

  @Field(() => [String], { nullable: true, description: 'The providers that are asked when it fails, in this order.' })
  declare fallbackProviders?: string[] | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether it takes runs.' })
  declare isActive?: boolean | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Its `updatedAt` as it was last seen; when it has changed since, `EDIT_CONFLICT`.' })
  declare expectedUpdatedAt?: Date | null;
}

@ArgsType()
export class PersonasArgs extends PageArgs {
  @Field(() => String, { nullable: true, description: 'A part of the name, in any case.' })
  declare search?: string | null;
}
