import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { GraphQLError, getOperationAST, parse, validate, type ExecutionArgs, type ExecutionResult, type GraphQLSchema } from 'graphql';
import type { Context as SocketContext, ServerOptions, SubscribePayload } from 'graphql-ws';
import { useServer, type Extra } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import { viewerFromToken } from '../src/auth/auth.service.js';
import { onSessionEnded, viewerOfSession } from '../src/auth/sessions.js';
import { viewerFromTicket } from '../src/auth/socketTickets.js';
import type { Viewer } from '../src/auth/viewer.js';
import { PlatformError, unauthorized } from '../src/errors.js';
import { clientAddress } from '../src/limits/clientAddress.js';
import { takeRequest } from '../src/limits/limits.js';
import { createContext, type Context } from './context.js';
import { formatted, platformErrorOf } from './errors.js';
import { limits, validationRules } from './limits.js';
import { variableFaults } from './variables.js';
import { bearer } from './viewerOfRequest.js';

export interface GraphqlSockets {
  /** Takes the upgrade when its path is the one given. Gives false, and touches nothing, when it is another. */
  upgrade(req: IncomingMessage, socket: Duplex, head: Buffer): boolean;
  /** Tells all clients to come back later and waits until they are gone. */
  close(): Promise<void>;
}

export interface GraphqlSocketsOptions {
  /** `/graphql` unless given. */
  path?: string;
  /** Calls back with each session that ends, in whichever process; that of this process unless given. */
  onSessionEnd?: (listener: (sessionId: string) => void) => () => void;
}

/** graphql-ws's code for who may not be here, at the start and when a session ends. */
const forbiddenCode = 4403;
/** "Try again later", which the client does by itself. */
const tooManyCode = 1013;
const maxFrameBytes = 1_000_000;
const maxOperations = 100;

interface Parameters extends Record<string, unknown> {
  /** `Bearer <token>`, as the HTTP header has it; or the token alone as `token`. */
  authorization?: string;
  token?: string;
  /** A ticket instead; the connection then lives as long as its session. */
  ticket?: string;
}

type SessionExtra = Extra & { sessionId?: string } & Record<PropertyKey, unknown>;
type Connected = SocketContext<Parameters, SessionExtra>;

/** GraphQL over WebSockets, by the protocol graphql-transport-ws. A client says who it is in its connection parameters. */
export function createGraphqlSockets(schema: GraphQLSchema, options: GraphqlSocketsOptions = {}): GraphqlSockets {
  const { path = '/graphql', onSessionEnd = onSessionEnded } = options;
  const server = new WebSocketServer({ noServer: true, maxPayload: maxFrameBytes, perMessageDeflate: false });
  const connected = new Set<SessionExtra>();
  const stopListening = onSessionEnd((sessionId) => {
    for (const extra of connected) if (extra.sessionId === sessionId) refuse(extra, 'The session has ended');
  });
  const protocol = useServer<Parameters, SessionExtra>({ ...serverOptions(schema), ...bookkeeping(connected) }, server);
  return {
    upgrade(req, socket, head) {
      if (req.url!.split('?', 1)[0] !== path) return false;
      server.handleUpgrade(req, socket, head, (webSocket) => server.emit('connection', webSocket, req));
      return true;
    },
    async close() {
      stopListening();
      await protocol.dispose();
    },
  };
}

function bookkeeping(connected: Set<SessionExtra>): ServerOptions<Parameters, SessionExtra> {
  return {
    async onConnect({ connectionParams, extra }) {
      // Known before the token is looked at, so that a session that ends meanwhile is not missed.
      connected.add(extra);
      const viewer = await newcomer(connectionParams).catch(() => null);
      extra.sessionId = viewer?.sessionId;
      const allowance = await takeRequest(viewer, clientAddress(extra.request)).catch(() => null);
      if (!allowance) extra.socket.close(tooManyCode, 'Rate limit exceeded');
      return viewer !== null && allowance !== null;
    },
    onClose({ extra }) {
      connected.delete(extra);
    },
  };
}

