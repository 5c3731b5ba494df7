import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { knex } from '../../src/db.js';
import { setLimits } from '../support/limits.js';
import { useServer } from '../support/server.js';
import { assertDenied, assertInvalid, isTime, itIsGuarded, keysOf } from './guarded.js';
import { makeAgent, makeArtifact, makeRun, makeStep, makeWorld } from './world.js';

describe('GET /api/runs', () => {
  const server = useServer();
  const list = (token: string, query = '') => server.request('GET', `/api/runs${query}`, { token });
  itIsGuarded(server, 'GET', '/api/runs');

  it('answers 400 naming each parameter at fault', async () => {
    const { owner } = await makeWorld(server);
    assertInvalid(await list(owner.token, '?personaId=x&agentId=&status=done&page=x'), {
      personaId: 'Persona ID must be a UUID', agentId: 'Agent ID must be a UUID', page: 'Page must be a whole number',
      status: 'Status must be one of pending, running, completed, failed, cancelled',
    });
    assertInvalid(await list(owner.token, '?limit=101'), { limit: 'Limit must be from 1 to 100' });
  });

  it('shows a stranger nothing', async () => {
    const world = await makeWorld(server);
    await makeRun(world);
    assert.deepEqual((await list(world.stranger.token)).json, { data: [], pagination: { page: 1, limit: 20, total: 0, totalPages: 0 } });
  });

  it('answers 403 to a stranger who filters by someone else’s persona or agent', async () => {
    const world = await makeWorld(server);
    await makeRun(world);
    for (const query of [`?personaId=${world.persona.id}`, `?agentId=${world.agent.id}`]) {
      assertDenied(await list(world.stranger.token, query));
    }
  });

  it('answers with exactly the documented keys', async () => {
    const world = await makeWorld(server);
    const run = await makeRun(world, { status: 'completed', output: 'Done', startedAt: new Date(), completedAt: new Date() });
    const { status, json } = await list(world.viewer.token);
    assert.equal(status, 200);
    assert.deepEqual(json.pagination, { page: 1, limit: 20, total: 1, totalPages: 1 });
    const { startedAt, completedAt, createdAt, ...rest } = json.data[0];
    assert.deepEqual(rest, {
      id: run.id, agentId: world.agent.id, agentName: 'Email Triage Agent', personaId: world.persona.id, personaName: 'My Assistant',
      status: 'completed', input: 'Create slides', output: 'Done',
    });
    assert.deepEqual(keysOf(json.data[0]), [
      'id', 'agentId', 'agentName', 'personaId', 'personaName', 'status', 'input', 'output', 'startedAt', 'completedAt', 'createdAt',
    ]);
    for (const time of [startedAt, completedAt, createdAt]) assert.match(time, isTime);
  });

  it('filters by persona, agent and status, in pages', async () => {
    const world = await makeWorld(server);
    const other = await makeAgent(world.persona, { name: 'Other' });
    for (let number = 0; number < 3; number++) await makeRun(world, { status: 'failed' });
    await makeRun({ ...world, agent: other });
    const total = async (query: string) => (await list(world.owner.token, query)).json.pagination.total;
    assert.equal(await total(`?personaId=${world.persona.id}`), 4);
    assert.equal(await total(`?agentId=${other.id}`), 1);
    assert.equal(await total('?status=failed'), 3);
    assert.equal(await total(`?status=failed&agentId=${other.id}`), 0);
    const page = await list(world.owner.token, '?page=2&limit=3');
    assert.equal(page.json.data.length, 1);
    assert.deepEqual(page.json.pagination, { page: 2, limit: 3, total: 4, totalPages: 2 });
  });
});

