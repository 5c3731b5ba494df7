import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { PlatformError, validationError } from '../src/errors.js';
import { logger } from '../src/logger.js';
import { fieldLabel, isRequired } from '../src/validation.js';

/**
 * The PlatformError that a client gets for what was thrown, or null when nobody foresaw it. What GraphQL itself found
 * wrong with a query becomes VALIDATION_ERROR.
 */
export function foreseen(thrown: unknown): PlatformError | null {
  const cause = causeOf(thrown);
  if (cause instanceof PlatformError) return cause;
  const [, argument, isNull] = (cause instanceof GraphQLError && badArgument.exec(cause.message)) || [];
  if (argument) return validationError({ [argument]: isNull ? isRequired(argument) : `${fieldLabel(argument)} has an invalid value` });
  if (cause instanceof GraphQLError && isAboutQuery(cause)) return new PlatformError('VALIDATION_ERROR', cause.message);
  if (unstorable.has(databaseCode(cause))) return validationError({ body: 'Text must not contain the character NUL' });
  return null;
}

/** A variable that may be null, for an argument that has a default and may not: seen by GraphQL only when it comes to the field. */
const badArgument = /^Argument "(\w+)" (?:(of non-null type .* must not be null)|has invalid value)/;

/** The same, where what nobody foresaw is logged and becomes INTERNAL_ERROR, which tells nothing. */
export function platformErrorOf(thrown: unknown, requestId: string): PlatformError {
  const known = foreseen(thrown);
  if (known) return known;
  const cause = causeOf(thrown);
  logger.error({ err: cause, requestId }, 'A request failed');
  if (typeof cause === 'object' && cause !== null) requestOf.set(cause, requestId);
  return internalError(requestId);
}

/** The request in which something was thrown that nobody foresaw. */
const requestOf = new WeakMap<object, string>();

/** Tells nothing but where to look in the log. */
const internalError = (requestId?: string) => new PlatformError('INTERNAL_ERROR', 'Internal server error', requestId ? { requestId } : undefined);

/** PostgreSQL's codes for text with a NUL, in a text and in JSON. It can only have been written out in a query: variables were looked at. */
const unstorable = new Set(['22021', '22P05']);

/** Objection wraps the driver's error, which has the code. */
function databaseCode(error: unknown): string {
  const { code, nativeError } = (error ?? {}) as { code?: string; nativeError?: { code?: string } };
  return nativeError?.code ?? code ?? '';
}

/** GraphQLErrors are wrapped once by the executor and sometimes again by a layer above it. */
function causeOf(thrown: unknown): unknown {
  let cause = thrown;
  while (cause instanceof GraphQLError && cause.originalError && !isAboutQuery(cause)) cause = cause.originalError;
  return cause;
}

/** Says where in the query it was found but not on the way to which result: it was found before anything ran. */
const isAboutQuery = (error: GraphQLError) => error.path === undefined && error.locations !== undefined;

/** A PlatformError as GraphQL clients get it: `extensions.code` and `extensions.details`. */
export function formatted(error: PlatformError, at: Pick<GraphQLFormattedError, 'locations' | 'path'> = {}): GraphQLFormattedError {
  const { message, code, details } = error;
  const { locations, path } = at;
  return { message, ...(locations && { locations }), ...(path && { path }), extensions: { code, ...(details && { details }) } };
}

/** What a server library made of a query that it could not take, such as an empty one. */
const refusedByLibrary = /^(BAD_|GRAPHQL_|OPERATION_|PERSISTED_)/;

/** A mutation by GET. */
const isOfMethod = (thrown: unknown) => (thrown as { extensions?: { http?: { status?: number } } }).extensions?.http?.status === 405;

/** Any error as Apollo Server sends it. It was logged before, with its request. */
export function formatError(sent: GraphQLFormattedError, thrown: unknown): GraphQLFormattedError {
  const refusal = refusedByLibrary.test(String(sent.extensions?.code)) && new PlatformError(isOfMethod(thrown) ? 'METHOD_NOT_ALLOWED' : 'VALIDATION_ERROR', sent.message);
  return formatted(foreseen(thrown) ?? (refusal || internalError(requestOf.get(causeOf(thrown) as object))), sent);
}
