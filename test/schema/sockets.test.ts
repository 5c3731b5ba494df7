import assert from 'node:assert/strict';
import { once } from 'node:events';
import { GraphQLInt, GraphQLNonNull, GraphQLObjectType, GraphQLSchema, GraphQLString } from 'graphql';
import type { Client } from 'graphql-ws';
import { WebSocket } from 'ws';
import { login, logout, viewerFromToken } from '../../src/auth/auth.service.js';
import { createSocketTicket } from '../../src/auth/socketTickets.js';
import { PersonaMember } from '../../src/members/personaMember.model.js';
import type { Context } from '../../schema/context.js';
import { limits } from '../../schema/limits.js';
import { protect } from '../../schema/permissions/index.js';
import { anyone, authenticated, onPersona } from '../../schema/permissions/rules.js';
import { UuidScalar } from '../../schema/scalars.js';
import { useDatabase } from '../support/database.js';
import { eventually } from '../support/eventually.js';
import { addMember, createPersona, createUser, createViewer, password, useAuth } from '../support/factories.js';
import { startGraphqlServer, type GraphqlServer } from '../support/graphqlServer.js';

/** Streams under the control of a test: each event is sent when the test says so. */
class Events {
  opened = 0;
  closed = 0;
  private wake: (() => void)[] = [];
  private readonly ready: string[] = [];

  send(event: string): void {
    this.ready.push(event);
    for (const wake of this.wake.splice(0)) wake();
  }

  open(): AsyncIterableIterator<string> {
    this.opened += 1;
    let ended = false;
    return {
      next: async () => {
        while (!ended && this.ready.length === 0) await new Promise<void>((resolve) => this.wake.push(resolve));
        return ended ? { done: true, value: undefined } : { done: false, value: this.ready.shift()! };
      },
      return: async () => {
        if (!ended) this.closed += 1;
        ended = true;
        for (const wake of this.wake.splice(0)) wake();
        return { done: true, value: undefined };
      },
      [Symbol.asyncIterator]() {
        return this;
      },
    };
  }
}

