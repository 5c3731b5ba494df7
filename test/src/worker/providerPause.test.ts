import assert from 'node:assert/strict';
import { knex } from '../../../src/db.js';
import { ProviderError, type ProviderErrorKind } from '../../../src/providers/provider.js';
import { RunEventRow } from '../../../src/runs/runEvent.model.js';
import { cancelRun, decideStep } from '../../../src/runs/runs.service.js';
import { StepAttempt } from '../../../src/runs/stepAttempt.model.js';
import { claimRun } from '../../../src/worker/lease.js';
import { pauseAfter } from '../../../src/worker/providerPause.js';
import { Worker } from '../../../src/worker/worker.js';
import { useDatabase } from '../../support/database.js';
import { asViewer, engine, makeAgent, newRun, readRun, readSteps, says, scriptedProvider, work } from '../../support/engine.js';
import { eventually } from '../../support/eventually.js';

const attempt = (provider: string, errorKind: ProviderErrorKind, retryAfterMs?: number) => ({
  number: 1, provider, model: 'm', status: errorKind === 'not_configured' ? 'skipped' as const : 'failed' as const, errorKind,
  errorMessage: '', retryAfterMs, usage: null, startedAt: new Date(), durationMs: 0,
});

describe('pauseAfter', () => {
  it('is null unless every usable provider is in passing trouble, by its last word', () => {
    for (const kind of ['unauthorized', 'bad_answer', 'context_too_long', 'cut_off', 'not_configured'] as const) {
      assert.equal(pauseAfter([attempt('a', kind)], 0), null, kind);
    }
    assert.equal(pauseAfter([], 0), null);
    assert.equal(pauseAfter([attempt('a', 'overloaded'), attempt('b', 'unauthorized')], 0), null);
    assert.equal(pauseAfter([attempt('a', 'overloaded'), attempt('a', 'bad_answer')], 0), null);
  });

  it('is the shortest that was asked for, otherwise grows from five seconds to a minute', () => {
    const skipped = attempt('c', 'not_configured');
    assert.equal(pauseAfter([attempt('a', 'rate_limited', 90_000), attempt('b', 'overloaded', 30_000), skipped], 0), 30_000);
    assert.equal(pauseAfter([attempt('a', 'rate_limited', 0)], 0), 1_000);
    const trouble = [attempt('a', 'rate_limited'), attempt('b', 'unreachable')];
    assert.deepEqual([100, 12_000, 400_000].map((tookMs) => pauseAfter(trouble, tookMs)), [5_000, 12_000, 60_000]);
  });
});