describe('GET /api/runs/:id', () => {
  const server = useServer();
  itIsGuarded(server, 'GET', '/api/runs/:id', 'Run');

  it('answers 403 to a stranger, also to an admin', async () => {
    const world = await makeWorld(server);
    const run = await makeRun(world);
    const admin = await server.signIn('admin@example.com', 'admin');
    for (const { token } of [world.stranger, admin]) assertDenied(await server.request('GET', `/api/runs/${run.id}`, { token }));
  });

  it('answers with exactly the documented keys, steps in order', async () => {
    const world = await makeWorld(server);
    const run = await makeRun(world, { status: 'completed', output: 'Done', startedAt: new Date(), completedAt: new Date() });
    const { id: toolId } = await knex()('tools').where({ name: 'generate_powerpoint' }).first('id');
    const call = { stepType: 'tool_call', toolId, toolName: 'generate_powerpoint', input: { slides: [] }, output: { filePath: '/workspace/p.pptx' } } as const;
    const tool = await makeStep(run, 2, { ...call, durationMs: 3000 });
    const model = await makeStep(run, 1, { provider: 'local', model: 'rules', promptTokens: 5 });
    const artifact = await makeArtifact(server, run, tool, Buffer.from('slides'));
    const { status, json } = await server.request('GET', `/api/runs/${run.id}`, { token: world.viewer.token });
    assert.equal(status, 200);
    const [first, second] = json.steps;
    assert.deepEqual(json, {
      id: run.id, agentId: world.agent.id, agentName: 'Email Triage Agent', personaId: world.persona.id, personaName: 'My Assistant',
      userId: world.owner.id, userName: world.owner.name, status: 'completed', input: 'Create slides', output: 'Done', errorMessage: null,
      startedAt: json.startedAt, completedAt: json.completedAt, createdAt: json.createdAt,
      steps: [
        { id: model.id, stepNumber: 1, stepType: 'llm_call', input: { messages: [] }, output: { message: 'ok', toolCalls: [] }, durationMs: 1500, createdAt: first.createdAt },
        { id: tool.id, stepNumber: 2, ...call, durationMs: 3000, createdAt: second.createdAt },
      ],
      artifacts: [{
        id: artifact.id, name: 'presentation.pptx', filePath: '/workspace/presentation.pptx', fileSize: 6,
        mimeType: 'application/vnd.openxmlformats-officedocument.presentationml.presentation', createdAt: json.artifacts[0].createdAt,
      }],
    });
    assert.deepEqual(keysOf(json), [
      'id', 'agentId', 'agentName', 'personaId', 'personaName', 'userId', 'userName', 'status', 'input', 'output', 'errorMessage',
      'startedAt', 'completedAt', 'createdAt', 'steps', 'artifacts',
    ]);
    assert.deepEqual(keysOf(first), ['id', 'stepNumber', 'stepType', 'input', 'output', 'durationMs', 'createdAt']);
    assert.deepEqual(keysOf(second), ['id', 'stepNumber', 'stepType', 'toolId', 'toolName', 'input', 'output', 'durationMs', 'createdAt']);
    for (const time of [json.startedAt, json.completedAt, json.createdAt, first.createdAt, json.artifacts[0].createdAt]) assert.match(time, isTime);
  });

  it('answers for a run that has only begun', async () => {
    const world = await makeWorld(server);
    const run = await makeRun(world);
    const { json } = await server.request('GET', `/api/runs/${run.id}`, { token: world.owner.token });
    assert.deepEqual([json.status, json.output, json.startedAt, json.steps, json.artifacts], ['pending', null, null, [], []]);
  });
});

