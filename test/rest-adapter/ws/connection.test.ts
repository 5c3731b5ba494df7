import assert from 'node:assert/strict';
import { Connection, connectionStopsAt, type RunSource, tokensStopAt } from '../../../rest-adapter/ws/connection.js';
import { mostSubscriptions, type RunMessage } from '../../../rest-adapter/ws/protocol.js';
import { forbidden, notFound, PlatformError } from '../../../src/errors.js';
import { Recorder, Stream } from './recorder.js';

const runId = '00000000-0000-4000-8000-000000000001';

const update = (seq: number, status = 'running'): RunMessage => ({ type: 'run:update', runId, seq, status });
const token = (seq: number, text: string): RunMessage => ({ type: 'run:token', runId, seq, stepNumber: 1, offset: 0, text });
const completed = (seq: number): RunMessage => ({ type: 'run:completed', runId, seq, status: 'completed', output: 'Done' });

function connect(overrides: Partial<RunSource> = {}) {
  const wire = new Recorder();
  const stream = new Stream();
  const asked: { runId: string; since: number }[] = [];
  const source: RunSource = {
    position: async () => ({ status: 'running', lastSeq: 2 }),
    watch: async (id, since) => {
      asked.push({ runId: id, since });
      return stream;
    },
    ...overrides,
  };
  const explain = (error: unknown) => (error instanceof PlatformError ? error : new PlatformError('INTERNAL_ERROR', 'Internal server error'));
  const connection = new Connection(wire, source, explain);
  const tell = (frame: object) => connection.receive(JSON.stringify(frame));
  return { wire, stream, asked, connection, tell };
}

