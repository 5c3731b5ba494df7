import assert from 'node:assert/strict';
import type { Viewer } from '../../../src/auth/viewer.js';
import type { Persona } from '../../../src/personas/persona.model.js';
import { Run, type RunStatus } from '../../../src/runs/run.model.js';
import { RunStep } from '../../../src/runs/runStep.model.js';
import { StepAttempt } from '../../../src/runs/stepAttempt.model.js';
import type { Window } from '../../../src/timeSeries.js';
import { readUsage } from '../../../src/usage/usage.read.js';
import { useDatabase } from '../../support/database.js';
import { addMember, countStatements, createAgent, createPersona, createViewer, rejectsWith } from '../../support/factories.js';

const utc = { interval: 'day', timeZone: 'UTC' } as const;
const attempt = (provider: string, promptTokens: number | null, cost: number | null, status: StepAttempt['status'] = 'completed') =>
  ({ provider, model: 'm', status, promptTokens, completionTokens: promptTokens && 1, cost, durationMs: 1 });

/** A run with one step that took these attempts, and one that called a tool. */
async function makeRun(persona: Persona, createdAt: string, status: RunStatus = 'completed', attempts: Partial<StepAttempt>[] = []): Promise<void> {
  const agent = await createAgent(persona);
  const run = await Run.query().insertAndFetch({ agentId: agent.id, personaId: persona.id, userId: persona.ownerId, input: 'x', status, createdAt: new Date(createdAt) });
  const { id: stepId } = await RunStep.query().insertAndFetch({ runId: run.id, stepNumber: 1, stepType: 'llm_call', status: 'completed', input: {} });
  await RunStep.query().insert({ runId: run.id, stepNumber: 2, stepType: 'tool_call', status: 'completed', input: {} });
  for (const [index, each] of attempts.entries()) await StepAttempt.query().insert({ ...each, stepId, attemptNumber: index + 1 });
}

