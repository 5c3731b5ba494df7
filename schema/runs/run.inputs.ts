import { ArgsType, Field, InputType } from 'type-graphql';
import { PageArgs } from '../pagination.js';
import { UuidScalar } from '../scalars.js';
import { RunStatus } from './run.enums.js';

@InputType({ description: 'A request to an agent.' })
export class CreateRunInput {
  @Field(() => UuidScalar, { description: 'The agent that is to work on it.' })
  declare agentId: string;

  @Field(() => String, { description: 'What is asked for, in plain words.' })
  declare input: string;
}

@ArgsType()
export class RunsArgs extends PageArgs {
  @Field(() => UuidScalar, { nullable: true, description: 'Only runs of this persona.' })
  declare personaId?: string;

  @Field(() => UuidScalar, { nullable: true, description: 'Only runs of this agent.' })
  declare agentId?: string;

  @Field(() => RunStatus, { nullable: true, description: 'Only runs that stand here.' })
  declare status?: RunStatus;
}
