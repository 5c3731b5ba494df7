import { type ErrorCode, errorStatus } from '../../src/errors.js';
import type { JsonSchema } from './jsonSchema.js';

/** What each status means, and an example of its body as the documentation has it. */
const meanings: Record<number, { description: string; error: string; details?: object }> = {
  400: { description: 'The request is wrong; `details` says what about which field.', error: 'Validation error', details: { name: 'Name is required' } },
  401: { description: 'No valid access token, or wrong credentials.', error: 'Authentication required' },
  403: { description: 'It is there, but not for this user.', error: 'Access denied' },
  404: { description: 'There is no such thing.', error: 'Persona not found' },
  405: { description: 'The path does not take this method; `Allow` says which it takes.', error: 'PATCH is not allowed here' },
  409: { description: 'It is there already, its present state does not allow this, or somebody else has changed it meanwhile.', error: 'The run is completed and cannot be cancelled' },
  413: { description: 'The body is too large.', error: 'The body is larger than 1048576 bytes' },
  415: { description: 'The body is not of a type that the route takes.', error: 'The body must have the content type application/json' },
  422: { description: 'The `Idempotency-Key` was used before with another request.', error: 'The Idempotency-Key was used before with another request' },
  429: { description: 'Too many requests; try again after `retryAfter` seconds.', error: 'Rate limit exceeded' },
  500: { description: 'An error of ours. The log has more under the request id.', error: 'Internal server error' },
  503: { description: 'Something that the platform needs does not answer; try again later.', error: 'The server is starting' },
};

const codesOf = (status: number) => (Object.keys(errorStatus) as ErrorCode[]).filter((code) => errorStatus[code] === status);

/** The documented body of every error. */
export const errorSchemas: JsonSchema = {
  Error: {
    type: 'object',
    description: 'The body of every error, but that of too many requests.',
    properties: {
      error: { type: 'string', description: 'What went wrong, for people.' },
      code: { type: 'string', enum: Object.keys(errorStatus).filter((code) => code !== 'RATE_LIMIT_EXCEEDED'), description: 'What went wrong, for programs.' },
      details: { type: 'object', description: 'More about it, such as one sentence for each field at fault.' },
    },
    required: ['error', 'code'],
    additionalProperties: false,
  },
  RateLimitError: {
    type: 'object',
    description: 'Too many requests within a minute.',
    properties: {
      error: { type: 'string', description: 'What went wrong, for people.' },
      code: { type: 'string', const: 'RATE_LIMIT_EXCEEDED' },
      retryAfter: { type: 'integer', minimum: 1, description: 'After how many seconds to try again.' },
    },
    required: ['error', 'code', 'retryAfter'],
    additionalProperties: false,
  },
};

const nameOf = (status: number) => `Error${status}`;

/** The answers that routes refer to, by name. */
export function errorResponses(): JsonSchema {
  return Object.fromEntries(Object.entries(meanings).map(([status, { description, error, details }]) => {
    const codes = codesOf(Number(status));
    const schema = { $ref: `#/components/schemas/${status === '429' ? 'RateLimitError' : 'Error'}` };
    const more = status === '429' ? { retryAfter: 60 } : status === '500' ? { details: { requestId: '6b1e…' } } : details && { details };
    const example = { error, code: codes[0], ...more };
    const headers = headersOf[status];
    return [nameOf(Number(status)), {
      description: `${description} \`code\`: ${codes.map((code) => `\`${code}\``).join(', ')}.`,
      ...(headers && { headers }),
      content: { 'application/json': { schema, example } },
    }];
  }));
}

const headersOf: Record<string, JsonSchema> = {
  401: { 'WWW-Authenticate': { schema: { type: 'string' }, description: 'How to say who one is: `Bearer`.' } },
  429: { 'Retry-After': { schema: { type: 'integer', minimum: 1 }, description: 'After how many seconds to try again.' } },
};

/** The entries of an operation's `responses` for these statuses. */
export const errorReferences = (statuses: number[]): JsonSchema =>
  Object.fromEntries(statuses.map((status) => [status, { $ref: `#/components/responses/${nameOf(status)}` }]));
