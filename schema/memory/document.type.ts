import { Field, Float, Int, ObjectType, registerEnumType } from 'type-graphql';
import { PageOf } from '../pagination.js';
import { DateTimeScalar, JsonObjectScalar, UuidScalar } from '../scalars.js';

enum DocumentStatus {
  processing = 'processing',
  completed = 'completed',
  failed = 'failed',
}

registerEnumType(DocumentStatus, {
  name: 'DocumentStatus',
  description: 'How far a document is.',
  valuesConfig: {
    processing: { description: 'It is being read; it is not found yet.' },
    completed: { description: 'It is found.' },
    failed: { description: 'It could not be read; `errorMessage` says why.' },
  },
});

@ObjectType({ simpleResolvers: true, description: "A file in a persona's memory." })
export class Document {
  @Field(() => UuidScalar, { description: 'The id of the document.' })
  declare id: string;

  @Field(() => UuidScalar, { description: 'The persona whose memory it is in.' })
  declare personaId: string;

  @Field(() => String, { description: 'What it is called.' })
  declare name: string;

  @Field(() => String, { description: '`upload` for a file that someone brought, `note` for what an agent was told to remember.' })
  declare source: string;

  @Field(() => Int, { description: 'Its size in bytes.' })
  declare fileSize: number;

  @Field(() => String, { description: 'Its MIME type, by its bytes.' })
  declare mimeType: string;

  @Field(() => DocumentStatus, { description: 'How far it is.' })
  declare status: DocumentStatus;

  @Field(() => String, { nullable: true, description: 'Why it failed; null when it did not.' })
  declare errorMessage: string | null;

  @Field(() => Int, { description: 'How many passages it was cut into; 0 until it is completed.' })
  declare chunkCount: number;

  @Field(() => UuidScalar, { nullable: true, description: 'Who brought it; null when that account is gone.' })
  declare uploadedBy: string | null;

  @Field(() => String, { nullable: true, description: 'Their name.' })
  declare uploadedByName: string | null;

  @Field(() => DateTimeScalar, { description: 'When it was brought.' })
  declare createdAt: Date;

  @Field(() => DateTimeScalar, { description: 'When it was last changed.' })
  declare updatedAt: Date;
}

export const DocumentPage = PageOf('DocumentPage', Document, 'documents');

@ObjectType({ simpleResolvers: true, description: 'A passage of a document that a search has found.' })
export class MemoryMatch {
  @Field(() => UuidScalar, { description: 'The id of the passage.' })
  declare chunkId: string;

  @Field(() => UuidScalar, { description: 'The id of its document.' })
  declare documentId: string;

  @Field(() => String, { description: 'The name of its document.' })
  declare documentName: string;

  @Field(() => String, { description: 'The passage.' })
  declare text: string;

  @Field(() => Float, { description: 'How near its meaning is to the query, 0 to 1. The order also counts words, so it need not fall evenly.' })
  declare similarity: number;

  @Field(() => JsonObjectScalar, {
    description: '`page` (or slide, where the format knows them), `chunkIndex` (its place in the document, from 0) and `headings` (those it stands under).',
  })
  declare metadata: Record<string, unknown>;
}

@ObjectType({ simpleResolvers: true, description: 'A passage of a document, as it can be found.' })
export class Passage {
  @Field(() => UuidScalar, { description: 'The id of the passage.' })
  declare id: string;

  @Field(() => String, { description: 'The passage.' })
  declare text: string;

  @Field(() => JsonObjectScalar, { description: '`page`, `chunkIndex` and `headings`, as with a match of a search.' })
  declare metadata: Record<string, unknown>;
}

export const PassagePage = PageOf('PassagePage', Passage, 'passages');

@ObjectType({ simpleResolvers: true, description: 'What memory takes.' })
export class UploadRules {
  @Field(() => Int, { description: 'The most bytes that one file may have.' })
  declare maxBytes: number;

  @Field(() => [String], { description: 'How names of files that it reads end, without the dot. Other files are taken too when they are plain text.' })
  declare extensions: string[];
}
