import { GraphQLError, GraphQLScalarType } from 'graphql';
import type { IncomingFile } from '../../src/memory/incomingFile.js';

/**
 * A file that a client is sending. The adapter that receives the request makes one within this process and gives it to the
 * operation as a variable; nothing that comes over a wire as JSON or as text of a query can become one.
 */
export class Upload implements IncomingFile {
  constructor(readonly receive: IncomingFile['receive']) {}
}

const refuse = (): never => {
  throw new GraphQLError('must be a file of a form');
};

export const UploadScalar = new GraphQLScalarType<Upload, never>({
  name: 'Upload',
  description: 'A file, sent as the form field `file` to `POST /api/personas/:personaId/memory/upload`. It cannot be written in a query or in JSON.',
  extensions: { jsonSchema: { type: 'string', contentMediaType: 'application/octet-stream' } },
  serialize: refuse,
  parseValue: (value) => (value instanceof Upload ? value : refuse()),
  parseLiteral: refuse,
});
