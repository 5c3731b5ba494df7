import { ArgsType, Field } from 'type-graphql';
import { DateTimeScalar, UuidScalar } from '../scalars.js';
import { AuditCategory } from './auditLog.type.js';
import { EndDateScalar } from './endDate.scalar.js';

@ArgsType()
export class AuditFilterArgs {
  @Field(() => UuidScalar, { nullable: true, description: 'Only what this user did.' })
  declare userId?: string | null;

  @Field(() => UuidScalar, { nullable: true, description: 'Only what is about this persona.' })
  declare personaId?: string | null;

  @Field(() => UuidScalar, { nullable: true, description: 'Only what is about this run.' })
  declare runId?: string | null;

  @Field(() => String, { nullable: true, description: 'Only events of this type, such as `tool_call`.' })
  declare eventType?: string | null;

  @Field(() => AuditCategory, { nullable: true, description: 'Only events of this category.' })
  declare eventCategory?: AuditCategory | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Only from this moment on.' })
  declare startDate?: Date | null;

  @Field(() => EndDateScalar, { nullable: true, description: 'Only up to this moment.' })
  declare endDate?: Date | null;
}
