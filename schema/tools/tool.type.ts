import { Field, Float, ObjectType } from 'type-graphql';
import { PageOf } from '../pagination.js';
import { DateTimeScalar, JsonObjectScalar, UuidScalar } from '../scalars.js';

@ObjectType({ simpleResolvers: true, description: 'Something an agent can do. Offered only where a persona enables it.' })
export class Tool {
  @Field(() => UuidScalar, { description: 'The id of the tool.' })
  declare id: string;

  @Field(() => String, { description: 'The name that models call it by.' })
  declare name: string;

  @Field(() => String, { description: 'What it does.' })
  declare description: string;

  @Field(() => String, { description: 'What kind of work it belongs to: `office`, `files`, `system` …' })
  declare category: string;

  @Field(() => Boolean, { description: 'Whether the platform brought it along.' })
  declare isBuiltin: boolean;

  @Field(() => String, { description: 'Where its code is; `builtin` for what the platform brought along.' })
  declare codeType: string;

  @Field(() => JsonObjectScalar, { description: 'Its name, description and the JSON Schema of its parameters, as a model is offered it.' })
  declare schema: Record<string, unknown>;

  @Field(() => JsonObjectScalar, { nullable: true, description: "The JSON Schema of a persona's settings for it; null when it has none." })
  declare configSchema: Record<string, unknown> | null;

  @Field(() => Boolean, { description: 'Whether doing it twice is the same as doing it once.' })
  declare idempotent: boolean;

  @Field(() => Boolean, { description: 'Whether a person has to say yes before each call, unless `needsApproval` in the settings of a persona says otherwise.' })
  declare needsApproval: boolean;

  @Field(() => DateTimeScalar, { description: 'When the platform first knew it.' })
  declare createdAt: Date;
}

export const ToolPage = PageOf('ToolPage', Tool, 'tools');

@ObjectType({ simpleResolvers: true, description: 'A tool that a search has found.' })
export class ToolMatch {
  @Field(() => UuidScalar, { description: 'The id of the tool.' })
  declare id: string;

  @Field(() => String, { description: 'The name that models call it by.' })
  declare name: string;

  @Field(() => String, { description: 'What it does.' })
  declare description: string;

  @Field(() => String, { description: 'What kind of work it belongs to.' })
  declare category: string;

  @Field(() => Float, { description: 'How near its meaning is to the query, 0 to 1. The order also counts words, so it need not fall evenly.' })
  declare similarity: number;
}

@ObjectType({ simpleResolvers: true, description: "A persona's permission to use a tool, and its settings for it." })
export class PersonaTool {
  @Field(() => UuidScalar, { description: 'The id of the permission.' })
  declare id: string;

  @Field(() => UuidScalar, { description: 'The id of the persona.' })
  declare personaId: string;

  @Field(() => UuidScalar, { description: 'The id of the tool.' })
  declare toolId: string;

  @Field(() => String, { description: 'The name of the tool.' })
  declare toolName: string;

  @Field(() => String, { description: 'What the tool does.' })
  declare toolDescription: string;

  @Field(() => Boolean, { description: 'Whether agents of the persona may use it.' })
  declare isEnabled: boolean;

  @Field(() => JsonObjectScalar, { description: "The persona's settings for the tool." })
  declare config: Record<string, unknown>;

  @Field(() => DateTimeScalar, { description: 'When it was given to the persona.' })
  declare createdAt: Date;

  @Field(() => DateTimeScalar, { description: 'When it was last changed.' })
  declare updatedAt: Date;
}

@ObjectType({ simpleResolvers: true, description: 'Someone who can answer an agent: a service or a server of language models.' })
export class ProviderInfo {
  @Field(() => String, { description: 'The name that personas use.' })
  declare name: string;

  @Field(() => String, { description: 'The model it is asked for.' })
  declare model: string;

  @Field(() => String, { nullable: true, description: 'What to set when it cannot be used.' })
  declare unavailable: string | null;
}
