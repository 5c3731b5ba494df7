import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { GraphQLSchema } from 'graphql';
import { createContext } from '../schema/context.js';
import { type PreparedOperation, runOperation } from '../schema/execute.js';
import { admit } from './admission.js';
import { readBody } from './body.js';
import { prepare, readOperations } from './documents.js';
import { sendFile } from './download.js';
import { asPlatformError, sendError } from './errors.js';
import { incomingForm } from './form.js';
import { answerOnce, type ClaimKey, type Idempotency, idempotencyKeyOf, takesIdempotencyKey } from './idempotency.js';
import { type RequestLimits, showOwnLimit } from './limits.js';
import { createMatcher, isBelowPrefix } from './matching.js';
import { sendPieces } from './pieces.js';
import { sendJson, sendOptions } from './respond.js';
import type { Data, FileDescription, Route } from './route.js';
import { routes as documentedRoutes } from './routes.js';
import { type VariableReader, variableReader } from './variables.js';
import type { Viewer } from './viewer.js';

export interface RestAdapterOptions {
  /** Who an access token belongs to; throws UNAUTHORIZED when it is not good. */
  viewerFromToken(token: string): Promise<Viewer> | Viewer;
  /** The absolute path of an artifact's bytes. Called after the operation has allowed it. */
  openArtifact(artifact: FileDescription): Promise<string> | string;
  /** Hears of what should never happen; the answer carries the same request id and nothing else. */
  logError(error: unknown, requestId: string): void;
  /** What counts requests; without it there may be any number. */
  limits?: RequestLimits;
  /** What remembers answers by `Idempotency-Key`; without it the header is ignored. */
  idempotency?: Idempotency;
  /** Hears which route a request is for. */
  onMatch?(req: IncomingMessage, name: { route: string; operation: string; requestId: string }): void;
  /** What routes.ts lists, unless a test brings its own. */
  routes?: Route[];
}

/** Works as the listener of Node's own server and as a middleware of Express, before any body parser. */
export type RestAdapter = (req: IncomingMessage, res: ServerResponse, next: () => void) => void;

/** A route with all that can be settled before the first request. */
interface Endpoint {
  route: Route;
  operation: PreparedOperation;
  readVariables: VariableReader;
  takesBody: boolean;
  takesKey: boolean;
}

/**
 * The documented REST API over a GraphQL schema, in process: request → variables → operation → presenter → body.
 * Answers everything at and below `/api`; all else goes to `next`. Throws at once when a route does not fit its operation
 * or an operation not the schema.
 */
export function createRestAdapter(schema: GraphQLSchema, options: RestAdapterOptions): RestAdapter {
  const { routes = documentedRoutes, openArtifact, logError, limits, idempotency, onMatch } = options;
  const matcher = createMatcher(createEndpoints(schema, routes));

  async function answer(req: IncomingMessage, res: ServerResponse, requestId: string): Promise<void> {
    const { endpoint, parameters, queryString } = matcher.match(req.method!, req.url!);
    const { route, operation, readVariables, takesBody, takesKey } = endpoint;
    onMatch?.(req, { route: route.path, operation: route.operation, requestId });
    const address = limits?.clientAddress(req);
    const viewer = await admit(options, !route.auth, address ?? '', req, res);
    const key = idempotency && takesKey ? idempotencyKeyOf(req) : undefined;
    const body = takesBody ? await readBody(req, res) : undefined;
    const variables = readVariables(parameters, queryString, body);
    // A context of its own for each piece, so that rights are looked up again.
    const run = (more?: Data) => runOperation(operation, { ...variables, ...more }, createContext(viewer, requestId, address));
    if ('present' in route) {
      const work = async (claimKey?: ClaimKey) => {
        const claim = async (content: unknown) => claimKey?.([route.operation, parameters, content]);
        if (route.form) variables[route.form.file] = incomingForm(req, route.form, claim);
        else await claim(body);
        return { status: route.status as number, body: route.present(await run()) };
      };
      const asked = { viewer: viewer!, key: key! };
      const answering = key ? answerOnce(idempotency!, asked, res, work, (error) => logError(error, requestId)) : work();
      const { status, body: presented } = await (route.limit ? answering.finally(() => showOwnLimit(limits, route.limit!, viewer, res)) : answering);
      return sendJson(req, res, status, presented, requestId);
    }
    const data = await run();
    if ('piece' in route) return sendPieces(req, res, route.piece(data), async (next) => route.piece(await run(next)), requestId);
    const file = route.file(data);
    sendFile(req, res, file, await openArtifact(file), requestId, logError);
  }

  return (req, res, next) => {
    if (!isBelowPrefix(req.url!)) return next();
    const requestId = requestIdOf(req);
    const allowed = req.method === 'OPTIONS' ? matcher.allowed(req.url!) : [];
    if (allowed.length > 0) return sendOptions(res, allowed, requestId);
    answer(req, res, requestId).catch((error: unknown) => {
      sendError(req, res, asPlatformError(error, requestId, logError), requestId);
    });
  };
}

function createEndpoints(schema: GraphQLSchema, routes: Route[]): Endpoint[] {
  const operations = readOperations();
  return routes.map((route) => ({
    route,
    operation: prepare(schema, operations, route.operation),
    readVariables: variableReader(route, operations.get(route.operation)!),
    takesBody: Boolean(route.body ?? route.input),
    takesKey: takesIdempotencyKey(route),
  }));
}

/** A proxy's id goes on when it looks like one; otherwise a new one begins here. */
function requestIdOf({ headers }: IncomingMessage): string {
  const given = headers['x-request-id'];
  return typeof given === 'string' && /^[\w-]{1,64}$/.test(given) ? given : randomUUID();
}
