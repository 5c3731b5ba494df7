import { Field, Float, Int, ObjectType } from 'type-graphql';
import { DateTimeScalar, JsonObjectScalar, UuidScalar } from '../scalars.js';
import { AttemptStatus, StepStatus, StepType } from './run.enums.js';

@ObjectType({ simpleResolvers: true, description: 'One try of an `llm_call` with one provider.' })
export class StepAttempt {
  @Field(() => Int, { description: '1 and upwards within the step.' })
  declare attemptNumber: number;

  @Field(() => String, { description: 'The provider that was tried.' })
  declare provider: string;

  @Field(() => String, { description: 'The model that was asked for.' })
  declare model: string;

  @Field(() => AttemptStatus, { description: 'How it ended.' })
  declare status: AttemptStatus;

  @Field(() => String, { nullable: true, description: 'The kind of error, such as `rate_limited`.' })
  declare errorKind: string | null;

  @Field(() => String, { nullable: true, description: 'The error in words.' })
  declare errorMessage: string | null;

  @Field(() => Int, { nullable: true, description: 'How many tokens the model read, if the provider told.' })
  declare promptTokens: number | null;

  @Field(() => Int, { nullable: true, description: 'How many tokens the model wrote, if the provider told.' })
  declare completionTokens: number | null;

  @Field(() => Float, { nullable: true, description: 'What it cost, in US dollars; null when no price is known.' })
  declare cost: number | null;

  @Field(() => Int, { description: 'How long it took, in milliseconds.' })
  declare durationMs: number;

  @Field(() => DateTimeScalar, { description: 'When it began.' })
  declare createdAt: Date;
}

@ObjectType({ simpleResolvers: true, description: 'One numbered piece of a run.' })
export class RunStep {
  @Field(() => UuidScalar, { description: 'The id of the step.' })
  declare id: string;

  @Field(() => Int, { description: '1 and upwards within the run, without gap.' })
  declare stepNumber: number;

  @Field(() => StepType, { description: 'What it does.' })
  declare stepType: StepType;

  @Field(() => StepStatus, { description: 'Where it stands.' })
  declare status: StepStatus;

  @Field(() => UuidScalar, { nullable: true, description: 'The tool of a `tool_call`; null for a name that was not offered.' })
  declare toolId: string | null;

  @Field(() => String, { nullable: true, description: 'The name of the tool of a `tool_call`.' })
  declare toolName: string | null;

  @Field(() => String, { nullable: true, description: 'The id by which the model refers to the call.' })
  declare toolCallId: string | null;

  @Field(() => JsonObjectScalar, { description: 'An `llm_call`: `messages`. A `tool_call`: the arguments.' })
  declare input: Record<string, unknown>;

  @Field(() => JsonObjectScalar, { nullable: true, description: 'An `llm_call`: `message` and `toolCalls`. A `tool_call`: the result.' })
  declare output: Record<string, unknown> | null;

  @Field(() => String, { nullable: true, description: 'What the model wrote in an `llm_call`: the `message` of its output.' })
  declare text: string | null;

  @Field(() => String, { nullable: true, description: 'What a `tool_call` is about: its query, title, path or address.' })
  declare subject: string | null;

  @Field(() => [String], { description: 'The names of the tools that an `llm_call` chose, in order; empty for a `tool_call`.' })
  declare calls: string[];

  @Field(() => String, { nullable: true, description: 'What kind of error it failed with.' })
  declare errorCode: string | null;

  @Field(() => String, { nullable: true, description: 'The error in words.' })
  declare errorMessage: string | null;

  @Field(() => String, { nullable: true, description: 'The provider that answered an `llm_call`.' })
  declare provider: string | null;

  @Field(() => String, { nullable: true, description: 'The model that answered, as its provider names it.' })
  declare model: string | null;

  @Field(() => Int, { nullable: true, description: 'How many tokens the model read.' })
  declare promptTokens: number | null;

  @Field(() => Int, { nullable: true, description: 'How many tokens the model wrote.' })
  declare completionTokens: number | null;

  @Field(() => Float, { nullable: true, description: 'What all its tries cost, in US dollars, as far as prices are known; null when none is.' })
  declare cost: number | null;

  @Field(() => Int, { nullable: true, description: 'How long it took, in milliseconds.' })
  declare durationMs: number | null;

  @Field(() => DateTimeScalar, { description: 'When it was begun.' })
  declare createdAt: Date;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it ended.' })
  declare completedAt: Date | null;
}
