import { randomUUID } from 'node:crypto';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import express from 'express';
import { createDocs } from '../../rest-adapter/docs.js';
import { asPlatformError, sendError } from '../../rest-adapter/errors.js';
import { createRestAdapter } from '../../rest-adapter/index.js';
import { createLiveSocket } from '../../rest-adapter/ws/ws.js';
import { createSchema } from '../../schema/index.js';
import { createGraphqlRouter } from '../../schema/server.js';
import { createGraphqlSockets } from '../../schema/sockets.js';
import { viewerFromToken } from '../auth/auth.service.js';
import { viewerFromTicket } from '../auth/socketTickets.js';
import { notFound } from '../errors.js';
import { countSocket } from '../health/metrics.js';
import { nameRequest, observeRequest } from '../health/requests.js';
import { begin, finish, forget, startPurging } from '../idempotency/idempotency.service.js';
import { clientAddress } from '../limits/clientAddress.js';
import { allowanceLeft, takeRequest } from '../limits/limits.js';
import { live } from '../live/live.js';
import { logger } from '../logger.js';
import { traceRequest } from '../tracing/requests.js';
import { createClientFiles } from './clientFiles.js';
import type { Platform } from './compose.js';
import { createHealthDoor } from './healthDoor.js';

export type Answer = (req: IncomingMessage, res: ServerResponse) => void;

/** Everything that speaks to clients. */
export interface Doors {
  answer: Answer;
  /** Tells the clients of all sockets that the server goes away, and waits until they are gone. */
  close(): Promise<void>;
}

const logError = (error: unknown, requestId: string) => logger.error({ err: error, requestId }, 'A request failed');

/** Opens REST, `/ws` and GraphQL over the one schema, and the web client beside them. What none of them knows is 404, as JSON. */
export async function openDoors(http: Server, platform: Platform, metricsToken?: string): Promise<Doors> {
  const schema = createSchema();
  const limits = { clientAddress, takeRequest, allowanceLeft };
  const rest = createRestAdapter(schema, {
    viewerFromToken,
    openArtifact: ({ sha256 }) => {
      if (!sha256) throw notFound('File');
      return platform.artifacts.pathOf(sha256);
    },
    logError,
    limits,
    idempotency: { begin, finish, forget },
    onMatch: nameRequest,
  });
  const docs = createDocs(schema, logError);
  const health = createHealthDoor({ providers: platform.providers.all, metricsToken, logError });
  const graphql = await createGraphqlRouter(schema);
  const client = createClientFiles();
  const app = express().disable('x-powered-by').use('/graphql', graphql.router).use(client, answerOther, answerError);
  const onSessionEnd = (listener: (sessionId: string) => void) => live().onSessionEnd(listener);
  const sockets = [createLiveSocket(schema, { viewerFromToken, viewerFromTicket, onSessionEnd, logError, limits }), createGraphqlSockets(schema, { onSessionEnd })];
  http.on('upgrade', (req, socket, head) => {
    if (sockets.some((door) => door.upgrade(req, socket, head))) countSocket(req.url!.split('?', 1)[0]!, socket);
    else socket.end('HTTP/1.1 404 Not Found\r\nconnection: close\r\n\r\n');
  });
  const stopPurging = startPurging();
  return {
    answer: (req, res) => {
      observeRequest(req, res);
      traceRequest(req, res, () => docs(req, res, () => rest(req, res, () => health(req, res, () => app(req, res)))));
    },
    close: async () => {
      stopPurging();
      await Promise.all([...sockets.map((door) => door.close()), graphql.stop()]);
    },
  };
}

/** What is neither the API nor the client. */
function answerOther(req: IncomingMessage, res: ServerResponse): void {
  sendError(req, res, notFound('Page'), randomUUID());
}

/** Express itself would answer with HTML and a stack. It knows this handler by its four parameters. */
function answerError(error: unknown, req: IncomingMessage, res: ServerResponse, _next: unknown): void {
  const requestId = randomUUID();
  sendError(req, res, asPlatformError(error, requestId, logError), requestId);
}