describe('POST /api/runs', () => {
  const server = useServer();
  itIsGuarded(server, 'POST', '/api/runs', 'Agent', { agentId: randomUUID(), input: 'Do it' });

  it('answers 400 naming each field at fault', async () => {
    const { owner: { token }, agent } = await makeWorld(server);
    const post = (body: unknown) => server.request('POST', '/api/runs', { token, body });
    assertInvalid(await post({}), { agentId: 'Agent ID is required', input: 'Input is required' });
    assertInvalid(await post({ agentId: '5', input: 5 }), { agentId: 'Agent ID must be a UUID', input: 'Input must be text' });
    assertInvalid(await post({ agentId: agent.id, input: ' \n' }), { input: 'Input is required' });
  });

  it('answers 403 to a stranger and to a viewer', async () => {
    const { stranger, viewer, agent } = await makeWorld(server);
    for (const { token } of [stranger, viewer]) {
      assertDenied(await server.request('POST', '/api/runs', { token, body: { agentId: agent.id, input: 'Do it' } }));
    }
  });

  it('answers 409 when the agent or its persona is inactive', async () => {
    const { owner: { token }, agent, persona } = await makeWorld(server);
    const asleep = await makeAgent(persona, { isActive: false });
    const ofAgent = await server.request('POST', '/api/runs', { token, body: { agentId: asleep.id, input: 'Do it' } });
    assert.deepEqual([ofAgent.status, ofAgent.json.code], [409, 'INVALID_STATE']);
    await server.request('PUT', `/api/personas/${persona.id}`, { token, body: { isActive: false } });
    const ofPersona = await server.request('POST', '/api/runs', { token, body: { agentId: agent.id, input: 'Do it' } });
    assert.deepEqual([ofPersona.status, ofPersona.json.code], [409, 'INVALID_STATE']);
  });

  it('answers 201 with exactly the documented keys', async () => {
    const { editor: { token, id: userId }, agent, persona } = await makeWorld(server);
    const body = { agentId: agent.id, input: 'Create a PowerPoint', status: 'completed', userId: randomUUID() };
    const { status, json } = await server.request('POST', '/api/runs', { token, body });
    assert.equal(status, 201);
    assert.deepEqual(json, { id: json.id, agentId: agent.id, personaId: persona.id, status: 'pending', input: 'Create a PowerPoint', createdAt: json.createdAt });
    assert.deepEqual(keysOf(json), ['id', 'agentId', 'personaId', 'status', 'input', 'createdAt']);
    assert.match(json.createdAt, isTime);
    assert.equal((await server.request('GET', `/api/runs/${json.id}`, { token })).json.userId, userId);
  });
});

describe('POST /api/runs/:id/cancel', () => {
  const server = useServer();
  itIsGuarded(server, 'POST', '/api/runs/:id/cancel', 'Run');

  it('answers 403 to a stranger and to a viewer', async () => {
    const world = await makeWorld(server);
    const run = await makeRun(world);
    for (const { token } of [world.stranger, world.viewer]) assertDenied(await server.request('POST', `/api/runs/${run.id}/cancel`, { token }));
  });

  it('answers 200 with exactly the documented keys, twice as well', async () => {
    const world = await makeWorld(server);
    const run = await makeRun(world);
    for (let time = 0; time < 2; time++) {
      const { status, json } = await server.request('POST', `/api/runs/${run.id}/cancel`, { token: world.editor.token });
      assert.equal(status, 200);
      assert.deepEqual(json, { id: run.id, status: 'cancelled', updatedAt: json.updatedAt });
      assert.match(json.updatedAt, isTime);
    }
  });

  it('answers 409 to a run that has ended', async () => {
    const world = await makeWorld(server);
    const run = await makeRun(world, { status: 'completed' });
    const answer = await server.request('POST', `/api/runs/${run.id}/cancel`, { token: world.owner.token });
    assert.deepEqual([answer.status, answer.json.code], [409, 'INVALID_STATE']);
  });
});

