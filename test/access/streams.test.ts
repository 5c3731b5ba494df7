import assert from 'node:assert/strict';
import type { Client as GraphqlClient } from 'graphql-ws';
import { createSchema } from '../../schema/index.js';
import type { Run } from '../../src/runs/run.model.js';
import { makeRun, makeWorld, type World } from '../rest-adapter/world.js';
import { Client } from '../rest-adapter/ws/client.js';
import { tell } from '../spec/liveRun.js';
import { type GraphqlServer, startGraphqlServer } from '../support/graphqlServer.js';
import { type Account, useServer } from '../support/server.js';

const watching = 'subscription ($runId: UUID!) { runEvents(runId: $runId) { seq error } }';
/** The run tells something that only those with a right may hear. */
const progress = (run: Run) => tell(run, 'run:update', { status: 'running', error: 'canary' });

describe('streams', () => {
  const server = useServer();
  let graphql: GraphqlServer;
  let world: World;
  let run: Run;
  const live: Client[] = [];
  const clients: GraphqlClient[] = [];
  before(async () => void (graphql = await startGraphqlServer(createSchema())));
  beforeEach(async () => {
    world = await makeWorld(server);
    run = await makeRun(world);
  });
  afterEach(async () => {
    for (const client of live.splice(0)) client.socket.terminate();
    await Promise.all(clients.splice(0).map((client) => client.dispose()));
  });
  after(() => graphql?.close());

  /** Subscribes at `/ws`. */
  async function watchLive({ token }: Account): Promise<Client> {
    const client = new Client(server.liveUrl(token));
    live.push(client);
    await client.opened();
    client.send({ type: 'subscribe:run', runId: run.id });
    await client.until(() => client.frames.length > 0);
    return client;
  }

  /** Subscribes by graphql-ws. */
  function watchGraphql({ token }: Account): AsyncIterableIterator<any> {
    const { client } = graphql.connect({ token });
    clients.push(client);
    return client.iterate({ query: watching, variables: { runId: run.id } });
  }

  it('Subscription.runEvents and subscribe:run tell a stranger one refusal, and nothing of what comes after it', async () => {
    const client = await watchLive(world.stranger);
    const stream = watchGraphql(world.stranger);
    const { value } = await stream.next();
    await progress(run);
    client.send({ type: 'ping' });
    await client.until(() => client.frames.length === 2);
    assert.deepEqual(client.frames, [{ type: 'error', error: 'Access denied', code: 'FORBIDDEN', runId: run.id }, { type: 'pong' }]);
    assert.deepEqual([value.data, value.errors[0].message, value.errors[0].extensions], [undefined, 'Access denied', { code: 'FORBIDDEN' }]);
    assert.equal((await stream.next()).done, true);
  });

  it('Subscription.runEvents and subscribe:run end with FORBIDDEN for a member who is removed', async () => {
    await progress(run);
    const client = await watchLive(world.viewer);
    const stream = watchGraphql(world.viewer);
    assert.equal((await stream.next()).value.data.runEvents.seq, 1);
    const path = `/api/personas/${world.persona.id}/members`;
    const { json } = await server.request('GET', path, { token: world.owner.token });
    const { id } = json.data.find(({ userId }: { userId: string }) => userId === world.viewer.id);
    assert.equal((await server.request('DELETE', `${path}/${id}`, { token: world.owner.token })).status, 200);

    const seen: any[] = [];
    const ended = (async () => {
      for await (const each of stream) seen.push(each);
    })();
    // The right is asked again after a while, so events go on until it has been.
    while (client.frames.at(-1)!.type !== 'error' || !seen.at(-1)?.errors) {
      await progress(run);
      await new Promise(setImmediate);
    }
    await ended;
    const [frames, events] = [client.frames.length, seen.length];
    await progress(run);
    client.send({ type: 'ping' });
    await client.until(() => client.frames.at(-1)!.type === 'pong');
    assert.deepEqual(client.frames.at(-2), { type: 'error', error: 'Access denied', code: 'FORBIDDEN', runId: run.id });
    assert.deepEqual([seen.at(-1).data, seen.at(-1).errors[0].extensions.code], [undefined, 'FORBIDDEN']);
    assert.deepEqual([client.frames.length, seen.length], [frames + 1, events]);
  });
});
