import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocket } from 'ws';
import { openDoors } from '../../../src/bin/doors.js';
import { createHealthDoor } from '../../../src/bin/healthDoor.js';
import type { Platform } from '../../../src/bin/compose.js';
import { databaseInfo, knex } from '../../../src/db.js';
import { countStep, metrics } from '../../../src/health/metrics.js';
import { logger } from '../../../src/logger.js';
import { queue, useQueue } from '../../../src/queue/queue.js';
import { ArtifactStore } from '../../../src/runs/artifactStore.js';
import { eventually } from '../../support/eventually.js';
import { type Answer, listen, type Listening, sendTo, type SendOptions } from '../../support/listen.js';
import { useServer } from '../../support/server.js';
import { makeRun, makeWorld } from '../../rest-adapter/world.js';

const providers = [{ name: 'openai', unavailable: 'openai needs OPENAI_API_KEY to be set' }, { name: 'local', unavailable: null }];

/** The value of a metric with these labels, or undefined when there is none. */
async function valueOf(name: string, labels: Record<string, string | number>): Promise<number | undefined> {
  const metric = (await metrics.getMetricsAsJSON()).find((one) => one.name === name.replace(/_count$/, ''));
  const values = (metric?.values ?? []) as { value: number; labels: object; metricName?: string }[];
  return values.find((one) => (one.metricName ?? name) === name && Object.entries(labels).every(([key, value]) => (one.labels as Record<string, unknown>)[key] === value))?.value;
}

describe('the health door', () => {
  const server = useServer();
  const doors: Listening[] = [];
  after(() => Promise.all(doors.map((door) => door.close())));

  async function open(metricsToken?: string): Promise<Listening> {
    const health = createHealthDoor({ providers: () => providers as never, metricsToken, logError: assert.fail });
    doors.push(await listen((req, res) => health(req, res, () => res.writeHead(404).end())));
    return doors.at(-1)!;
  }

  it('GET /metrics is refused to whoever asks through a proxy, when there is no token', async () => {
    const door = await open();
    for (const name of ['x-forwarded-for', 'forwarded', 'via', 'x-real-ip']) {
      const answer = await door.send('GET', '/metrics', { headers: { [name]: '203.0.113.9' } });
      assert.deepEqual([answer.status, answer.json.code], [403, 'FORBIDDEN'], name);
    }
  });

  it('GET /metrics asks for the token where there is one', async () => {
    const door = await open('a-token-of-some-length');
    for (const authorization of ['', 'Bearer', 'Bearer wrong', 'Bearer a']) {
      const answer = await door.send('GET', '/metrics', { headers: { authorization } });
      assert.deepEqual([answer.status, answer.json.code, answer.headers['www-authenticate']], [401, 'UNAUTHORIZED', 'Bearer'], authorization);
    }
    const headers = { authorization: 'Bearer a-token-of-some-length', 'x-forwarded-for': '203.0.113.9' };
    assert.equal((await door.send('GET', '/metrics', { headers })).status, 200);
  });

  it('GET /readyz says what is there and which providers can be used', async () => {
    const { status, json } = await (await open()).send('GET', '/readyz');
    assert.equal(status, 200);
    const { kind } = databaseInfo();
    assert.deepEqual(json, {
      status: 'ready', database: { kind, answers: true }, queue: { kind: 'memory', answers: true }, workspaces: 'files only: no code is run', providers: ['local'],
    });
  });

  it('GET /readyz stays ready when only the queue does not answer', async () => {
    const usual = queue();
    useQueue({ ...usual, kind: 'redis', check: () => Promise.reject(new Error('no Redis')) } as never);
    const { status, json } = await (await open()).send('GET', '/readyz');
    useQueue(usual);
    assert.deepEqual([status, json.status, json.queue], [200, 'ready', { kind: 'redis', answers: false }]);
  });

  it('GET /readyz is 503 when the database does not answer, and GET /healthz is not', async () => {
    const door = await open();
    const client = knex().client;
    const query = client.query;
    client.query = () => Promise.reject(new Error('the server closed the connection'));
    try {
      const { status, json } = await door.send('GET', '/readyz');
      assert.deepEqual([status, json.status, json.database.answers], [503, 'unavailable', false]);
      assert.deepEqual((await door.send('GET', '/healthz')).json, { status: 'ok' });
    } finally {
      client.query = query;
    }
  });

  it('GET /metrics has the runs by status, those that wait, and the process', async () => {
    const world = await makeWorld(server);
    for (const status of ['pending', 'pending', 'failed'] as const) await makeRun(world, { status });
    const { status, text, headers } = await (await open()).send('GET', '/metrics');
    assert.equal(status, 200);
    assert.match(String(headers['content-type']), /^text\/plain; version=0\.0\.4/);
    for (const line of ['persona_runs{status="pending"} 2', 'persona_runs{status="failed"} 1', 'persona_runs{status="running"} 0', 'persona_queue_depth 2']) {
      assert.ok(text.includes(`${line}\n`), `${line} is not in ${text}`);
    }
    assert.match(text, /^process_resident_memory_bytes \d+/m);
    assert.match(text, /^nodejs_eventloop_lag_seconds /m);
  });

  it('counts steps, tokens and tries', async () => {
    const before = async () => [
      await valueOf('persona_steps_total', { type: 'llm_call', status: 'completed' }) ?? 0,
      await valueOf('persona_tokens_total', { provider: 'counted', kind: 'prompt' }) ?? 0,
      await valueOf('persona_tokens_total', { provider: 'counted', kind: 'completion' }) ?? 0,
      await valueOf('persona_provider_attempts_total', { provider: 'down', status: 'failed' }) ?? 0,
    ];
    const first = await before();
    const step = { stepType: 'llm_call', status: 'completed', provider: 'counted', model: 'm', promptTokens: 11, completionTokens: 7 };
    countStep(step, [{ provider: 'down', status: 'failed' }, { provider: 'counted', status: 'completed' }]);
    assert.deepEqual((await before()).map((value, index) => value - first[index]!), [1, 11, 7, 1]);
  });
});