describe('sockets of /graphql', () => {
  useDatabase();
  useAuth({ isOnlyProcess: true });
  let events: Events;
  let server: GraphqlServer;
  let token: string;
  const clients: Client[] = [];

  before(async () => {
    const args = { personaId: { type: new GraphQLNonNull(UuidScalar) } };
    const identity = (event: unknown) => event;
    const schema = new GraphQLSchema({
      query: new GraphQLObjectType({
        name: 'Query',
        fields: {
          me: { type: GraphQLString, resolve: (_root, _args, { viewer }: Context) => viewer!.email },
          echo: { type: GraphQLInt, args: { limit: { type: GraphQLInt } }, resolve: (_root, { limit }) => limit },
        },
      }),
      subscription: new GraphQLObjectType({
        name: 'Subscription',
        fields: { watch: { type: GraphQLString, args, subscribe: () => events.open(), resolve: identity } },
      }),
    });
    server = await startGraphqlServer(
      protect(schema, { Query: { me: authenticated, echo: anyone }, Mutation: {}, Subscription: { watch: onPersona('viewer', 'personaId') } }),
    );
    token = (await login((await createUser()).email, password)).token;
  });
  beforeEach(() => {
    events = new Events();
  });
  afterEach(async () => {
    await Promise.all(clients.splice(0).map((client) => client.dispose()));
  });
  after(() => server.close());

  function connect(params: Record<string, unknown>) {
    const connection = server.connect(params);
    clients.push(connection.client);
    return connection;
  }

  const first = async (client: Client, query: string, variables?: Record<string, unknown>): Promise<any> =>
    (await client.iterate({ query, variables }).next()).value;

  it('closes a connection without a token, and with one that is not good, by 4403', async () => {
    for (const params of [{}, { token: 'forged' }, { authorization: 'Basic abc' }, { token: 5 }]) {
      const { client, closed } = connect(params);
      await assert.rejects(first(client, '{ me }'));
      assert.equal((await closed).code, 4403, JSON.stringify(params));
    }
  });

  it('lets a ticket open one connection, which goes on after it is used up', async () => {
    const session = await login((await createUser()).email, password);
    const viewer = await viewerFromToken(session.token);
    const { ticket } = await createSocketTicket(viewer);
    const { client, closed } = connect({ ticket });
    const watching = first(client, 'subscription ($id: UUID!) { watch(personaId: $id) }', { id: (await createPersona(viewer)).id });
    await eventually(() => events.opened === 1);
    assert.deepEqual(await first(client, '{ me }'), { data: { me: viewer.email } });
    const second = connect({ ticket });
    await assert.rejects(first(second.client, '{ me }'));
    assert.equal((await second.closed).code, 4403);
    await logout(viewer);
    await assert.rejects(watching);
    assert.equal((await closed).code, 4403);
  });

  it('refuses another path', async () => {
    const socket = new WebSocket(server.url.replace('http', 'ws').replace('/graphql', '/other'), 'graphql-transport-ws');
    await assert.rejects(once(socket, 'open'));
  });

  it('names faults of variables by field, and refuses bombs and what does not fit', async () => {
    const { client } = connect({ token });
    const errorsOf = (query: string, variables?: Record<string, unknown>) =>
      first(client, query, variables).then(() => assert.fail('It was let through'), (errors) => errors as any[]);
    assert.deepEqual((await errorsOf('query ($limit: Int) { echo(limit: $limit) }', { limit: 'x' }))[0].extensions, {
      code: 'VALIDATION_ERROR', details: { limit: 'Limit must be a whole number' },
    });
    for (const query of ['{ nothing }', '{ me', `{ ${'me '.repeat(limits.tokens)} }`, `{ ${Array.from({ length: limits.rootFields + 1 }, (_, index) => `a${index}: me`).join(' ')} }`]) {
      assert.equal((await errorsOf(query))[0].extensions.code, 'VALIDATION_ERROR', query.slice(0, 40));
    }
  });

  it('opens no stream for a stranger', async () => {
    const persona = await createPersona(await createViewer());
    const { client } = connect({ token });
    const result = await first(client, 'subscription ($id: UUID!) { watch(personaId: $id) }', { id: persona.id });
    assert.deepEqual([result.errors[0].message, result.errors[0].extensions], ['Access denied', { code: 'FORBIDDEN' }]);
    assert.equal(events.opened, 0);
  });

  it('answers queries, with the token alone and as the header has it', async () => {
    const { email } = await viewerFromToken(token);
    for (const params of [{ token }, { authorization: `Bearer ${token}` }]) {
      assert.deepEqual(await first(connect(params).client, '{ me }'), { data: { me: email } });
    }
  });

  it('sends events as they come, and ends the source when the client goes', async () => {
    const viewer = await viewerFromToken(token);
    const persona = await createPersona(viewer);
    const { client } = connect({ token });
    const stream = client.iterate({ query: 'subscription ($id: UUID!) { watch(personaId: $id) }', variables: { id: persona.id } });
    events.send('one');
    assert.deepEqual((await stream.next()).value, { data: { watch: 'one' } });
    events.send('two');
    assert.deepEqual((await stream.next()).value, { data: { watch: 'two' } });
    await client.dispose();
    await eventually(() => events.closed === 1);
  });

  it('closes the connection and its streams when the session ends', async () => {
    const { email } = await createUser();
    const session = await login(email, password);
    const viewer = await viewerFromToken(session.token);
    const persona = await createPersona(viewer);
    const { client, closed } = connect({ token: session.token });
    const stream = client.iterate({ query: 'subscription ($id: UUID!) { watch(personaId: $id) }', variables: { id: persona.id } });
    events.send('one');
    await stream.next();
    await logout(viewer);
    await assert.rejects(stream.next());
    assert.deepEqual(await closed.then(({ code, reason }) => [code, reason]), [4403, 'The session has ended']);
    await eventually(() => events.closed === 1);
  });

  it('says why a stream ends whose right was taken away, and keeps the connection', async () => {
    const viewer = await viewerFromToken(token);
    const persona = await createPersona(await createViewer());
    await addMember(persona, viewer, 'viewer');
    const { client } = connect({ token });
    const stream = client.iterate({ query: 'subscription ($id: UUID!) { watch(personaId: $id) }', variables: { id: persona.id } });
    events.send('one');
    await stream.next();
    await PersonaMember.query().delete().where({ persona_id: persona.id });
    const now = Date.now;
    try {
      Date.now = () => now() + 60_000;
      events.send('secret');
      const { value } = (await stream.next()) as { value: any };
      assert.deepEqual([value.data, value.errors[0].extensions.code], [undefined, 'FORBIDDEN']);
    } finally {
      Date.now = now;
    }
    assert.equal((await stream.next()).done, true);
    assert.ok((await first(client, '{ me }')).data.me);
  });
});
