import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient, type Client as GraphqlClient } from 'graphql-ws';
import { print } from 'graphql';
import { WebSocket } from 'ws';
import { readOperations } from '../../../rest-adapter/documents.js';
import { type RunFrame, type RunMessage, toFrame } from '../../../rest-adapter/ws/protocol.js';
import { sendTo } from '../../support/listen.js';
import { freePort, ServerProcess } from '../../support/serverProcess.js';
import { Client } from './client.js';

/** The subscription that `/ws` makes its frames of. */
const query = print(readOperations().get('RunEvents')!.document);

/** Pieces of streamed text may be joined or left out on the way, differently for each who watches; the step brings the whole. */
const isEvent = ({ type }: { type: string }) => type !== 'run:token';

describe('/ws and the official client of graphql-ws', function () {
  this.timeout(120_000);
  let folder: string;
  let server: ServerProcess;
  let port: number;
  let token: string;
  let agentId: string;
  let graphql: GraphqlClient;
  const sockets: Client[] = [];

  before('start the server', async () => {
    folder = mkdtempSync(join(tmpdir(), 'persona-sockets-'));
    port = await freePort();
    server = await new ServerProcess(port, folder).ready();
    token = (await sendTo(port, 'POST', '/api/auth/login', { body: { email: 'demo@persona-platform.local', password: 'demo123' } })).json.token;
    const persona = (await ask('GET', '/api/personas')).data[0];
    agentId = (await ask('GET', `/api/personas/${persona.id}/agents`)).data[0].id;
    graphql = createClient({ url: `ws://127.0.0.1:${port}/graphql`, webSocketImpl: WebSocket, connectionParams: { token } });
  });
  after(async () => {
    for (const { socket } of sockets) socket.terminate();
    await graphql.dispose();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const ask = async (method: string, path: string, body?: object): Promise<any> =>
    (await sendTo(port, method, path, { body, headers: { authorization: `Bearer ${token}` } })).json;

  /** Everything that graphql-ws tells of a run, until the subscription ends by itself. */
  async function overGraphql(runId: string, since = 0): Promise<RunMessage[]> {
    const messages: RunMessage[] = [];
    for await (const { data, errors } of graphql.iterate<{ runEvents: RunMessage }>({ query, variables: { runId, since } })) {
      assert.equal(errors, undefined);
      messages.push(data!.runEvents);
    }
    return messages;
  }

  /** Everything that `/ws` tells of a run, until nothing more follows. */
  async function overSocket(runId: string, since = 0): Promise<RunFrame[]> {
    const client = new Client(`ws://127.0.0.1:${port}/ws?token=${token}`);
    sockets.push(client);
    await client.opened();
    client.send({ type: 'subscribe:run', runId, since });
    const isLast = ({ type, status }: any) => type === 'run:completed' || type === 'run:error' || (type === 'run:update' && status === 'cancelled');
    await client.until(() => client.frames.some(isLast));
    const [subscribed, ...frames] = client.frames;
    assert.equal(subscribed!.type, 'subscribed');
    return frames as RunFrame[];
  }

  /** Watches a run over both, and gives its events once they are the same, by the documented mapping and without a gap. */
  async function watch(runId: string, since = 0): Promise<RunFrame[]> {
    const [messages, frames] = await Promise.all([overGraphql(runId, since), overSocket(runId, since)]);
    const events = frames.filter(isEvent);
    assert.deepEqual(events, messages.map(toFrame).filter(isEvent));
    assert.deepEqual(events.map(({ seq }) => seq), events.map((_, index) => since + index + 1));
    return events;
  }

  it('tell the same events of a run that works, at once and later, from any event on', async () => {
    const { id: runId } = await ask('POST', '/api/runs', { agentId, input: 'Create a PowerPoint about tea' });
    const events = await watch(runId);
    assert.equal(events.at(-1)!.type, 'run:completed');
    assert.ok(events.some((event) => event.type === 'run:update' && event.step?.toolName === 'generate_powerpoint'));
    for (const since of [0, 1, Math.floor(events.length / 2), events.length - 1]) assert.deepEqual(await watch(runId, since), events.slice(since));
  });

  it('tell the same end of a run that is cancelled', async () => {
    const { id: runId } = await ask('POST', '/api/runs', { agentId, input: 'Create a PowerPoint about coffee' });
    const watching = watch(runId);
    const { status } = await ask('POST', `/api/runs/${runId}/cancel`);
    const last = (await watching).at(-1)!;
    // It may have been done before it was cancelled.
    if (status === 'cancelled') assert.deepEqual(last, { type: 'run:update', runId, seq: last.seq, status: 'cancelled', step: null });
  });
});
