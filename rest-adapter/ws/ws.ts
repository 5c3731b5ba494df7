import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { GraphQLSchema } from 'graphql';
import { type WebSocket, WebSocketServer } from 'ws';
import { createContext } from '../../schema/context.js';
import { runOperation, subscribeOperation } from '../../schema/execute.js';
import { PlatformError, unauthorized } from '../../src/errors.js';
import { prepare, readOperations } from '../documents.js';
import { asPlatformError } from '../errors.js';
import type { RequestLimits } from '../limits.js';
import { bearerToken, type Viewer } from '../viewer.js';
import { Connection, type RunSource } from './connection.js';
import { CloseCode, errorFrame, longestFrame, type RunMessage } from './protocol.js';

export interface LiveSocketOptions {
  /** Who an access token belongs to; throws UNAUTHORIZED when it is not good. */
  viewerFromToken(token: string): Promise<Viewer> | Viewer;
  /** Who a ticket belongs to, which is used up with that; throws UNAUTHORIZED when it is not good. */
  viewerFromTicket(ticket: string): Promise<Viewer> | Viewer;
  /** Calls back with the id of each session that ends; gives a function that stops it. */
  onSessionEnd(listener: (sessionId: string) => void): () => void;
  /** Hears of what should never happen. */
  logError(error: unknown, requestId: string): void;
  /** What counts connections and the frames of clients; without it there may be any number. */
  limits?: RequestLimits;
  /** How often each client is asked for a sign of life, in milliseconds; 30,000 unless given. */
  heartbeat?: number;
}

export interface LiveSocket {
  /** Takes the upgrade to a WebSocket when its path is /ws. Gives false, and touches nothing, when it is another. */
  upgrade(req: IncomingMessage, socket: Duplex, head: Buffer): boolean;
  /** Tells all clients to come back later and waits until they are gone. */
  close(): Promise<void>;
}

/** The documented live protocol (PROTOCOL.md) over the subscription of a GraphQL schema. */
export const createLiveSocket = (schema: GraphQLSchema, options: LiveSocketOptions): LiveSocket => new Sockets(schema, options);

class Sockets implements LiveSocket {
  private readonly server = new WebSocketServer({ noServer: true, maxPayload: longestFrame, perMessageDeflate: false });
  /** The session that each signed-in socket belongs to. */
  private readonly sessions = new Map<WebSocket, string>();
  private readonly sourceOf: (viewer: Viewer, clientAddress: string) => RunSource;
  private readonly heartbeat: Heartbeat;
  private readonly stopListening: () => void;

  constructor(schema: GraphQLSchema, private readonly options: LiveSocketOptions) {
    this.sourceOf = createRunSource(schema);
    this.heartbeat = startHeartbeat(this.server, options.heartbeat ?? 30_000);
    this.stopListening = options.onSessionEnd((ended) => {
      for (const [socket, session] of this.sessions) if (session === ended) refuse(socket, unauthorized('The session has ended'));
    });
  }

  upgrade(req: IncomingMessage, socket: Duplex, head: Buffer): boolean {
    if (addressOf(req).path !== '/ws') return false;
    socket.on('error', () => socket.destroy());
    void this.accept(req, socket, head);
    return true;
  }

  async close(): Promise<void> {
    this.stopListening();
    this.heartbeat.stop();
    for (const socket of this.server.clients) socket.close(CloseCode.GoingAway, 'The server is going down');
    const overdue = setTimeout(() => this.server.clients.forEach((socket) => socket.terminate()), 2_000);
    await new Promise((resolve) => this.server.close(resolve));
    clearTimeout(overdue);
  }

  /** A refusal waits until the handshake is done: a browser cannot see the status of a failed one, only a close code. */
  private async accept(req: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const { viewer, error } = await this.admit(req);
    if (socket.destroyed) return;
    this.server.handleUpgrade(req, socket, head, (webSocket) => {
      // The library closes the socket after a frame that is too large or broken, with the code that says so.
      webSocket.on('error', () => {});
      this.heartbeat.watch(webSocket);
      if (error) refuse(webSocket, error);
      else this.open(webSocket, viewer, this.options.limits?.clientAddress(req) ?? '');
    });
  }

  /** Who connects, once the connection was counted: by user, or by address where token or ticket is not good. */
  private async admit(req: IncomingMessage): Promise<SignIn> {
    const { limits } = this.options;
    const signedIn = await signIn(req, this.options, this.explain);
    try {
      await limits?.takeRequest(signedIn.viewer ?? null, limits.clientAddress(req));
      return signedIn;
    } catch (error) {
      return { error: this.explain(error) };
    }
  }