describe('POST /api/runs/:id/retry', () => {
  const server = useServer();
  itIsGuarded(server, 'POST', '/api/runs/:id/retry', 'Run');
  const retry = (run: { id: string }, { token }: { token: string }, headers = {}) => server.request('POST', `/api/runs/${run.id}/retry`, { token, headers });

  it('answers 403 to a stranger and to a viewer', async () => {
    const world = await makeWorld(server);
    const run = await makeRun(world, { status: 'failed' });
    for (const account of [world.stranger, world.viewer]) assertDenied(await retry(run, account));
  });

  it('answers 409 to a run that has not ended, and when agent or persona is inactive', async () => {
    const world = await makeWorld(server);
    const refused = async (run: { id: string }, error: string) => {
      const { status, json } = await retry(run, world.owner);
      assert.deepEqual([status, json], [409, { error, code: 'INVALID_STATE' }]);
    };
    await refused(await makeRun(world), 'The run is pending and cannot be retried before it has ended');
    await refused(await makeRun(world, { status: 'running' }), 'The run is running and cannot be retried before it has ended');
    const run = await makeRun(world, { status: 'completed' });
    await knex()('agents').where({ id: world.agent.id }).update({ is_active: false });
    await refused(run, 'The agent is inactive and takes no runs');
    await knex()('personas').where({ id: world.persona.id }).update({ is_active: false });
    await refused(run, 'The persona is inactive and takes no runs');
  });

  it('answers 201 with the body of a new run, which says where it comes from', async () => {
    const world = await makeWorld(server);
    const old = await makeRun(world, { status: 'failed', input: 'Do it' });
    const { status, json } = await retry(old, world.editor, { 'idempotency-key': 'again' });
    assert.equal(status, 201);
    assert.notEqual(json.id, old.id);
    assert.deepEqual(json, { id: json.id, agentId: old.agentId, personaId: old.personaId, status: 'pending', input: 'Do it', createdAt: json.createdAt });
    const created = await knex()('runs').where({ id: json.id }).first('retry_of', 'user_id');
    assert.deepEqual(created, { retry_of: old.id, user_id: world.editor.id });
    const log = await knex()('audit_logs').where({ run_id: json.id }).first('event_type', 'metadata');
    assert.deepEqual(log, { event_type: 'run_created', metadata: { agentId: old.agentId, retryOf: old.id } });
    const again = await retry(old, world.editor, { 'idempotency-key': 'again' });
    assert.deepEqual([again.json.id, again.headers['idempotency-replayed']], [json.id, 'true']);
  });

  it('counts as a new run', async () => {
    const world = await makeWorld(server);
    const run = await makeRun(world, { status: 'cancelled' });
    setLimits({ runs: 1 });
    try {
      const answers = [await retry(run, world.owner), await retry(run, world.owner)];
      assert.deepEqual(answers.map(({ status, headers }) => [status, headers['x-ratelimit-remaining']]), [[201, '0'], [429, '0']]);
    } finally {
      setLimits();
    }
  });
});

describe('GET /api/runs/:id/artifacts/:artifactId', () => {
  const server = useServer();
  itIsGuarded(server, 'GET', '/api/runs/:id/artifacts/:artifactId', 'Run');

  async function makeFile() {
    const world = await makeWorld(server);
    const run = await makeRun(world, { status: 'completed' });
    const artifact = await makeArtifact(server, run, await makeStep(run, 1), Buffer.from('the slides'));
    return { world, run, artifact, path: `/api/runs/${run.id}/artifacts/${artifact.id}` };
  }

  it('answers 403 to a stranger', async () => {
    const { world, path } = await makeFile();
    const answer = await server.request('GET', path, { token: world.stranger.token });
    assertDenied(answer);
  });

  it('answers 404 to an artifact of another run, although both can be seen', async () => {
    const { world, artifact } = await makeFile();
    const other = await makeRun(world);
    const answer = await server.request('GET', `/api/runs/${other.id}/artifacts/${artifact.id}`, { token: world.owner.token });
    assert.deepEqual([answer.status, answer.json], [404, { error: 'Artifact not found', code: 'NOT_FOUND' }]);
  });

  it('sends the file with its type and name to everyone with access', async () => {
    const { world, artifact, path } = await makeFile();
    for (const { token } of [world.owner, world.viewer]) {
      const { status, headers, text } = await server.request('GET', path, { token });
      assert.deepEqual([status, text], [200, 'the slides']);
      assert.equal(headers['content-type'], artifact.mimeType);
      assert.equal(headers['content-disposition'], 'attachment; filename=presentation.pptx');
      assert.equal(headers.etag, `"${artifact.sha256}"`);
    }
  });

  it('sends a part of it', async () => {
    const { world, path } = await makeFile();
    const { status, text } = await server.request('GET', path, { token: world.owner.token, headers: { range: 'bytes=4-' } });
    assert.deepEqual([status, text], [206, 'slides']);
  });
});
