import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { live } from '../../../src/live/live.js';
import type { Run } from '../../../src/runs/run.model.js';
import { useServer } from '../../support/server.js';
import { tell } from '../../spec/liveRun.js';
import { makeRun, makeWorld, type World } from '../world.js';
import { Client } from './client.js';

const progress = (run: Run) => tell(run, 'run:update', { status: 'running' });
const finish = (run: Run) => tell(run, 'run:completed', { status: 'completed', output: 'Done' });

describe('subscribe:run', () => {
  const server = useServer();
  const clients: Client[] = [];
  let world: World;
  let run: Run;

  async function connect(token: string): Promise<Client> {
    const client = new Client(server.liveUrl(token));
    clients.push(client);
    await client.opened();
    return client;
  }
  const numbers = (client: Client) => client.frames.map(({ type, seq }) => [type, seq]);

  beforeEach(async () => {
    world = await makeWorld(server);
    run = await makeRun(world);
  });
  afterEach(() => {
    for (const client of clients.splice(0)) client.socket.terminate();
  });

  it('answers VALIDATION_ERROR to a malformed runId, and NOT_FOUND to an unknown one', async () => {
    const client = await connect(world.owner.token);
    client.send({ type: 'subscribe:run', runId: '42' });
    await client.until(() => client.frames.length === 1);
    const unknown = randomUUID();
    client.send({ type: 'subscribe:run', runId: unknown });
    await client.until(() => client.frames.length === 2);
    assert.deepEqual(client.frames.map(({ code, runId }) => [code, runId]), [['VALIDATION_ERROR', '42'], ['NOT_FOUND', unknown]]);
  });

  it('refuses a token whose session has ended', async () => {
    await server.request('POST', '/api/auth/logout', { token: world.owner.token });
    const client = await connect(world.owner.token);
    await client.until(() => client.closed !== undefined);
    assert.equal(client.closed?.code, 4401);
  });

  it('tells a member what was missed, what is new, and the end', async () => {
    await progress(run);
    await progress(run);
    const client = await connect(world.viewer.token);
    client.send({ type: 'subscribe:run', runId: run.id });
    await client.until(() => client.frames.length === 3);
    live().publish({ type: 'run:token', runId: run.id, seq: 2, stepNumber: 1, offset: 0, text: 'Do' });
    await client.until(() => client.frames.length === 4);
    await progress(run);
    await finish(run);
    await client.until(() => client.frames.some(({ type }) => type === 'run:completed'));
    assert.deepEqual(numbers(client), [
      ['subscribed', 2], ['run:update', 1], ['run:update', 2], ['run:token', 2], ['run:update', 3], ['run:completed', 4],
    ]);
    assert.deepEqual(client.frames.at(-1), { type: 'run:completed', runId: run.id, seq: 4, status: 'completed', output: 'Done' });
  });

  it('tells someone who comes after the end everything that is after since', async () => {
    await progress(run);
    await finish(run);
    const client = await connect(world.owner.token);
    client.send({ type: 'subscribe:run', runId: run.id, since: 1 });
    await client.until(() => client.frames.length === 2);
    assert.deepEqual(numbers(client), [['subscribed', 2], ['run:completed', 2]]);
    client.send({ type: 'subscribe:run', runId: run.id, since: 2 });
    await client.until(() => client.frames.length === 3);
    assert.deepEqual(client.frames[2], { type: 'subscribed', runId: run.id, seq: 2, status: 'completed' });
  });

  it('doubles and loses nothing while events are being committed', async () => {
    const client = await connect(world.owner.token);
    const writing = (async () => {
      for (let number = 0; number < 40; number++) await progress(run);
      await finish(run);
    })();
    client.send({ type: 'subscribe:run', runId: run.id });
    await writing;
    await client.until(() => client.frames.some(({ type }) => type === 'run:completed'));
    const events = client.frames.slice(1).map(({ seq }) => seq);
    assert.deepEqual(events, Array.from({ length: 41 }, (_, index) => index + 1));
  });

  it('ends with a cancel over REST', async () => {
    const client = await connect(world.viewer.token);
    client.send({ type: 'subscribe:run', runId: run.id });
    await client.until(() => client.frames.length === 1);
    await server.request('POST', `/api/runs/${run.id}/cancel`, { token: world.owner.token });
    await client.until(() => client.frames.length === 2);
    assert.deepEqual(client.frames[1], { type: 'run:update', runId: run.id, seq: 1, status: 'cancelled', step: null });
  });

  it('closes with 4401 at logout', async () => {
    const client = await connect(world.owner.token);
    client.send({ type: 'subscribe:run', runId: run.id });
    await client.until(() => client.frames.length === 1);
    await server.request('POST', '/api/auth/logout', { token: world.owner.token });
    await client.until(() => client.closed !== undefined);
    assert.equal(client.closed?.code, 4401);
  });
});
