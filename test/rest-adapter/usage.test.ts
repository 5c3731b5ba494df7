import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { StepAttempt } from '../../src/runs/stepAttempt.model.js';
import { useServer } from '../support/server.js';
import { assertDenied, assertInvalid, isTime, itIsGuarded, keysOf } from './guarded.js';
import { makeRun, makeStep, makeWorld } from './world.js';

const tokens = ['promptTokens', 'completionTokens', 'totalTokens', 'cost', 'unpricedTokens'];
const runs = ['runs', 'pending', 'running', 'completed', 'failed', 'cancelled', 'steps', ...tokens];
const attempts = ['attempts', 'failedAttempts', ...tokens];

describe('GET /api/usage', () => {
  const server = useServer();
  itIsGuarded(server, 'GET', '/api/usage');
  const usage = ({ token }: { token: string }, query = '') => server.request('GET', `/api/usage${query}`, { token });

  it('answers 400 naming each parameter at fault', async () => {
    const { owner } = await makeWorld(server);
    assertInvalid(await usage(owner, '?personaId=42&from=x&to=y&interval=hour'), {
      personaId: 'Persona ID must be a UUID', from: 'From must be an ISO 8601 date', to: 'To must be an ISO 8601 date', interval: 'Interval must be one of day, week, month',
    });
    assertInvalid(await usage(owner, '?timeZone=Nowhere'), { timeZone: 'Time zone must be a name such as UTC or Europe/Berlin' });
    assertInvalid(await usage(owner, '?from=2026-02-02&to=2026-02-01'), { to: 'To must not be before from' });
  });

  it('answers 403 to a stranger who asks for a persona, and 404 for an unknown one', async () => {
    const { stranger, persona } = await makeWorld(server);
    assertDenied(await usage(stranger, `?personaId=${persona.id}`));
    assert.equal((await usage(stranger, `?personaId=${randomUUID()}`)).status, 404);
  });

  it('answers with totals and points in all, by persona and by provider', async () => {
    const world = await makeWorld(server);
    const { viewer, persona } = world;
    const step = await makeStep(await makeRun(world, { status: 'completed', createdAt: new Date('2026-02-02T10:00:00Z') }), 1);
    await StepAttempt.query().insert({ stepId: step.id, attemptNumber: 1, provider: 'openai', model: 'm', status: 'completed', promptTokens: 10, completionTokens: 5, cost: 0.0125, durationMs: 1 });
    const { status, json } = await usage(viewer, '?from=2026-02-01&to=2026-02-03');
    assert.equal(status, 200);
    assert.deepEqual(keysOf(json), ['from', 'to', 'total', 'points', 'byPersona', 'byProvider']);
    assert.deepEqual([json.from, json.to], ['2026-02-01T00:00:00.000Z', '2026-02-03T23:59:59.999Z']);
    assert.deepEqual(json.points.map((point: { start: string; runs: number }) => [point.start, point.runs]), [
      ['2026-02-01T00:00:00.000Z', 0], ['2026-02-02T00:00:00.000Z', 1], ['2026-02-03T00:00:00.000Z', 0],
    ]);
    assert.deepEqual([keysOf(json.total), keysOf(json.points[0])], [runs, ['start', ...runs]]);
    const [ofPersona] = json.byPersona;
    assert.deepEqual(keysOf(ofPersona), ['personaId', 'personaName', 'total', 'points']);
    assert.deepEqual([ofPersona.personaId, ofPersona.personaName, ofPersona.total.cost], [persona.id, persona.name, 0.0125]);
    const [ofProvider] = json.byProvider;
    assert.deepEqual(keysOf(ofProvider), ['provider', 'total', 'points']);
    assert.deepEqual([keysOf(ofProvider.total), keysOf(ofProvider.points[0])], [attempts, ['start', ...attempts]]);
    assert.match(ofProvider.points[0].start, isTime);
    assert.deepEqual([ofProvider.provider, ofProvider.total.totalTokens], ['openai', 15]);
  });
});
