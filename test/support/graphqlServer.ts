import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import type { GraphQLSchema } from 'graphql';
import { createClient, type Client } from 'graphql-ws';
import { WebSocket } from 'ws';
import { createSchema } from '../../schema/index.js';
import { createGraphqlRouter } from '../../schema/server.js';
import { createGraphqlSockets } from '../../schema/sockets.js';
import { setLimits } from './limits.js';

/** GraphQL over HTTP and sockets on a free port, with nothing beside it. */
export interface GraphqlServer {
  url: string;
  /** Sends a query and gives the status and the answer. */
  post(query: string, options?: { variables?: object; token?: string }): Promise<{ status: number; body: any }>;
  /** A client of the sockets; `closed` gets the codes of connections that were closed. */
  connect(params: Record<string, unknown>): { client: Client; closed: Promise<{ code: number; reason: string }> };
  close(): Promise<void>;
}

export async function startGraphqlServer(schema: GraphQLSchema = createSchema()): Promise<GraphqlServer> {
  setLimits();
  const { router, stop } = await createGraphqlRouter(schema);
  const sockets = createGraphqlSockets(schema);
  const server = createServer(express().use('/graphql', router));
  server.on('upgrade', (req, socket, head) => sockets.upgrade(req, socket, head) || socket.destroy());
  const port = await listen(server);
  const url = `http://127.0.0.1:${port}/graphql`;
  return {
    url,
    async post(query, { variables, token } = {}) {
      const headers = { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) };
      const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ query, variables }) });
      return { status: response.status, body: await response.json() };
    },
    connect: (connectionParams) => connect(url.replace('http', 'ws'), connectionParams),
    async close() {
      await sockets.close();
      await stop();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function connect(url: string, connectionParams: Record<string, unknown>): ReturnType<GraphqlServer['connect']> {
  let tell: (event: { code: number; reason: string }) => void;
  const closed = new Promise<{ code: number; reason: string }>((resolve) => (tell = resolve));
  const on = { closed: (event: unknown) => tell(event as { code: number; reason: string }) };
  const client = createClient({ url, webSocketImpl: WebSocket, connectionParams, retryAttempts: 0, lazy: true, onNonLazyError: () => {}, on });
  return { client, closed };
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)));
}
