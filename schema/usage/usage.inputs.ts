import { ArgsType, Field } from 'type-graphql';
import { EndDateScalar } from '../audit/endDate.scalar.js';
import { CutArgs } from '../interval.js';
import { DateTimeScalar, UuidScalar } from '../scalars.js';

@ArgsType()
export class UsageArgs extends CutArgs {
  @Field(() => UuidScalar, { nullable: true, description: 'Only runs of this persona.' })
  declare personaId?: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Only runs created from this moment on; 30 intervals back when left out.' })
  declare from?: Date | null;

  @Field(() => EndDateScalar, { nullable: true, description: 'Only runs created up to this moment; now when left out.' })
  declare to?: Date | null;
}
