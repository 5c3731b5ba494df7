import { GraphQLError, GraphQLScalarType, Kind, type ValueNode } from 'graphql';
import { GraphQLJSONObject } from 'graphql-scalars';

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

function parseUuid(value: unknown): string {
  // The database answers in lower case, and ids are compared as text.
  if (typeof value === 'string' && uuidPattern.test(value)) return value.toLowerCase();
  throw new GraphQLError('must be a UUID');
}

/** An id. Anything else than 36 characters of a UUID is refused before a resolver sees it. */
export const UuidScalar = new GraphQLScalarType<string, string>({
  name: 'UUID',
  description: 'An id: a UUID such as `3f0c2a52-9a52-4f0e-8a0f-6f1f3f8f0a11`.',
  extensions: { jsonSchema: { type: 'string', format: 'uuid' } },
  serialize: (value) => value as string,
  parseValue: parseUuid,
  parseLiteral: (node) => parseUuid(stringOf(node)),
});

const isoPattern = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2}))?$/;

function parseDateTime(value: unknown): Date {
  if (value instanceof Date) return value;
  const date = typeof value === 'string' && isoPattern.test(value) && isDay(value.slice(0, 10)) ? new Date(value) : undefined;
  if (!date || Number.isNaN(date.getTime())) throw new GraphQLError('must be an ISO 8601 date');
  return date;
}

/** Whether the calendar has the day: JavaScript takes 30 February for 2 March. */
function isDay(text: string): boolean {
  const date = new Date(text);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

/** A moment. Rows bring a Date, JSON made by the database brings text with microseconds; both leave the same. */
export const DateTimeScalar = new GraphQLScalarType<Date, string>({
  name: 'DateTime',
  description: 'A moment in ISO 8601 with milliseconds, in UTC: `2025-01-28T12:00:00.000Z`.',
  extensions: { jsonSchema: { type: 'string', format: 'date-time' } },
  serialize: (value) => (value instanceof Date ? value : new Date(value as string)).toISOString(),
  parseValue: parseDateTime,
  parseLiteral: (node) => parseDateTime(stringOf(node)),
});

const stringOf = (node: ValueNode) => (node.kind === Kind.STRING ? node.value : undefined);

/** An open object. */
export const JsonObjectScalar = new GraphQLScalarType({
  ...GraphQLJSONObject.toConfig(),
  description: 'A JSON object with any keys.',
  extensions: { jsonSchema: { type: 'object' } },
  specifiedByURL: null,
});