/** Lets everything run that waits for nothing but its turn. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

describe('/ws connection: bad input', () => {
  const refused: [string, string | Uint8Array, Record<string, unknown> | undefined][] = [
    ['malformed JSON', '{', undefined],
    ['a list', '[]', undefined],
    ['null', 'null', undefined],
    ['a binary frame', Buffer.from('{"type":"ping"}'), undefined],
    ['an unknown type', '{"type":"subscribe:all"}', { type: 'Type must be one of subscribe:run, unsubscribe:run, ping' }],
    ['no runId', '{"type":"subscribe:run"}', { runId: 'Run ID is required' }],
    ['a runId that is no text', '{"type":"subscribe:run","runId":5}', { runId: 'Run ID is required' }],
    ['a negative since', `{"type":"subscribe:run","runId":"${runId}","since":-1}`, { since: 'Since must be a whole number of at least 0' }],
    ['a since that is no number', `{"type":"subscribe:run","runId":"${runId}","since":"1"}`, { since: 'Since must be a whole number of at least 0' }],
  ];
  for (const [what, data, details] of refused) {
    it(`answers ${what} with an error frame and stays open`, () => {
      const { wire, connection, tell } = connect();
      connection.receive(data);
      assert.equal(wire.frames.length, 1);
      assert.equal(wire.frames[0]!.type, 'error');
      assert.equal(wire.frames[0]!.code, 'VALIDATION_ERROR');
      assert.deepEqual(wire.frames[0]!.details, details);
      tell({ type: 'ping' });
      assert.deepEqual(wire.frames[1], { type: 'pong' });
    });
  }
});

describe('/ws connection: strangers', () => {
  it('tells FORBIDDEN and nothing else', async () => {
    let opened = 0;
    const { wire, tell } = connect({
      position: async () => { throw forbidden(); },
      watch: async () => { opened++; return new Stream(); },
    });
    tell({ type: 'subscribe:run', runId });
    await wire.until(() => wire.frames.length > 0);
    await settle();
    assert.deepEqual(wire.frames, [{ type: 'error', error: 'Access denied', code: 'FORBIDDEN', runId }]);
    assert.equal(opened, 0);
  });

  it('tells NOT_FOUND with the run', async () => {
    const { wire, tell } = connect({ position: async () => { throw notFound('Run'); } });
    tell({ type: 'subscribe:run', runId });
    await wire.until(() => wire.frames.length > 0);
    assert.deepEqual(wire.frames, [{ type: 'error', error: 'Run not found', code: 'NOT_FOUND', runId }]);
  });

  it('ends a run whose access is taken away in the middle', async () => {
    const { wire, tell, stream } = connect();
    tell({ type: 'subscribe:run', runId });
    stream.push(update(1), forbidden(), update(2));
    await wire.until(() => wire.ofType('error').length > 0);
    await settle();
    assert.deepEqual(wire.frames.map(({ type }) => type), ['subscribed', 'run:update', 'error']);
    assert.equal(stream.stopped, true);
  });
});

describe('/ws connection: watching', () => {
  it('says subscribed, then what was missed, then what is new, then the end', async () => {
    const { wire, tell, stream, asked } = connect();
    stream.push(update(1), update(2));
    tell({ type: 'subscribe:run', runId });
    await wire.until(() => wire.frames.length === 3);
    stream.push(token(2, 'Do'), update(3), completed(4));
    await wire.until(() => wire.ofType('run:completed').length > 0);
    assert.deepEqual(asked, [{ runId, since: 0 }]);
    assert.deepEqual(wire.frames.map(({ type, seq }) => [type, seq]), [
      ['subscribed', 2], ['run:update', 1], ['run:update', 2], ['run:token', 2], ['run:update', 3], ['run:completed', 4],
    ]);
    await settle();
    assert.equal(stream.stopped, true);
  });

  it('sends exactly the documented keys and seq', async () => {
    const { wire, tell, stream } = connect();
    const step = { id: 's', stepNumber: 2, stepType: 'tool_call', toolName: 'write_file', status: 'completed', durationMs: 5 };
    const extra = { waitingFor: null, errorCode: null, step: null, output: null, error: null, errorMessage: null, text: null };
    stream.push(
      { ...extra, ...update(1), step: { ...step, secret: 1 } as typeof step },
      { ...extra, ...update(2) },
      { ...extra, ...token(2, 'x') },
      { ...extra, type: 'run:error', runId, seq: 3, status: 'failed', error: 'Failed', errorMessage: 'Because' },
    );
    tell({ type: 'subscribe:run', runId });
    await wire.until(() => wire.ofType('run:error').length > 0);
    assert.deepEqual(wire.frames, [
      { type: 'subscribed', runId, seq: 2, status: 'running' },
      { type: 'run:update', runId, seq: 1, status: 'running', step },
      { type: 'run:update', runId, seq: 2, status: 'running', step: null },
      { type: 'run:token', runId, seq: 2, stepNumber: 1, offset: 0, text: 'x' },
      { type: 'run:error', runId, seq: 3, error: 'Failed', errorMessage: 'Because' },
    ]);
  });

  it('passes since on and sends nothing up to it', async () => {
    const { wire, tell, stream, asked } = connect();
    stream.push(update(2), update(3), update(3), update(4), completed(5));
    tell({ type: 'subscribe:run', runId, since: 2 });
    await wire.until(() => wire.ofType('run:completed').length > 0);
    assert.deepEqual(asked, [{ runId, since: 2 }]);
    assert.deepEqual(wire.frames.slice(1).map(({ seq }) => seq), [3, 4, 5]);
  });

  it('takes a cancelled run for ended, and lets it be watched again', async () => {
    const { wire, tell, stream, asked } = connect();
    stream.push(update(1, 'cancelled'), update(2));
    tell({ type: 'subscribe:run', runId });
    await wire.until(() => wire.ofType('run:update').length > 0);
    await settle();
    assert.equal(wire.frames.length, 2);
    tell({ type: 'subscribe:run', runId, since: 1 });
    await wire.until(() => wire.ofType('subscribed').length === 2);
    assert.equal(asked.length, 2);
  });

  it('stops at unsubscribe:run', async () => {
    const { wire, tell, stream } = connect();
    stream.push(update(1));
    tell({ type: 'subscribe:run', runId });
    await wire.until(() => wire.ofType('run:update').length > 0);
    tell({ type: 'unsubscribe:run', runId: runId.toUpperCase() });
    stream.push(update(2));
    await settle();
    assert.equal(stream.stopped, true);
    assert.equal(wire.frames.length, 2);
  });
});

describe('/ws connection: edges', () => {
  it('refuses a run that is being watched already, and goes on with it', async () => {
    const { wire, tell, stream } = connect();
    tell({ type: 'subscribe:run', runId });
    tell({ type: 'subscribe:run', runId });
    stream.push(completed(1));
    await wire.until(() => wire.ofType('run:completed').length > 0);
    assert.deepEqual(wire.ofType('error').map(({ code, runId: id }) => [code, id]), [['INVALID_STATE', runId]]);
    assert.equal(wire.ofType('subscribed').length, 1);
  });

  it(`watches ${mostSubscriptions} runs at most`, async () => {
    const { wire, tell } = connect();
    for (let number = 0; number <= mostSubscriptions; number++) tell({ type: 'subscribe:run', runId: `run-${number}` });
    await wire.until(() => wire.ofType('subscribed').length === mostSubscriptions);
    assert.deepEqual(wire.ofType('error').map(({ code, runId: id }) => [code, id]), [['INVALID_STATE', `run-${mostSubscriptions}`]]);
  });

  it('opens nothing for a run that was unsubscribed while permission was asked', async () => {
    let allow = (_position: { status: string; lastSeq: number }) => {};
    const { wire, tell, asked } = connect({ position: () => new Promise((resolve) => (allow = resolve)) });
    tell({ type: 'subscribe:run', runId });
    tell({ type: 'unsubscribe:run', runId });
    allow({ status: 'running', lastSeq: 0 });
    await settle();
    assert.deepEqual(wire.frames, []);
    assert.deepEqual(asked, []);
  });

  it('counts runs that were unsubscribed while permission is still being asked', () => {
    const { wire, tell } = connect({ position: () => new Promise(() => {}) });
    for (let number = 0; number < mostSubscriptions; number++) {
      tell({ type: 'subscribe:run', runId });
      tell({ type: 'unsubscribe:run', runId });
    }
    assert.equal(wire.frames.length, 0);
    tell({ type: 'subscribe:run', runId });
    assert.equal(wire.frames[0]!.code, 'INVALID_STATE');
  });

  it('stops a stream that opens after the connection has ended', async () => {
    let open = (_stream: Stream) => {};
    const { wire, tell, connection, stream } = connect({ watch: () => new Promise((resolve) => (open = resolve)) });
    tell({ type: 'subscribe:run', runId });
    await settle();
    connection.end();
    open(stream);
    await settle();
    assert.equal(stream.stopped, true);
    assert.deepEqual(wire.frames, []);
  });

  it('stops every stream and says nothing more when the connection ends', async () => {
    const { wire, tell, connection, stream } = connect();
    tell({ type: 'subscribe:run', runId });
    await wire.until(() => wire.frames.length === 1);
    connection.end();
    stream.push(update(1));
    tell({ type: 'ping' });
    await settle();
    assert.equal(stream.stopped, true);
    assert.equal(wire.frames.length, 1);
  });

  it('leaves the run when its stream is over without an end', async () => {
    const { wire, tell, stream, asked } = connect();
    tell({ type: 'subscribe:run', runId, since: 2 });
    stream.finish();
    await wire.until(() => wire.frames.length === 1);
    await settle();
    tell({ type: 'subscribe:run', runId, since: 2 });
    await wire.until(() => wire.ofType('subscribed').length === 2);
    assert.equal(asked.length, 2);
    assert.deepEqual(wire.ofType('error'), []);
  });

  it('leaves out tokens but no event when the client reads slowly', async () => {
    const { wire, tell, stream } = connect();
    tell({ type: 'subscribe:run', runId });
    await wire.until(() => wire.frames.length === 1);
    wire.waiting = tokensStopAt + 1;
    stream.push(token(2, 'a'), update(3), token(3, 'b'), completed(4));
    await wire.until(() => wire.ofType('run:completed').length > 0);
    assert.deepEqual(wire.frames.map(({ type }) => type), ['subscribed', 'run:update', 'run:completed']);
    assert.equal(wire.closed, undefined);
  });

  it('closes with 4408 and drops everything when the client does not read at all', async () => {
    const { wire, tell, stream } = connect();
    tell({ type: 'subscribe:run', runId });
    await wire.until(() => wire.frames.length === 1);
    wire.waiting = connectionStopsAt + 1;
    stream.push(update(3), update(4));
    await wire.until(() => wire.closed !== undefined);
    await settle();
    assert.equal(wire.closed, 4408);
    assert.equal(wire.frames.length, 1);
    assert.equal(stream.stopped, true);
  });

  it('closes with 4408 when only answers to pings pile up', () => {
    const { wire, tell } = connect();
    wire.waiting = connectionStopsAt + 1;
    tell({ type: 'ping' });
    assert.equal(wire.closed, 4408);
  });
});
