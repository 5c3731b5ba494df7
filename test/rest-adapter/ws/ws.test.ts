import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import { connect as connectTcp, type AddressInfo } from 'node:net';
import { type ClientOptions, WebSocket } from 'ws';
import { createLiveSocket, type LiveSocket } from '../../../rest-adapter/ws/ws.js';
import { longestFrame } from '../../../rest-adapter/ws/protocol.js';
import { forbidden, unauthorized } from '../../../src/errors.js';
import { Client } from './client.js';
import { plainRunSchema } from './plainRunSchema.js';

const runId = '00000000-0000-4000-8000-000000000001';
const endlessId = '00000000-0000-4000-8000-000000000003';
const foreignId = '00000000-0000-4000-8000-000000000002';
const viewer = { id: runId, sessionId: 'session-1', email: 'a@b.c', name: 'A', role: 'user' as const };
describe('/ws over a socket', () => {
  let server: Server;
  let live: LiveSocket;
  let url: string;
  let endSession: (sessionId: string) => void;
  const clients: Client[] = [];

  /** Much more than any client reads at once. */
  let hasStopped = false;
  async function* endless() {
    const step = { id: runId, stepNumber: 1, stepType: 'tool_call', toolName: 'x'.repeat(100_000), status: 'completed' };
    try {
      for (let seq = 1; ; seq++) {
        yield { type: 'run:update', runId: endlessId, seq, status: 'running', step };
        await new Promise(setImmediate);
      }
    } finally {
      hasStopped = true;
    }
  }

  function connect(path = '/ws?token=good', options?: ClientOptions): Client {
    const client = new Client(url + path, options);
    clients.push(client);
    return client;
  }

  beforeEach(async () => {
    const schema = plainRunSchema({
      run: (id) => {
        if (id === foreignId) throw forbidden();
        return { status: 'running', lastSeq: 1 };
      },
      async *events(id, since) {
        if (id === endlessId) yield* endless();
        if (since < 1) yield { type: 'run:update', runId: id, seq: 1, status: 'running' };
        yield { type: 'run:completed', runId: id, seq: 2, status: 'completed', output: 'Done' };
      },
    });
    live = createLiveSocket(schema, {
      viewerFromToken: async (token) => {
        if (token === 'broken') throw new Error('secret');
        if (token !== 'good') throw unauthorized();
        return viewer;
      },
      viewerFromTicket: (ticket) => {
        if (ticket !== 'fresh') throw unauthorized();
        return viewer;
      },
      onSessionEnd: (listener) => {
        endSession = listener;
        return () => {};
      },
      logError: () => {},
    });
    server = createServer((_req, res) => res.end());
    server.on('upgrade', (req, socket, head) => live.upgrade(req, socket, head) || socket.end('HTTP/1.1 404 Not Found\r\n\r\n'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(async () => {
    for (const client of clients.splice(0)) client.socket.terminate();
    await live.close();
    await new Promise((resolve) => server.close(resolve));
  });

  it('answers a binary frame with an error and stays open', async () => {
    const client = connect();
    await client.opened();
    client.socket.send(Buffer.from('{"type":"ping"}'));
    client.send({ type: 'ping' });
    await client.until(() => client.frames.length === 2);
    assert.deepEqual(client.frames, [{ type: 'error', error: 'The frame must be text', code: 'VALIDATION_ERROR' }, { type: 'pong' }]);
  });

  it('closes with 1009 after a frame that is too large', async () => {
    const client = connect();
    await client.opened();
    client.socket.send('x'.repeat(longestFrame + 1));
    await client.until(() => client.closed !== undefined);
    assert.equal(client.closed?.code, 1009);
  });

  it('leaves other paths alone', async () => {
    for (const path of ['/', '/graphql', '/ws/', '/wsx', '//ws']) {
      const client = connect(path);
      await client.until(() => client.closed !== undefined);
      assert.equal(client.closed?.code, 1006, path);
    }
  });

  it('survives a request line that is no URL', async () => {
    const { port } = server.address() as AddressInfo;
    const socket = connectTcp(port, '127.0.0.1');
    socket.write('GET http://[ HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
    await new Promise((resolve) => socket.on('close', resolve).resume());
    const client = connect();
    await client.opened();
    assert.equal(client.socket.readyState, WebSocket.OPEN);
  });

  for (const path of ['/ws', '/ws?token=', '/ws?token=bad', '/ws?other=good']) {
    it(`tells a stranger at ${path} why, and closes with 4401`, async () => {
      const client = connect(path);
      await client.until(() => client.closed !== undefined);
      assert.deepEqual(client.frames, [{ type: 'error', error: 'Authentication required', code: 'UNAUTHORIZED' }]);
      assert.deepEqual(client.closed, { code: 4401, reason: 'Authentication required' });
    });
  }

  it('tells nothing of an internal error, and closes with 1011', async () => {
    const client = connect('/ws?token=broken');
    await client.until(() => client.closed !== undefined);
    assert.deepEqual(client.frames, [{ type: 'error', error: 'Internal server error', code: 'INTERNAL_ERROR' }]);
    assert.equal(client.closed?.code, 1011);
  });

  it('tells FORBIDDEN of a foreign run', async () => {
    const client = connect();
    await client.opened();
    client.send({ type: 'subscribe:run', runId: foreignId });
    await client.until(() => client.frames.length > 0);
    assert.deepEqual(client.frames, [{ type: 'error', error: 'Access denied', code: 'FORBIDDEN', runId: foreignId }]);
  });

  it('tells a run from its beginning to its end', async () => {
    const client = connect();
    await client.opened();
    client.send({ type: 'subscribe:run', runId });
    await client.until(() => client.frames.length === 3);
    assert.deepEqual(client.frames, [
      { type: 'subscribed', runId, seq: 1, status: 'running' },
      { type: 'run:update', runId, seq: 1, status: 'running', step: null },
      { type: 'run:completed', runId, seq: 2, status: 'completed', output: 'Done' },
    ]);
  });

  it('takes the token from the Authorization header too', async () => {
    const client = connect('/ws', { headers: { authorization: 'Bearer good' } });
    await client.opened();
    client.send({ type: 'subscribe:run', runId, since: 1 });
    await client.until(() => client.frames.length === 2);
    assert.equal(client.frames[1]!.seq, 2);
  });

  it('keeps a frame that is sent before the token has been checked', async () => {
    const client = connect();
    client.socket.on('open', () => client.send({ type: 'ping' }));
    await client.until(() => client.frames.length === 1);
    assert.deepEqual(client.frames, [{ type: 'pong' }]);
  });

  it('closes with 4401 when its session ends, and only then', async () => {
    const client = connect();
    await client.opened();
    endSession('session-2');
    client.send({ type: 'ping' });
    await client.until(() => client.frames.length === 1);
    endSession('session-1');
    await client.until(() => client.closed !== undefined);
    assert.equal(client.frames[1]!.code, 'UNAUTHORIZED');
    assert.deepEqual(client.closed, { code: 4401, reason: 'The session has ended' });
  });

  it('closes with 4408 when the client does not read', async () => {
    const client = connect();
    await client.opened();
    client.send({ type: 'subscribe:run', runId: endlessId });
    client.socket.pause();
    while (server.listening && !hasStopped) await new Promise(setImmediate);
    client.socket.resume();
    await client.until(() => client.closed !== undefined);
    assert.equal(client.closed?.code, 4408);
    const [, ...events] = client.frames;
    assert.deepEqual(events.map(({ seq }) => seq), events.map((_, index) => index + 1));
  });

  it('closes with 1001 when the server goes down', async () => {
    const client = connect();
    await client.opened();
    await live.close();
    await client.until(() => client.closed !== undefined);
    assert.equal(client.closed?.code, 1001);
  });
});

describe('/ws heartbeat', () => {
  it('drops a client that gives no sign of life, and keeps one that does', async () => {
    const live = createLiveSocket(plainRunSchema({ run: () => undefined, async *events() {} }), {
      viewerFromToken: () => viewer, viewerFromTicket: () => viewer, onSessionEnd: () => () => {}, logError: () => {}, heartbeat: 20,
    });
    const server = createServer().on('upgrade', (req, socket, head) => live.upgrade(req, socket, head));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}/ws?token=x`;
    const alive = new Client(url);
    const silent = new Client(url, { autoPong: false });
    await silent.until(() => silent.closed !== undefined);
    assert.equal(silent.closed?.code, 1006);
    assert.equal(alive.closed, undefined);
    alive.socket.terminate();
    await live.close();
    await new Promise((resolve) => server.close(resolve));
  });
});
