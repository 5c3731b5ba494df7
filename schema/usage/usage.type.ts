import { Field, Float, Int, ObjectType } from 'type-graphql';
import { DateTimeScalar, UuidScalar } from '../scalars.js';

@ObjectType({ simpleResolvers: true, description: 'Tokens and what they cost.' })
class TokenFigures {
  @Field(() => Float, { description: 'How many tokens models read; like all counts of tokens a whole number that an Int may be too small for.' })
  declare promptTokens: number;

  @Field(() => Float, { description: 'How many tokens models wrote.' })
  declare completionTokens: number;

  @Field(() => Float, { description: 'Both together.' })
  declare totalTokens: number;

  @Field(() => Float, { nullable: true, description: 'What they cost, in US dollars, as far as prices are known; null when none is.' })
  declare cost: number | null;

  @Field(() => Float, { description: 'How many of the tokens have no known price, so that the cost does not hold them.' })
  declare unpricedTokens: number;
}

@ObjectType({ simpleResolvers: true, description: 'What runs have used.' })
export class UsageFigures extends TokenFigures {
  @Field(() => Int, { description: 'How many runs were created.' })
  declare runs: number;

  @Field(() => Int, { description: 'How many of them no worker has taken yet.' })
  declare pending: number;

  @Field(() => Int, { description: 'How many of them are worked on, or wait.' })
  declare running: number;

  @Field(() => Int, { description: 'How many of them were completed.' })
  declare completed: number;

  @Field(() => Int, { description: 'How many of them failed.' })
  declare failed: number;

  @Field(() => Int, { description: 'How many of them somebody cancelled.' })
  declare cancelled: number;

  @Field(() => Int, { description: 'How many steps they took.' })
  declare steps: number;
}

@ObjectType({ simpleResolvers: true, description: 'What the runs created in one interval have used.' })
export class UsagePoint {
  @Field(() => DateTimeScalar, { description: 'When the interval begins.' })
  declare start: Date;

  @Field(() => UsageFigures, { description: 'Of this interval.' })
  declare figures: UsageFigures;
}

@ObjectType({ simpleResolvers: true, description: 'What a provider was asked.' })
export class ProviderFigures extends TokenFigures {
  @Field(() => Int, { description: 'How many tries there were.' })
  declare attempts: number;

  @Field(() => Int, { description: 'How many of them failed.' })
  declare failedAttempts: number;
}

@ObjectType({ simpleResolvers: true, description: 'What a provider was asked for the runs created in one interval.' })
export class ProviderPoint {
  @Field(() => DateTimeScalar, { description: 'When the interval begins.' })
  declare start: Date;

  @Field(() => ProviderFigures, { description: 'Of this interval.' })
  declare figures: ProviderFigures;
}

@ObjectType({ simpleResolvers: true, description: 'What the runs of one persona have used.' })
export class PersonaUsage {
  @Field(() => UuidScalar, { description: 'The persona.' })
  declare personaId: string;

  @Field(() => String, { description: 'Its name.' })
  declare personaName: string;

  @Field(() => UsageFigures, { description: 'Of the whole window.' })
  declare total: UsageFigures;

  @Field(() => [UsagePoint], { description: 'Of each interval, also of those with nothing.' })
  declare points: UsagePoint[];
}

@ObjectType({ simpleResolvers: true, description: 'What one provider was asked.' })
export class ProviderUsage {
  @Field(() => String, { description: 'The provider.' })
  declare provider: string;

  @Field(() => ProviderFigures, { description: 'Of the whole window.' })
  declare total: ProviderFigures;

  @Field(() => [ProviderPoint], { description: 'Of each interval, also of those with nothing.' })
  declare points: ProviderPoint[];
}

@ObjectType({ simpleResolvers: true, description: 'What runs have used over time. A run counts, with all that was done for it, where it was created.' })
export class Usage {
  @Field(() => DateTimeScalar, { description: 'The first moment that counts.' })
  declare from: Date;

  @Field(() => DateTimeScalar, { description: 'The last moment that counts.' })
  declare to: Date;

  @Field(() => UsageFigures, { description: 'Of the whole window.' })
  declare total: UsageFigures;

  @Field(() => [UsagePoint], { description: 'Of each interval, also of those with nothing, oldest first.' })
  declare points: UsagePoint[];

  @Field(() => [PersonaUsage], { description: 'Of each persona, the 20 with most runs.' })
  declare byPersona: PersonaUsage[];

  @Field(() => [ProviderUsage], { description: 'Of each provider, the 20 with most tokens.' })
  declare byProvider: ProviderUsage[];
}
