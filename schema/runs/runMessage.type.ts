import { Field, Int, ObjectType } from 'type-graphql';
import { UuidScalar } from '../scalars.js';
import { RunStatus, StepStatus, StepType, WaitReason } from './run.enums.js';

@ObjectType({ simpleResolvers: true, description: 'What an event tells of a step.' })
export class StepSummary {
  @Field(() => UuidScalar, { description: 'The id of the step.' })
  declare id: string;

  @Field(() => Int, { description: 'Its number within the run.' })
  declare stepNumber: number;

  @Field(() => StepType, { description: 'What it does.' })
  declare stepType: StepType;

  @Field(() => String, { nullable: true, description: 'The tool of a `tool_call`.' })
  declare toolName: string | null;

  @Field(() => StepStatus, { description: 'Where it stands.' })
  declare status: StepStatus;

  @Field(() => Int, { nullable: true, description: 'How long it took, in milliseconds, once it has ended.' })
  declare durationMs: number | null;
}

@ObjectType({
  simpleResolvers: true,
  description: 'What a run tells those who watch: a numbered event, or a piece of streamed text (`run:token`) between two of them.',
})
export class RunLiveMessage {
  @Field(() => String, { description: '`run:update`, `run:completed`, `run:error` or `run:token`.' })
  declare type: string;

  @Field(() => UuidScalar, { description: 'The run.' })
  declare runId: string;

  @Field(() => Int, { description: 'The number of the event, rising by one; of a token, that of the event before it.' })
  declare seq: number;

  @Field(() => RunStatus, { nullable: true, description: 'Where the run stands.' })
  declare status: RunStatus | null;

  @Field(() => WaitReason, { nullable: true, description: 'What it waits for, if so.' })
  declare waitingFor: WaitReason | null;

  @Field(() => StepSummary, { nullable: true, description: 'The step that changed.' })
  declare step: StepSummary | null;

  @Field(() => String, { nullable: true, description: '`run:completed`: the output.' })
  declare output: string | null;

  @Field(() => String, { nullable: true, description: '`run:error`: what failed.' })
  declare error: string | null;

  @Field(() => String, { nullable: true, description: '`run:error`: why.' })
  declare errorMessage: string | null;

  @Field(() => String, { nullable: true, description: '`run:error`: the kind of error.' })
  declare errorCode: string | null;

  @Field(() => Int, { nullable: true, description: '`run:token`: the step whose text it is.' })
  declare stepNumber: number | null;

  @Field(() => Int, { nullable: true, description: '`run:token`: where `text` begins; what was there from here on is replaced.' })
  declare offset: number | null;

  @Field(() => String, { nullable: true, description: '`run:token`: the piece of text.' })
  declare text: string | null;
}
