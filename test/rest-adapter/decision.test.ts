import assert from 'node:assert/strict';
import { Run } from '../../src/runs/run.model.js';
import { RunStep } from '../../src/runs/runStep.model.js';
import { useServer } from '../support/server.js';
import { assertDenied, assertInvalid, isTime, itIsGuarded } from './guarded.js';
import { makeRun, makeWorld, type World } from './world.js';

describe('POST /api/runs/:id/decision', () => {
  const server = useServer();
  let world: World;
  let run: { id: string };
  itIsGuarded(server, 'POST', '/api/runs/:id/decision', 'Run', { decision: 'deny' });

  beforeEach('make a run that waits for a yes', async () => {
    world = await makeWorld(server);
    run = await makeRun(world, { status: 'running' });
    await Run.query().findById(run.id).patch({ waitingFor: 'approval' });
    await RunStep.query().insert({ runId: run.id, stepNumber: 1, stepType: 'tool_call', status: 'waiting', toolName: 'send_email', toolCallId: 'call', input: {} });
  });
  const decide = ({ token }: { token: string }, body: object) => server.request('POST', `/api/runs/${run.id}/decision`, { token, body });

  it('answers 400 to no decision, to one that is none, and to one that belongs to another wait', async () => {
    assertInvalid(await decide(world.owner, {}), { decision: 'Decision is required' });
    assertInvalid(await decide(world.owner, { decision: 'perhaps' }), { decision: 'Decision must be one of retry, skip, stop, approve, deny' });
    assertInvalid(await decide(world.owner, { decision: 'skip' }), { decision: 'Decision must be one of approve, deny' });
  });

  it('answers 403 to a stranger and to a viewer', async () => {
    for (const account of [world.stranger, world.viewer]) assertDenied(await decide(account, { decision: 'approve' }));
  });

  it('lets the run go on, once', async () => {
    const { status, json } = await decide(world.editor, { decision: 'approve' });
    assert.deepEqual([status, json], [200, { id: run.id, status: 'running', waitingFor: null, updatedAt: json.updatedAt }]);
    assert.match(json.updatedAt, isTime);
    const again = await decide(world.editor, { decision: 'approve' });
    assert.deepEqual([again.status, again.json.code], [409, 'INVALID_STATE']);
  });
});
