import assert from 'node:assert/strict';
import { trustProxies } from '../../src/limits/clientAddress.js';
import { formWith } from '../support/form.js';
import { setLimits } from '../support/limits.js';
import { type Account, password, useServer } from '../support/server.js';
import { makeWorld, type World } from './world.js';
import { Client } from './ws/client.js';

const shown = ({ headers }: { headers: Record<string, unknown> }) => [headers['x-ratelimit-limit'], headers['x-ratelimit-remaining']];

describe('limits of requests', () => {
  const server = useServer();
  let ann: Account;
  let bob: Account;
  before(async () => {
    [ann, bob] = [await server.signIn('ann@example.com'), await server.signIn('bob@example.com')];
  });
  beforeEach(() => setLimits({ requests: 3 }));
  afterEach(() => trustProxies(0));
  const me = (token?: string, headers = {}) => server.request('GET', '/api/users/me', { token, headers });

  it('counts requests without a good token by address, whatever X-Forwarded-For says', async () => {
    assert.equal((await me('forged', { 'x-forwarded-for': '203.0.113.1' })).status, 401);
    assert.equal((await me(undefined, { 'x-forwarded-for': '203.0.113.2' })).status, 401);
    assert.equal((await server.request('POST', '/api/auth/refresh', { body: { refreshToken: 'x' } })).status, 401);
    assert.equal((await server.request('POST', '/api/auth/login', { body: { email: ann.email, password }, headers: { 'x-forwarded-for': '203.0.113.3' } })).status, 429);
    assert.equal((await me(ann.token)).status, 200, 'who has signed in counts by user');
  });

  it('believes X-Forwarded-For of a trusted proxy', async () => {
    trustProxies(1);
    for (let each = 0; each < 3; each++) await me('forged', { 'x-forwarded-for': '203.0.113.1' });
    assert.equal((await me('forged', { 'x-forwarded-for': '203.0.113.1' })).status, 429);
    assert.equal((await me('forged', { 'x-forwarded-for': '203.0.113.2' })).status, 401);
  });

  it('shows limit, what is left and when it begins anew on every answer', async () => {
    const now = Math.floor(Date.now() / 1000);
    const answers = [await me(ann.token), await server.request('POST', '/api/personas', { token: ann.token, body: {} })];
    assert.deepEqual(answers.map(({ status }) => status), [200, 400]);
    assert.deepEqual(answers.map(shown), [['3', '2'], ['3', '1']]);
    for (const { headers } of answers) {
      const reset = Number(headers['x-ratelimit-reset']);
      assert.ok(reset > now && reset <= now + 75, String(reset - now));
    }
  });

  it('answers the one too many with 429, the documented body and Retry-After', async () => {
    for (let each = 0; each < 3; each++) assert.equal((await me(ann.token)).status, 200);
    const answer = await me(ann.token);
    const { retryAfter, ...rest } = answer.json;
    assert.deepEqual([answer.status, rest], [429, { error: 'Rate limit exceeded', code: 'RATE_LIMIT_EXCEEDED' }]);
    assert.ok(Number.isInteger(retryAfter) && retryAfter > 0 && retryAfter <= 60, String(retryAfter));
    assert.equal(answer.headers['retry-after'], String(retryAfter));
    assert.deepEqual(shown(answer), ['3', '0']);
    assert.equal((await me(bob.token)).status, 200, 'others are not concerned');
  });

  it('counts one user over all sessions', async () => {
    setLimits();
    const again = await server.signIn('ann@example.com');
    setLimits({ requests: 3 });
    for (const token of [ann.token, again.token, ann.token]) assert.equal((await me(token)).status, 200);
    assert.equal((await me(again.token)).status, 429);
  });

  it('counts connections to /ws and the frames of clients with the rest', async () => {
    const client = new Client(server.liveUrl(ann.token));
    await client.opened();
    client.send({ type: 'ping' });
    client.send({ type: 'nonsense' });
    client.send({ type: 'ping' });
    await client.until(() => client.frames.length === 3);
    assert.deepEqual(client.frames.map(({ type, code }) => code ?? type), ['pong', 'VALIDATION_ERROR', 'RATE_LIMIT_EXCEEDED']);
    const { retryAfter } = client.frames[2]!.details;
    assert.ok(retryAfter > 0 && retryAfter <= 60);
    assert.equal((await me(ann.token)).status, 429);

    const late = new Client(server.liveUrl(ann.token));
    await late.until(() => late.closed !== undefined);
    assert.deepEqual([late.closed!.code, late.frames.map(({ code }) => code)], [1013, ['RATE_LIMIT_EXCEEDED']]);
    assert.equal(client.closed, undefined, 'what stands goes on');
    client.socket.terminate();
  });
});

