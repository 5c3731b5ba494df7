import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { PageOf } from '../pagination.js';
import { DateTimeScalar, JsonObjectScalar, UuidScalar } from '../scalars.js';

export enum AuditCategory {
  action = 'action',
  access = 'access',
  error = 'error',
  system = 'system',
}

registerEnumType(AuditCategory, {
  name: 'AuditCategory',
  description: 'What kind of event it is.',
  valuesConfig: {
    action: { description: 'Somebody or a run changed or did something.' },
    access: { description: 'Somebody signed in or out, or was refused.' },
    error: { description: 'Something failed.' },
    system: { description: 'The system did something by itself.' },
  },
});

export enum ExportFormat {
  csv = 'csv',
  ndjson = 'ndjson',
}

registerEnumType(ExportFormat, {
  name: 'ExportFormat',
  description: 'How an export is written.',
  valuesConfig: {
    csv: { description: 'Comma-separated values with a head, for spreadsheets.' },
    ndjson: { description: 'One JSON object a line.' },
  },
});

@ObjectType({ simpleResolvers: true, description: 'Something that happened. Rows are only ever added, each chained by its hash to the one before.' })
export class AuditLog {
  @Field(() => UuidScalar, { description: 'The id of the row.' })
  declare id: string;

  @Field(() => UuidScalar, { nullable: true, description: 'Who did it; null for the system.' })
  declare userId: string | null;

  @Field(() => String, { nullable: true, description: 'Their name at that time.' })
  declare userName: string | null;

  @Field(() => UuidScalar, { nullable: true, description: 'The persona it is about; it may be gone.' })
  declare personaId: string | null;

  @Field(() => String, { nullable: true, description: 'The name of the persona at that time.' })
  declare personaName: string | null;

  @Field(() => UuidScalar, { nullable: true, description: 'The run it is about; it may be gone.' })
  declare runId: string | null;

  @Field(() => String, { description: 'What happened, in a word: `login`, `persona_created`, `tool_call` …' })
  declare eventType: string;

  @Field(() => AuditCategory, { description: 'What kind of event it is.' })
  declare eventCategory: AuditCategory;

  @Field(() => String, { description: 'What happened, in a sentence.' })
  declare description: string;

  @Field(() => JsonObjectScalar, { description: 'What belongs to it; the keys depend on `eventType`.' })
  declare metadata: Record<string, unknown>;

  @Field(() => DateTimeScalar, { description: 'When it happened.' })
  declare createdAt: Date;

  @Field(() => Int, { description: 'Its number in the chain, from 1 without gap, in the order in which it was committed.' })
  declare seq: number;

  @Field(() => String, { description: 'The hash of the row before it in the chain.' })
  declare previousHash: string;

  @Field(() => String, { description: 'SHA-256 over the row and the hash of the row before it.' })
  declare hash: string;
}

export const AuditLogPage = PageOf('AuditLogPage', AuditLog, 'the audit log');

@ObjectType({ simpleResolvers: true, description: 'A piece of an export of the audit log; the pieces in a row are the file.' })
export class AuditExport {
  @Field(() => String, { description: 'What the file is to be called.' })
  declare fileName: string;

  @Field(() => String, { description: 'The media type of the file.' })
  declare mimeType: string;

  @Field(() => String, { description: 'The text of this piece.' })
  declare text: string;

  @Field(() => Int, { description: 'What to give as `after` for the next piece.' })
  declare lastSeq: number;

  @Field(() => Boolean, { description: 'Whether there is no more at present.' })
  declare isLast: boolean;
}

@ObjectType({ simpleResolvers: true, description: 'How many events there were in one interval.' })
export class AuditPoint {
  @Field(() => DateTimeScalar, { description: 'When the interval begins.' })
  declare start: Date;

  @Field(() => Int, { description: 'All events.' })
  declare total: number;

  @Field(() => Int, { description: 'Those of the category `action`.' })
  declare action: number;

  @Field(() => Int, { description: 'Those of the category `access`.' })
  declare access: number;

  @Field(() => Int, { description: 'Those of the category `error`.' })
  declare error: number;

  @Field(() => Int, { description: 'Those of the category `system`.' })
  declare system: number;
}