describe('readUsage', () => {
  useDatabase();
  let viewer: Viewer;
  let persona: Persona;
  beforeEach(async () => {
    viewer = await createViewer();
    persona = await createPersona(viewer, { name: 'Mine' });
  });
  const march = { ...utc, from: new Date('2026-03-01T00:00:00Z'), to: new Date('2026-03-03T23:59:59.999Z') };
  const days = ({ points }: Awaited<ReturnType<typeof readUsage>>) => points.map(({ start, figures }) => [start.toISOString().slice(0, 16), figures.runs]);

  it('refuses a window that ends before it begins, too many intervals, and time zones that are none', async () => {
    const refuse = (given: Partial<Window>, details: object) => rejectsWith(readUsage(viewer, { ...march, ...given }), 'VALIDATION_ERROR', details);
    await refuse({ to: new Date('2026-02-01') }, { to: 'To must not be before from' });
    await refuse({ from: new Date('2020-01-01') }, { interval: 'Interval day cuts this window into 2254 pieces, and may cut it into 100' });
    for (const timeZone of ['', 'Mars/Olympus', '+02:00', "UTC'; drop table runs"]) {
      await refuse({ timeZone }, { timeZone: 'Time zone must be a name such as UTC or Europe/Berlin' });
    }
  });

  it('counts nothing of personas that the viewer does not see, and what is shared', async () => {
    await makeRun(persona, '2026-03-02T10:00:00Z');
    const stranger = await createViewer();
    assert.equal((await readUsage(stranger, march)).total.runs, 0);
    assert.equal((await readUsage(stranger, { ...march, personaId: persona.id })).total.runs, 0);
    assert.equal((await readUsage(await createViewer({ role: 'admin' }), march)).total.runs, 0);
    await addMember(persona, stranger, 'viewer');
    assert.equal((await readUsage(stranger, march)).total.runs, 1);
  });

  it('has zeros for days with nothing, and counts to the last millisecond', async () => {
    await makeRun(persona, '2026-02-28T23:59:59.999Z');
    await makeRun(persona, '2026-03-01T00:00:00Z');
    await makeRun(persona, '2026-03-03T23:59:59.999Z', 'failed');
    await makeRun(persona, '2026-03-04T00:00:00Z');
    const usage = await readUsage(viewer, march);
    assert.deepEqual(days(usage), [['2026-03-01T00:00', 1], ['2026-03-02T00:00', 0], ['2026-03-03T00:00', 1]]);
    assert.deepEqual([usage.from, usage.to], [march.from, march.to]);
    const { runs, completed, failed, cancelled, steps, totalTokens, cost } = usage.total;
    assert.deepEqual([runs, completed, failed, cancelled, steps, totalTokens, cost], [2, 1, 1, 0, 4, 0, 0]);
  });

  it('cuts days, weeks and months by the clock of the time zone, over the change to summer time', async () => {
    await makeRun(persona, '2026-03-28T23:30:00Z'); // 00:30 on the 29th in Berlin, whose clocks go forward that day
    const inBerlin = { ...march, timeZone: 'Europe/Berlin', from: new Date('2026-03-27T23:00:00Z'), to: new Date('2026-03-30T21:59:59Z') };
    assert.deepEqual(days(await readUsage(viewer, inBerlin)), [['2026-03-27T23:00', 0], ['2026-03-28T23:00', 1], ['2026-03-29T22:00', 0]]);
    const wide = { ...utc, from: new Date('2026-03-20T00:00:00Z'), to: new Date('2026-04-01T00:00:00Z') };
    assert.deepEqual(days(await readUsage(viewer, { ...wide, interval: 'week' })), [['2026-03-16T00:00', 0], ['2026-03-23T00:00', 1], ['2026-03-30T00:00', 0]]);
    assert.deepEqual(days(await readUsage(viewer, { ...wide, interval: 'month' })), [['2026-03-01T00:00', 1], ['2026-04-01T00:00', 0]]);
  });

  it('is the last 30 days when no window is given', async () => {
    await makeRun(persona, new Date().toISOString());
    const { points, total } = await readUsage(viewer, utc);
    assert.deepEqual([points.length, points.at(-1)!.figures.runs, total.runs], [30, 1, 1]);
  });

  it('tells tokens and cost by persona and by provider, and how many tokens have no price', async () => {
    const other = await createPersona(viewer, { name: 'Other' });
    await makeRun(persona, '2026-03-01T10:00:00Z', 'completed', [attempt('openai', null, null, 'skipped'), attempt('groq', 9, 0.5, 'failed'), attempt('openai', 99, 0.25)]);
    await makeRun(persona, '2026-03-02T10:00:00Z', 'completed', [attempt('openai', 49, 0.25)]);
    await makeRun(other, '2026-03-02T10:00:00Z', 'cancelled', [attempt('ollama', 19, null)]);
    const usage = await readUsage(viewer, march);
    assert.deepEqual([usage.total.promptTokens, usage.total.completionTokens, usage.total.totalTokens], [176, 4, 180]);
    assert.deepEqual([usage.total.cost, usage.total.unpricedTokens], [1, 20]);
    assert.deepEqual(usage.byPersona.map(({ personaName, total }) => [personaName, total.runs, total.totalTokens, total.cost]), [['Mine', 2, 160, 1], ['Other', 1, 20, null]]);
    assert.deepEqual(usage.byProvider.map(({ provider, total }) => [provider, total.attempts, total.failedAttempts, total.totalTokens, total.cost]), [
      ['openai', 2, 0, 150, 0.5], ['ollama', 1, 0, 20, null], ['groq', 1, 1, 10, 0.5],
    ]);
    assert.deepEqual(usage.byProvider[0]!.points.map(({ figures }) => figures.totalTokens), [100, 50, 0]);
    assert.equal((await readUsage(viewer, { ...march, personaId: other.id })).total.totalTokens, 20);
  });

  it('takes two statements', async () => {
    assert.equal(await countStatements(() => readUsage(viewer, march)), 2);
  });
});
