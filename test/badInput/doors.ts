import { WebSocket } from 'ws';
import { routes } from '../../rest-adapter/routes.js';
import type { Route } from '../../rest-adapter/route.js';
import { createSchema } from '../../schema/index.js';
import { type Everything, makeEverything, realPath } from '../rest-adapter/everything.js';
import { Client } from '../rest-adapter/ws/client.js';
import { type GraphqlServer, startGraphqlServer } from '../support/graphqlServer.js';
import { type Answer, type SendOptions, sendTo } from '../support/listen.js';
import { type TestServer, useServer } from '../support/server.js';

/** Every way in, and a world behind it: what the bad inputs are sent through. */
export interface Doors {
  server: TestServer;
  graphql: GraphqlServer;
  world: Everything;
  /** Sends something to a route as someone who may, with real ids in the path. */
  send(route: Pick<Route, 'method' | 'path' | 'auth'>, options?: SendOptions & { query?: string; ids?: Record<string, string> }): Promise<Answer>;
  /** Sends something to GraphQL over HTTP, exactly as it is given. */
  sendGraphql(token: string | undefined, options: SendOptions, method?: string, query?: string): Promise<Answer>;
  /** Opens `/ws`. */
  live(token: string): Promise<Client>;
  /** Opens a socket of GraphQL that has said who it is. */
  socket(token: string): Promise<Client>;
}

/** Call it at the top of a `describe`. */
export function useDoors(): Doors {
  const doors = { server: useServer() } as Doors;
  const clients: Client[] = [];
  const opened = async (client: Client) => {
    clients.push(client);
    await client.opened();
    return client;
  };
  before('open every way in', async function () {
    this.timeout(60_000);
    doors.graphql = await startGraphqlServer(createSchema());
    doors.world = await makeEverything(doors.server);
  });
  afterEach(() => {
    for (const client of clients.splice(0)) client.socket.terminate();
  });
  after(() => doors.graphql?.close());

  doors.send = ({ method, path, auth }, { query = '', ids, ...options } = {}) => {
    const { owner, admin } = doors.world;
    const { token } = path.startsWith('/api/admin/') ? admin : owner;
    return doors.server.request(method, realPath(path, { ...doors.world.ids, ...ids }) + query, { ...(auth && { token }), ...options });
  };
  doors.sendGraphql = (token, { headers, body }, method = 'POST', query = '') => {
    const { port, pathname } = new URL(doors.graphql.url);
    return sendTo(Number(port), method, pathname + query, { body, headers: { ...(token && { authorization: `Bearer ${token}` }), ...headers } });
  };
  doors.live = (token) => opened(new Client(doors.server.liveUrl(token)));
  doors.socket = async (token) => {
    const client = await opened(new Client(doors.graphql.url.replace('http', 'ws'), {}, 'graphql-transport-ws'));
    client.send({ type: 'connection_init', payload: { token } });
    await client.until(() => client.frames.length > 0 || client.closed !== undefined);
    return client;
  };
  return doors;
}

/** The routes that take a JSON body. */
export const withBody = routes.filter(({ body, input }) => body ?? input);

/** `POST /api/runs`. */
export const nameOf = ({ method, path }: Pick<Route, 'method' | 'path'>) => `${method} ${path}`;

export const isOpen = ({ socket }: Client) => socket.readyState === WebSocket.OPEN;
