import { Field, ObjectType, registerEnumType } from 'type-graphql';
import { PageOf } from '../pagination.js';
import { DateTimeScalar, UuidScalar } from '../scalars.js';

export enum PersonaRole {
  owner = 'owner',
  editor = 'editor',
  viewer = 'viewer',
}

registerEnumType(PersonaRole, {
  name: 'PersonaRole',
  description: 'What someone may do with a persona.',
  valuesConfig: {
    owner: { description: 'Everything, sharing and deleting included.' },
    editor: { description: 'Changes it and works with it: agents, tools, memory, connectors, runs.' },
    viewer: { description: 'Reads, watches and searches its memory.' },
  },
});

@ObjectType({ simpleResolvers: true, description: 'A system prompt, a provider and its fallbacks; owns agents, tools, memory, connectors and a workspace.' })
export class Persona {
  @Field(() => UuidScalar, { description: 'The id of the persona.' })
  declare id: string;

  @Field(() => String, { description: 'What it is called.' })
  declare name: string;

  @Field(() => String, { nullable: true, description: 'What it is for.' })
  declare description: string | null;

  @Field(() => String, { description: 'What its agents are told before everything else.' })
  declare systemPrompt: string;

  @Field(() => UuidScalar, { description: 'The id of the user it belongs to.' })
  declare ownerId: string;

  @Field(() => String, { description: 'The name of the user it belongs to.' })
  declare ownerName: string;

  @Field(() => String, { description: 'The provider that is asked first.' })
  declare defaultProvider: string;

  @Field(() => [String], { description: 'The providers that are asked when it fails, in this order.' })
  declare fallbackProviders: string[];

  @Field(() => Boolean, { description: 'False when it takes no runs.' })
  declare isActive: boolean;

  @Field(() => String, { nullable: true, description: 'The container that holds its workspace, where there is one.' })
  declare containerId: string | null;

  @Field(() => PersonaRole, { description: 'What the viewer may do with it.' })
  declare viewerRole: PersonaRole;

  @Field(() => DateTimeScalar, { description: 'When it was made.' })
  declare createdAt: Date;

  @Field(() => DateTimeScalar, { description: 'When it was last changed.' })
  declare updatedAt: Date;
}

export const PersonaPage = PageOf('PersonaPage', Persona, 'personas');
