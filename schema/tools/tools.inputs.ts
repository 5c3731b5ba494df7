import { Field, InputType } from 'type-graphql';
import { JsonObjectScalar, UuidScalar } from '../scalars.js';

@InputType({ description: 'A tool for a persona.' })
export class EnablePersonaToolInput {
  @Field(() => UuidScalar, { description: 'The id of the tool.' })
  declare toolId: string;

  @Field(() => JsonObjectScalar, { nullable: true, description: "Settings, as the tool's `configSchema` allows." })
  declare config?: Record<string, unknown> | null;
}

@InputType({ description: "Changes to a persona's tool; what is left out stays as it is." })
export class UpdatePersonaToolInput {
  @Field(() => Boolean, { nullable: true, description: 'Whether agents of the persona may use it.' })
  declare isEnabled?: boolean | null;

  @Field(() => JsonObjectScalar, { nullable: true, description: "Settings, as the tool's `configSchema` allows." })
  declare config?: Record<string, unknown> | null;
}
