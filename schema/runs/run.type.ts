import { Field, Float, Int, ObjectType } from 'type-graphql';
import { PageOf } from '../pagination.js';
import { DateTimeScalar, UuidScalar } from '../scalars.js';
import { RunStatus, WaitReason } from './run.enums.js';

@ObjectType({ simpleResolvers: true, description: 'One request to one agent, worked on step by step.' })
export class Run {
  @Field(() => UuidScalar, { description: 'The id of the run.' })
  declare id: string;

  @Field(() => UuidScalar, { description: 'The agent that works on it.' })
  declare agentId: string;

  @Field(() => String, { description: 'The name of the agent.' })
  declare agentName: string;

  @Field(() => UuidScalar, { description: 'The persona of the agent.' })
  declare personaId: string;

  @Field(() => String, { description: 'The name of the persona.' })
  declare personaName: string;

  @Field(() => UuidScalar, { description: 'Who started it.' })
  declare userId: string;

  @Field(() => String, { description: 'The name of who started it.' })
  declare userName: string;

  @Field(() => RunStatus, { description: 'Where it stands.' })
  declare status: RunStatus;

  @Field(() => WaitReason, { nullable: true, description: 'What it waits for, if so.' })
  declare waitingFor: WaitReason | null;

  @Field(() => UuidScalar, { nullable: true, description: 'The run whose request was given again with this one, as long as it is there.' })
  declare retryOf: string | null;

  @Field(() => String, { description: 'What was asked for.' })
  declare input: string;

  @Field(() => String, { nullable: true, description: 'The answer it was completed with.' })
  declare output: string | null;

  @Field(() => String, { nullable: true, description: 'What kind of error it failed with, such as `RUN_STEP_LIMIT`.' })
  declare errorCode: string | null;

  @Field(() => String, { nullable: true, description: 'What it failed with, in words.' })
  declare errorMessage: string | null;

  @Field(() => Int, { description: 'The `seq` of its newest event.' })
  declare lastSeq: number;

  @Field(() => Float, { description: 'How many tokens models read for it, failed tries included.' })
  declare promptTokens: number;

  @Field(() => Float, { description: 'How many tokens models wrote for it, failed tries included.' })
  declare completionTokens: number;

  @Field(() => Float, { description: 'Both together; a whole number that an Int may be too small for.' })
  declare totalTokens: number;

  @Field(() => Float, { nullable: true, description: 'What it cost, in US dollars, as far as prices are known; null when none is.' })
  declare cost: number | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When a worker first took it.' })
  declare startedAt: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it ended.' })
  declare completedAt: Date | null;

  @Field(() => DateTimeScalar, { description: 'When it was created.' })
  declare createdAt: Date;

  @Field(() => DateTimeScalar, { description: 'When it last changed.' })
  declare updatedAt: Date;
}

export const RunPage = PageOf('RunPage', Run, 'runs');