const newcomer = (parameters: Parameters = {}): Promise<Viewer> =>
  typeof parameters.ticket === 'string' ? viewerFromTicket(parameters.ticket) : viewerOf(parameters);

function viewerOf({ authorization, token = bearer(authorization) }: Parameters = {}): Promise<Viewer> {
  return typeof token === 'string' ? viewerFromToken(token) : Promise.reject(unauthorized());
}

const refuse = (extra: Extra, reason: string) => extra.socket.close(forbiddenCode, reason);

function serverOptions(schema: GraphQLSchema): ServerOptions<Parameters, SessionExtra> {
  return {
    async onSubscribe(ctx, _id, payload) {
      const requestId = randomUUID();
      try {
        const viewer = await viewerNow(ctx);
        const address = clientAddress(ctx.extra.request);
        await takeRequest(viewer, address);
        return prepare(schema, payload, createContext(viewer, requestId, address), ctx);
      } catch (error) {
        return [new GraphQLError('', { originalError: platformErrorOf(error, requestId) })];
      }
    },
    onError: (_ctx, _id, _payload, errors) => errors.map((error) => formatted(platformErrorOf(error, ''), error)),
    onOperation: (_ctx, _id, _payload, _args, result) => (Symbol.asyncIterator in result ? endingWithError(result) : undefined),
    onNext: (_ctx, _id, _payload, { contextValue }, result) =>
      result.errors && {
        ...result,
        errors: result.errors.map((error) => formatted(platformErrorOf(error, (contextValue as Context).requestId), error)),
      } as never,
  };
}

/** A session may have ended, or its token run out, since the socket was opened. */
async function viewerNow({ connectionParams, extra }: Connected): Promise<Viewer> {
  try {
    // A ticket was used up when the socket was opened.
    return await (connectionParams?.ticket ? viewerOfSession(extra.sessionId!) : viewerOf(connectionParams));
  } catch (error) {
    refuse(extra, 'Authentication required');
    throw error;
  }
}

function prepare(schema: GraphQLSchema, payload: SubscribePayload, contextValue: Context, ctx: Connected): ExecutionArgs | GraphQLError[] {
  const { query, operationName } = payload;
  const variableValues = payload.variables ?? {};
  if (Object.keys(ctx.subscriptions).length > maxOperations) {
    throw new PlatformError('RATE_LIMIT_EXCEEDED', `A connection carries ${maxOperations} operations at most`);
  }
  const document = parse(query, { maxTokens: limits.tokens });
  const faults = validate(schema, document, validationRules);
  if (faults.length > 0) return [...faults];
  const operation = getOperationAST(document, operationName);
  if (!operation) throw new PlatformError('VALIDATION_ERROR', 'The query does not say which operation to run');
  const fault = variableFaults(schema, operation, variableValues);
  if (fault) throw fault;
  return { schema, document, operationName, variableValues, contextValue };
}

type Result = AsyncIterable<ExecutionResult> & Partial<AsyncIterator<ExecutionResult>>;

/** A stream that breaks says why and ends; otherwise graphql-ws would close the socket with all that is on it. */
function endingWithError(stream: unknown): AsyncGenerator<ExecutionResult> {
  const source = (stream as Result)[Symbol.asyncIterator]();
  let broken = false;
  return {
    async next() {
      if (broken) return { done: true, value: undefined };
      try {
        return await source.next();
      } catch (error) {
        broken = true;
        return { done: false, value: { errors: [new GraphQLError('', { originalError: error as Error })] } };
      }
    },
    async return() {
      await source.return?.();
      return { done: true, value: undefined };
    },
    async throw(error) {
      await source.return?.();
      throw error;
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  } as AsyncGenerator<ExecutionResult>;
}
