import { GraphQLScalarType, Kind } from 'graphql';
import { DateTimeScalar } from '../scalars.js';

const day = /^\d{4}-\d{2}-\d{2}$/;
const lastOfDay = 24 * 60 * 60 * 1000 - 1;

function parseEnd(value: unknown): Date {
  const date = DateTimeScalar.parseValue(value);
  return typeof value === 'string' && day.test(value) ? new Date(date.getTime() + lastOfDay) : date;
}

/** Where a window of time ends. Whoever names a day means all of it. */
export const EndDateScalar = new GraphQLScalarType<Date, string>({
  name: 'EndDate',
  description: 'The last moment that counts, in ISO 8601: `2025-01-28T12:00:00Z`, or a day such as `2025-01-28`, which counts to its end in UTC.',
  extensions: { jsonSchema: { type: 'string', anyOf: [{ format: 'date-time' }, { format: 'date' }] } },
  serialize: (value) => DateTimeScalar.serialize(value),
  parseValue: parseEnd,
  parseLiteral: (node) => parseEnd(node.kind === Kind.STRING ? node.value : undefined),
});