describe('requests through all doors', () => {
  const world = useServer();
  const http = createServer();
  let send: (method: string, path: string, options?: SendOptions) => Promise<Answer>;
  let closeDoors: () => Promise<void>;
  const { level } = logger;
  const logged: { requestId: string; msg: string }[] = [];
  const { error } = logger;

  before('open the doors', async () => {
    const platform = { providers: { all: () => providers }, artifacts: new ArtifactStore('/nowhere'), accounts: [] } as unknown as Platform;
    const doors = await openDoors(http, platform);
    http.on('request', doors.answer).listen(0, '127.0.0.1');
    await once(http, 'listening');
    send = (method, path, options) => sendTo((http.address() as AddressInfo).port, method, path, options);
    closeDoors = doors.close;
    logger.error = ((entry: { requestId: string }, msg: string) => void logged.push({ ...entry, msg })) as typeof error;
  });
  after('close the doors', async () => {
    logger.error = error;
    logger.level = level;
    await closeDoors();
    http.close();
    http.closeAllConnections();
  });

  const count = async (labels: Record<string, string | number>) => (await valueOf('persona_http_request_duration_seconds_count', labels)) ?? 0;

  it('are counted by route and operation, whatever ids they name', async () => {
    const { token } = await world.signIn('ann@example.com');
    const headers = { authorization: `Bearer ${token}` };
    const labels = { method: 'GET', route: '/api/personas/:id', operation: 'GetPersona', status: 404 };
    const first = await count(labels);
    for (const id of ['00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000002']) await send('GET', `/api/personas/${id}`, { headers });
    await eventually(async () => (await count(labels)) === first + 2);
    await send('GET', '/api/made-up');
    await eventually(() => count({ route: 'other', status: 404 }));
  });

  it('over GraphQL are counted by root field, not by the name that a client makes up', async () => {
    const { token } = await world.signIn('ann@example.com');
    const headers = { authorization: `Bearer ${token}` };
    await send('POST', '/graphql', { headers, body: { query: 'query Anything { me { id } }' } });
    await send('POST', '/graphql', { headers, body: { query: '{ me { id } providers { name } }' } });
    await eventually(() => count({ route: '/graphql', operation: 'me', status: 200 }));
    await eventually(() => count({ route: '/graphql', operation: 'several', status: 200 }));
  });

  it('that fail by an error of ours carry the id that the log has, over REST and GraphQL', async () => {
    const { token } = await world.signIn('ann@example.com');
    const headers = { authorization: `Bearer ${token}` };
    await knex().schema.renameTable('personas', 'personas_away');
    try {
      const rest = await send('GET', '/api/personas', { headers });
      assert.equal(rest.status, 500);
      const graphql = await send('POST', '/graphql', { headers, body: { query: '{ personas { data { id } } }' } });
      const [fault] = graphql.json.errors;
      assert.deepEqual([fault.message, fault.extensions.code], ['Internal server error', 'INTERNAL_ERROR']);
      const ids = [rest.json.details.requestId, fault.extensions.details.requestId];
      assert.equal(new Set(ids).size, 2);
      assert.deepEqual(logged.map(({ requestId }) => requestId), ids);
    } finally {
      await knex().schema.renameTable('personas_away', 'personas');
    }
  });

  it('count sockets as long as they are open', async () => {
    const { token } = await world.signIn('ann@example.com');
    const openSockets = async () => (await valueOf('persona_open_sockets', { path: '/ws' })) ?? 0;
    const before = await openSockets();
    const socket = new WebSocket(`ws://127.0.0.1:${(http.address() as AddressInfo).port}/ws?token=${token}`);
    await once(socket, 'open');
    assert.equal(await openSockets(), before + 1);
    socket.close();
    await eventually(async () => (await openSockets()) === before);
  });
});
