import { Field, Float, ObjectType } from 'type-graphql';
import { DateTimeScalar, UuidScalar } from '../scalars.js';

@ObjectType({ simpleResolvers: true, description: 'A file that a run made, kept as it was when its step was committed.' })
export class Artifact {
  @Field(() => UuidScalar, { description: 'The id of the artifact.' })
  declare id: string;

  @Field(() => UuidScalar, { description: 'The run that made it.' })
  declare runId: string;

  @Field(() => UuidScalar, { description: 'The step that made it.' })
  declare stepId: string;

  @Field(() => String, { description: 'The name of the file.' })
  declare name: string;

  @Field(() => String, { description: 'Where it lies in the workspace: `/workspace/…`.' })
  declare filePath: string;

  @Field(() => Float, { description: 'Its size in bytes, a whole number that an Int may be too small for.' })
  declare fileSize: number;

  @Field(() => String, { description: 'Its MIME type.' })
  declare mimeType: string;

  @Field(() => String, { description: 'The SHA-256 of its bytes, in hex.' })
  declare sha256: string;

  @Field(() => DateTimeScalar, { description: 'When it was made.' })
  declare createdAt: Date;
}