  private open(socket: WebSocket, viewer: Viewer, clientAddress: string): void {
    const wire = {
      send: (text: string) => socket.send(text),
      close: (code: CloseCode, reason: string) => socket.close(code, reason),
      bufferedAmount: () => socket.bufferedAmount,
    };
    const connection = new Connection(wire, this.sourceOf(viewer, clientAddress), this.explain);
    this.sessions.set(socket, viewer.sessionId);
    socket.on('message', (data: Buffer, isBinary) => void this.receive(connection, isBinary ? data : data.toString(), viewer, clientAddress));
    socket.on('close', () => {
      this.sessions.delete(socket);
      connection.end();
    });
  }

  private async receive(connection: Connection, data: string | Uint8Array, viewer: Viewer, clientAddress: string): Promise<void> {
    try {
      await this.options.limits?.takeRequest(viewer, clientAddress);
      connection.receive(data);
    } catch (error) {
      connection.refuse(error);
    }
  }

  private readonly explain = (error: unknown): PlatformError => asPlatformError(error, randomUUID(), this.options.logError);
}

/** What a viewer may watch, through the operations of ws.graphql. */
function createRunSource(schema: GraphQLSchema): (viewer: Viewer, clientAddress: string) => RunSource {
  const operations = readOperations();
  const position = prepare(schema, operations, 'GetRunPosition');
  const events = prepare(schema, operations, 'RunEvents');
  return (viewer, clientAddress) => ({
    async position(runId) {
      const { run } = await runOperation(position, { runId }, createContext(viewer, randomUUID(), clientAddress));
      return run;
    },
    async watch(runId, since) {
      const stream = await subscribeOperation(events, { runId, since }, createContext(viewer, randomUUID(), clientAddress));
      return messagesOf(stream);
    },
  });
}

/** Takes the root field off each result. */
const messagesOf = (stream: AsyncIterator<Record<string, any>>): AsyncIterator<RunMessage> => ({
  async next() {
    const { done, value } = await stream.next();
    return done ? { done, value } : { done: false, value: value.runEvents };
  },
  async return() {
    await stream.return?.();
    return { done: true, value: undefined };
  },
});

type SignIn = { viewer: Viewer; error?: undefined } | { viewer?: undefined; error: PlatformError };

async function signIn(
  req: IncomingMessage,
  { viewerFromToken, viewerFromTicket }: LiveSocketOptions,
  explain: (error: unknown) => PlatformError,
): Promise<SignIn> {
  try {
    const { query } = addressOf(req);
    const ticket = query.get('ticket');
    return { viewer: await (ticket ? viewerFromTicket(ticket) : viewerFromToken(query.get('token') || bearerToken(req))) };
  } catch (error) {
    return { error: explain(error) };
  }
}

/** Says why, then closes: with 4401 when it is a matter of signing in, with 1013 when of asking too often. */
function refuse(socket: WebSocket, error: PlatformError): void {
  socket.send(JSON.stringify(errorFrame(error)));
  socket.close(closeCodes[error.code] ?? CloseCode.InternalError, error.message);
}

const closeCodes: Partial<Record<PlatformError['code'], CloseCode>> = {
  UNAUTHORIZED: CloseCode.Unauthorized,
  RATE_LIMIT_EXCEEDED: CloseCode.TryAgainLater,
};

interface Heartbeat {
  watch(socket: WebSocket): void;
  stop(): void;
}

/** Asks each client for a sign of life, and drops those that gave none since they were last asked. */
function startHeartbeat(server: WebSocketServer, interval: number): Heartbeat {
  const asked = new WeakSet<WebSocket>();
  const timer = setInterval(() => {
    for (const socket of server.clients) {
      if (asked.has(socket)) {
        socket.terminate();
      } else {
        asked.add(socket);
        socket.ping();
      }
    }
  }, interval);
  timer.unref();
  return {
    watch: (socket) => socket.on('pong', () => asked.delete(socket)),
    stop: () => clearInterval(timer),
  };
}

/** The path and the query string of a request. */
function addressOf(req: IncomingMessage): { path: string; query: URLSearchParams } {
  const [path, query] = req.url!.split('?', 2);
  return { path: path!, query: new URLSearchParams(query) };
}
