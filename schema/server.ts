import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import { ApolloServerPluginCacheControlDisabled, ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled';
import { expressMiddleware } from '@as-integrations/express5';
import express, { Router, type ErrorRequestHandler, type Response } from 'express';
import { GraphQLError, type GraphQLSchema, Kind, type OperationDefinitionNode } from 'graphql';
import { PlatformError } from '../src/errors.js';
import { nameRequest } from '../src/health/requests.js';
import { clientAddress } from '../src/limits/clientAddress.js';
import type { Allowance } from '../src/limits/limiter.js';
import { takeRequest } from '../src/limits/limits.js';
import { traced } from '../src/tracing/tracing.js';
import { createContext, type Context } from './context.js';
import { drain } from './drain.js';
import { foreseen, formatError, formatted, platformErrorOf } from './errors.js';
import { limits, sizeRules } from './limits.js';
import { createPlayground } from './playground.js';
import { variableFaults } from './variables.js';
import { viewerOfRequest } from './viewerOfRequest.js';

/** The largest request in bytes; a system prompt may have 100,000 characters. */
const bodyLimit = 1_000_000;

interface HttpContext extends Context {
  req: IncomingMessage;
}

/** Checks variables before anything runs, so that faults are named by field, and logs what nobody foresaw. */
const requestPlugin: ApolloServerPlugin<HttpContext> = {
  async requestDidStart() {
    let end = (_errors?: readonly GraphQLError[]) => {};
    return {
      async didResolveOperation({ schema, operation, request, contextValue }) {
        if (!operation) return;
        end = beginSpan(operation);
        nameRequest(contextValue.req, { route: '/graphql', operation: rootFieldOf(operation), requestId: contextValue.requestId });
        const fault = operation.operation === 'subscription' ? overSockets : variableFaults(schema, operation, request.variables ?? {});
        if (fault) throw new GraphQLError(fault.message, { originalError: fault, extensions: { http: { status: fault.status } } });
      },
      async didEncounterErrors({ errors, contextValue }) {
        for (const error of errors) if (!isLibrarys(error)) platformErrorOf(error, contextValue.requestId);
      },
      async willSendResponse({ errors }) {
        end(errors);
      },
    };
  },
};

/** Begins the span of an operation; gives what ends it. */
function beginSpan(operation: OperationDefinitionNode): (errors?: readonly GraphQLError[]) => void {
  let end = (_errors?: readonly GraphQLError[]) => {};
  const name = rootFieldOf(operation);
  const attributes = { 'graphql.operation.type': operation.operation, 'graphql.operation.name': name };
  void traced(`${operation.operation} ${name}`, { attributes }, (span) => new Promise<void>((ended) => {
    end = (errors) => {
      if (errors?.length) span.fail(foreseen(errors[0])?.code ?? 'INTERNAL_ERROR');
      ended();
    };
  }));
  return (errors) => end(errors);
}

/** The root field of an operation: unlike the name that a client gives it, there are only so many. */
function rootFieldOf({ selectionSet: { selections } }: OperationDefinitionNode): string {
  const [first] = selections;
  return selections.length === 1 && first!.kind === Kind.FIELD ? first!.name.value : 'several';
}

/** Apollo Server would resolve its fields once, as those of a query. */
const overSockets = new PlatformError('VALIDATION_ERROR', 'A subscription needs a WebSocket of the protocol graphql-transport-ws at this path');

const isLibrarys = (error: GraphQLError) => foreseen(error) === null && error.extensions.code !== undefined;

/**
 * GraphQL over HTTP at the path where the router is mounted, which is meant to be `/graphql`: POST for requests, GET for
 * queries with a header against CSRF, and for browsers the playground.
 */
export async function createGraphqlRouter(schema: GraphQLSchema): Promise<{ router: Router; stop(): Promise<void> }> {
  const server = new ApolloServer<HttpContext>({
    schema,
    introspection: true,
    csrfPrevention: true,
    parseOptions: { maxTokens: limits.tokens },
    validationRules: sizeRules,
    hideSchemaDetailsFromClientErrors: false,
    includeStacktraceInErrorResponses: false,
    persistedQueries: false,
    stopOnTerminationSignals: false,
    formatError,
    // Cache control would wrap every field of the schema to look for hints that there are none of.
    plugins: [ApolloServerPluginLandingPageDisabled(), ApolloServerPluginCacheControlDisabled(), requestPlugin],
  });
  await server.start();
  const router = Router();
  router.use(createPlayground());
  router.all('/', onlyAllowed, admit, express.json({ limit: bodyLimit }), withBody, expressMiddleware(server, { context: async ({ res }) => res.locals.context }));
  router.use(answerError);
  return { router, stop: () => server.stop() };
}

/** Apollo Server would say that another method has no header against CSRF. */
const onlyAllowed: express.RequestHandler = ({ method }, res, next) => {
  if (method === 'GET' || method === 'POST') return next();
  res.set('allow', 'GET, POST');
  throw new PlatformError('METHOD_NOT_ALLOWED', `${method} is not allowed here`);
};

/** Finds out who asks, and counts the request before its body is read. */
const admit: express.RequestHandler = async (req, res, next) => {
  const viewer = await viewerOfRequest(req.headers.authorization);
  const address = clientAddress(req);
  showAllowance(res, await takeRequest(viewer, address));
  res.locals.context = { ...createContext(viewer, randomUUID(), address), req };
  next();
};

/** The headers that REST has. */
const showAllowance = (res: Response, { limit, remaining, resetAt }: Allowance) =>
  res.set({ 'x-ratelimit-limit': `${limit}`, 'x-ratelimit-remaining': `${remaining}`, 'x-ratelimit-reset': `${resetAt}` });

/** A body of another type was left unread: Apollo Server then says what it takes. */
const withBody: express.RequestHandler = (req, _res, next) => {
  req.body ??= {};
  next();
};

/** What is wrong before GraphQL begins: too many requests, a body that is no JSON, or too large. */
const answerError: ErrorRequestHandler = (error: { status?: number; type?: string }, req, res, next) => {
  if (res.headersSent) return next(error);
  drain(req);
  const fault = bodyFaults[error.type ?? ''] ?? platformErrorOf(error, randomUUID());
  if (fault.code === 'RATE_LIMIT_EXCEEDED') showAllowance(res.set('retry-after', `${fault.details!.retryAfter}`), fault.details as unknown as Allowance);
  res.status(fault.status).json({ errors: [formatted(fault)] });
};

const bodyFaults: Record<string, PlatformError> = {
  'entity.parse.failed': new PlatformError('VALIDATION_ERROR', 'The body is not valid JSON'),
  'entity.too.large': new PlatformError('PAYLOAD_TOO_LARGE', `The body is larger than ${bodyLimit} bytes`),
  'charset.unsupported': new PlatformError('UNSUPPORTED_MEDIA_TYPE', 'The body must be UTF-8'),
  'encoding.unsupported': new PlatformError('UNSUPPORTED_MEDIA_TYPE', 'The encoding of the body is not known'),
  'request.aborted': new PlatformError('VALIDATION_ERROR', 'The body is cut off'),
  'request.size.invalid': new PlatformError('VALIDATION_ERROR', 'The body is cut off'),
};