describe('a run whose providers are all in passing trouble', () => {
  useDatabase();
  beforeEach(() => knex()('runs').delete());

  /** A provider that fails so often with the same trouble and then answers. */
  function troubled(kind: ProviderErrorKind, times: number, retryAfterMs?: number) {
    let left = times;
    return scriptedProvider([() => {
      if (left-- > 0) throw new ProviderError(kind, 'scripted', 'Not now.', retryAfterMs);
      return says('done');
    }]);
  }
  /** As if its time had come. */
  const passTime = () => knex()('runs').update({ resume_at: new Date(0) });
  const triesOf = async (runId: string) => {
    const [step] = await readSteps(runId);
    const tries = await StepAttempt.query().where({ step_id: step!.id }).orderBy('attempt_number');
    return tries.map(({ attemptNumber, status, errorKind }) => [attemptNumber, status, errorKind]);
  };

  it('fails at once with another error', async () => {
    for (const kind of ['unauthorized', 'bad_answer', 'context_too_long'] as const) {
      const { work: options } = await engine([troubled(kind, 99)], []);
      const run = await newRun(await makeAgent([]));
      await work(options);
      const { status, errorCode } = await readRun(run.id);
      assert.deepEqual([status, errorCode], ['failed', 'PROVIDER_FAILED'], kind);
    }
  });

  it('waits without a lease, takes no decision, and goes on with the same step', async () => {
    const { work: options } = await engine([troubled('rate_limited', 2)], []);
    const agent = await makeAgent([]);
    const run = await newRun(agent);
    await work(options);
    const waits = await readRun(run.id);
    assert.deepEqual([waits.status, waits.waitingFor, waits.leaseOwner], ['running', 'provider', null]);
    assert.ok(waits.resumeAt! > new Date());
    assert.equal(await claimRun('test'), undefined);
    await assert.rejects(decideStep(asViewer(agent.user), run.id, 'retry', {}), { code: 'INVALID_STATE' });

    await passTime();
    await work(options);
    assert.equal((await readRun(run.id)).waitingFor, 'provider');
    await passTime();
    await work(options);
    const done = await readRun(run.id);
    assert.deepEqual([done.status, done.output, done.waitingFor, done.resumeAt, done.crashCount], ['completed', 'done', null, null, 0]);
    assert.deepEqual(await triesOf(run.id), [[1, 'failed', 'rate_limited'], [2, 'failed', 'rate_limited'], [3, 'completed', null]]);
    const events = await RunEventRow.query().where({ run_id: run.id }).orderBy('seq');
    assert.deepEqual(events.map(({ payload }) => payload.waitingFor), [undefined, undefined, 'provider', undefined, 'provider', undefined, undefined, undefined]);
  });

  it('goes on by itself, leaving its place to other runs meanwhile', async () => {
    const { work: options } = await engine([troubled('rate_limited', 3, 1)], []);
    const agent = await makeAgent([]);
    const [first, second] = [await newRun(agent), await newRun(agent)];
    const worker = new Worker({ ...options, concurrency: 1 });
    try {
      await eventually(async () => (await readRun(second.id)).status === 'completed');
      const { status, waitingFor } = await readRun(first.id);
      assert.deepEqual([status, waitingFor], ['running', 'provider']);
      await eventually(async () => (await readRun(first.id)).status === 'completed');
    } finally {
      await worker.stop();
    }
  }).timeout(30_000);

  it("ends with the provider's error when the next pause would pass the time limit", async () => {
    const { work: options } = await engine([troubled('rate_limited', 99)], [], { limits: { maxSteps: 5, maxSeconds: 8 } });
    const run = await newRun(await makeAgent([]));
    await work(options);
    assert.equal((await readRun(run.id)).waitingFor, 'provider');
    await passTime(); // counts as waited: the second pause, as long as the first, no longer fits
    await work(options);
    const { status, errorCode, errorMessage, waitingFor } = await readRun(run.id);
    assert.deepEqual([status, errorCode, errorMessage, waitingFor], ['failed', 'PROVIDER_FAILED', 'No provider gave an answer: Not now.', null]);
    assert.equal((await triesOf(run.id)).length, 2);
  });

  it('is cancelled at once while it waits, and not taken up again', async () => {
    const { work: options } = await engine([troubled('rate_limited', 99)], []);
    const agent = await makeAgent([]);
    const run = await newRun(agent);
    await work(options);
    await cancelRun(asViewer(agent.user), run.id, {});
    const { status, waitingFor, resumeAt } = await readRun(run.id);
    assert.deepEqual([status, waitingFor, resumeAt], ['cancelled', null, null]);
    assert.equal((await readSteps(run.id))[0]!.errorCode, 'RUN_CANCELLED');
    await passTime();
    assert.equal(await claimRun('test'), undefined);
  });

  it('loses nothing when its worker dies while it waits, or as it goes on', async () => {
    const { work: options } = await engine([troubled('rate_limited', 1)], []);
    const run = await newRun(await makeAgent([]));
    await work(options);
    const { durationMs } = (await readSteps(run.id))[0]!;
    await passTime();
    assert.ok(await claimRun('dead'));
    await knex()('runs').update({ lease_expires_at: new Date(0) });
    await work(options);
    assert.equal((await readRun(run.id)).status, 'completed');
    assert.deepEqual(await triesOf(run.id), [[1, 'failed', 'rate_limited'], [2, 'completed', null]]);
    const [step] = await readSteps(run.id);
    assert.ok(durationMs! >= 5_000 && step!.durationMs! >= durationMs!, 'the pause counts');
  });
});
