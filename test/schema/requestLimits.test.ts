import assert from 'node:assert/strict';
import type { Client } from 'graphql-ws';
import { login } from '../../src/auth/auth.service.js';
import { knex } from '../../src/db.js';
import { useLive } from '../../src/live/live.js';
import { MemoryLive } from '../../src/live/memoryLive.js';
import { MemoryQueue } from '../../src/queue/memoryQueue.js';
import { useQueue } from '../../src/queue/queue.js';
import { Run } from '../../src/runs/run.model.js';
import { useDatabase } from '../support/database.js';
import { createAgent, createPersona, createUser, password, useAuth } from '../support/factories.js';
import { type GraphqlServer, startGraphqlServer } from '../support/graphqlServer.js';
import { setLimits } from '../support/limits.js';

describe('limits over GraphQL', () => {
  useDatabase();
  useAuth();
  let server: GraphqlServer;
  let token: string;
  let userId: string;
  const clients: Client[] = [];
  before(async () => {
    useLive(new MemoryLive());
    useQueue(new MemoryQueue());
    server = await startGraphqlServer();
    const session = await login((await createUser()).email, password);
    [token, userId] = [session.token, session.user.id];
  });
  afterEach(async () => {
    await Promise.all(clients.splice(0).map((client) => client.dispose()));
  });
  after(() => server.close());

  const connect = () => {
    const connection = server.connect({ token });
    clients.push(connection.client);
    return connection;
  };
  const ask = async (client: Client) => (await client.iterate({ query: '{ me { id } }' }).next()).value as any;
  const codes = (errors: { extensions: { code: string } }[]) => errors.map(({ extensions }) => extensions.code);

  it('answers POST /graphql with 429, Retry-After and the same headers as REST', async () => {
    setLimits({ requests: 2 });
    const post = () => fetch(server.url, {
      method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` }, body: '{"query":"{ me { id } }"}',
    });
    const answers = [await post(), await post(), await post()];
    assert.deepEqual(answers.map(({ status, headers }) => [status, headers.get('x-ratelimit-limit'), headers.get('x-ratelimit-remaining')]),
      [[200, '2', '1'], [200, '2', '0'], [429, '2', '0']]);
    const { errors } = (await answers[2]!.json()) as any;
    assert.deepEqual([errors[0].message, codes(errors)], ['Rate limit exceeded', ['RATE_LIMIT_EXCEEDED']]);
    assert.equal(answers[2]!.headers.get('retry-after'), String(errors[0].extensions.details.retryAfter));
    assert.ok(Number(answers[2]!.headers.get('x-ratelimit-reset')) > Date.now() / 1000);
  });

  it('counts nobody by address, and before the body is read', async () => {
    setLimits({ requests: 1 });
    assert.equal((await server.post('{ me { id } }')).body.errors[0].extensions.code, 'UNAUTHORIZED');
    const { status } = await fetch(server.url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{' });
    assert.equal(status, 429);
    assert.equal((await server.post('{ me { id } }', { token })).status, 200);
  });

  it('counts connections of sockets and their operations with the rest', async () => {
    setLimits({ requests: 4 });
    const { client } = connect();
    assert.equal((await ask(client)).data.me.id, userId);
    assert.equal((await server.post('{ me { id } }', { token })).status, 200);
    // The client has connected anew: the operation is what is too many.
    await assert.rejects(ask(client), (errors: any) => codes(errors)[0] === 'RATE_LIMIT_EXCEEDED' && errors[0].extensions.details.retryAfter > 0);
    const late = connect();
    await assert.rejects(ask(late.client));
    assert.equal((await late.closed).code, 1013);
  });

  it('counts each run that one request starts by aliases', async () => {
    setLimits({ runs: 2 });
    const { id: agentId } = await createAgent(await createPersona({ id: userId }));
    const start = (alias: string) => `${alias}: createRun(input: { agentId: "${agentId}", input: "Do it" }) { id }`;
    const { body } = await server.post(`mutation { ${['a', 'b', 'c', 'd'].map(start).join(' ')} }`, { token });
    assert.deepEqual([codes(body.errors), body.errors[0].path], [['RATE_LIMIT_EXCEEDED'], ['c']]);
    assert.equal(await Run.query(knex()).where({ agent_id: agentId }).resultSize(), 2);
  });

  it('refuses the sixth wrong password also when one request tries all by aliases', async () => {
    setLimits({ accountAttempts: 5 });
    const { email } = await createUser();
    const attempt = (alias: string, given: string) => `${alias}: login(email: "${email}", password: "${given}") { token }`;
    const tries = `mutation { ${['a', 'b', 'c', 'd'].map((alias) => attempt(alias, 'wrong')).join(' ')} ${attempt('right', password)} }`;
    // The first that fails ends a request, so each gets one try out of it.
    const answers = [];
    for (let each = 0; each < 6; each++) answers.push((await server.post(tries)).body);
    assert.deepEqual(answers.flatMap(({ errors }) => codes(errors)), [...Array(5).fill('UNAUTHORIZED'), 'RATE_LIMIT_EXCEEDED']);
    assert.ok(answers.every(({ data }) => data === null));
    assert.equal((await server.post(`mutation { ${attempt('right', password)} }`)).body.errors[0].extensions.code, 'RATE_LIMIT_EXCEEDED');
  });
});