describe('POST /api/runs: limits', () => {
  const server = useServer();
  let world: World;
  before(async () => {
    world = await makeWorld(server);
  });
  beforeEach(() => setLimits({ runs: 2 }));
  const start = (account: Account, body: object) => server.request('POST', '/api/runs', { token: account.token, body });

  it('does not count what is no run', async () => {
    const { owner, stranger, agent } = world;
    const answers = [await start(owner, {}), await start(owner, { agentId: agent.id, input: ' ' }), await start(stranger, { agentId: agent.id, input: 'Do it' })];
    assert.deepEqual(answers.map(({ status }) => status), [400, 400, 403]);
    assert.deepEqual(answers.map(shown), [['2', '2'], ['2', '2'], ['2', '2']]);
  });

  it('shows and enforces the limit of runs, per user', async () => {
    const { owner, editor, agent } = world;
    const body = { agentId: agent.id, input: 'Do it' };
    const answers = [await start(owner, body), await start(owner, body), await start(owner, body)];
    assert.deepEqual(answers.map(({ status }) => status), [201, 201, 429]);
    assert.deepEqual(answers.map(shown), [['2', '1'], ['2', '0'], ['2', '0']]);
    assert.deepEqual(Object.keys(answers[2]!.json), ['error', 'code', 'retryAfter']);
    assert.equal(answers[2]!.headers['retry-after'], String(answers[2]!.json.retryAfter));
    assert.equal((await start(editor, body)).status, 201);
    assert.deepEqual(shown(await server.request('GET', '/api/runs', { token: owner.token })), ['1000000', '999996']);
  });
});

describe('POST /api/personas/:personaId/memory/upload: limits', () => {
  const server = useServer();
  let world: World;
  before(async () => {
    world = await makeWorld(server);
  });
  beforeEach(() => setLimits({ uploads: 2 }));
  const upload = ({ token }: Account, content: string) => {
    const { headers, body } = formWith(content);
    return server.request('POST', `/api/personas/${world.persona.id}/memory/upload`, { token, headers, body });
  };

  it('does not count what a stranger sends', async () => {
    const answer = await upload(world.stranger, 'text');
    assert.deepEqual([answer.status, shown(answer)], [403, ['2', '2']]);
  });

  it('shows and enforces the limit of uploads, per user, also of files that are refused', async () => {
    const { owner, editor } = world;
    const answers = [await upload(owner, ''), await upload(owner, 'one'), await upload(owner, 'two')];
    assert.deepEqual(answers.map(({ status }) => status), [400, 201, 429]);
    assert.deepEqual(answers.map(shown), [['2', '1'], ['2', '0'], ['2', '0']]);
    assert.equal(answers[2]!.headers['retry-after'], String(answers[2]!.json.retryAfter));
    assert.equal((await upload(editor, 'two')).status, 201);
  });
});

describe('POST /api/auth/login: limits', () => {
  const server = useServer();
  beforeEach(() => setLimits({ accountAttempts: 5 }));
  const attempt = (email: string, given: string, headers = {}) => server.request('POST', '/api/auth/login', { body: { email, password: given }, headers });

  it('lets in who remembers the password in time', async () => {
    await server.signIn('bob@example.com');
    for (let round = 0; round < 3; round++) {
      for (let each = 0; each < 4; each++) assert.equal((await attempt('bob@example.com', 'wrong')).status, 401);
      assert.equal((await attempt('bob@example.com', password)).status, 200);
    }
  });
});
