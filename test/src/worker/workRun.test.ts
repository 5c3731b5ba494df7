import assert from 'node:assert/strict';
import { AuditLog } from '../../../src/audit/auditLog.model.js';
import { knex } from '../../../src/db.js';
import { Artifact } from '../../../src/runs/artifact.model.js';
import { readEvents } from '../../../src/runs/runEvents.js';
import { cancelRun, decideStep } from '../../../src/runs/runs.service.js';
import { StepAttempt } from '../../../src/runs/stepAttempt.model.js';
import { usePrices } from '../../../src/providers/prices.js';
import { ProviderError } from '../../../src/providers/provider.js';
import { claimRun } from '../../../src/worker/lease.js';
import { useDatabase } from '../../support/database.js';
import { asViewer, calls, engine, hang, makeAgent, newRun, readRun, readSteps, says, scriptedProvider, testTool, work } from '../../support/engine.js';
import { eventually } from '../../support/eventually.js';

describe('workRun', () => {
  useDatabase();
  beforeEach(() => knex()('runs').delete());

  const write = testTool('write', async ({ text }, { workspace }) => ({
    output: { filePath: await workspace.write('a.txt', text ?? 'hello') }, artifacts: ['/workspace/a.txt'],
  }));

  it('answers a call of a tool that is not offered, or whose arguments are off the schema, to the model, and runs nothing', async () => {
    let ran = 0;
    const tool = testTool('t', async () => ({ output: { ran: ++ran } }));
    const provider = scriptedProvider([() => calls(['other', {}], ['t', { wrong: 1 }], ['t', null]), () => says('sorry')]);
    const { work: options } = await engine([provider], [tool]);
    const run = await newRun(await makeAgent([tool]));
    await work(options);
    const steps = await readSteps(run.id);
    assert.deepEqual(steps.map(({ status, errorCode }) => [status, errorCode]), [
      ['completed', null], ['failed', 'TOOL_NOT_OFFERED'], ['failed', 'INVALID_ARGUMENTS'], ['failed', 'INVALID_ARGUMENTS'], ['completed', null],
    ]);
    const results = provider.requests[1]!.filter(({ role }) => role === 'tool').map(({ content }) => content);
    assert.match(results[0]!, /no tool 'other'.*The tools are: t/);
    assert.match(results[1]!, /wrong/);
    assert.equal(ran, 0);
    assert.equal((await readRun(run.id)).status, 'completed');
  });

  it('tells the model of a tool that failed, and goes on', async () => {
    const { ToolError } = await import('../../../src/tools/tool.js');
    const tool = testTool('t', async () => { throw new ToolError('no such file'); });
    const provider = scriptedProvider([() => calls(['t', {}]), () => says('it failed')]);
    const { work: options } = await engine([provider], [tool]);
    const run = await newRun(await makeAgent([tool]));
    await work(options);
    assert.equal((await readSteps(run.id))[1]!.errorMessage, 'no such file');
    assert.equal((await readRun(run.id)).output, 'it failed');
  });

  it('fails a run with no usable provider in one sentence that names the variable', async () => {
    const none = { ...scriptedProvider([]), unavailable: 'scripted needs SCRIPT_KEY to be set' };
    const { work: options } = await engine([none], []);
    const run = await newRun(await makeAgent([], { fallbackProviders: ['gone'] }));
    await work(options);
    const { status, errorCode, errorMessage } = await readRun(run.id);
    assert.deepEqual([status, errorCode], ['failed', 'PROVIDER_FAILED']);
    assert.match(errorMessage!, /SCRIPT_KEY/);
    assert.match(errorMessage!, /gone is not a provider/);
  });

  it('ends a run whose provider never ends, at the step limit', async () => {
    const provider = scriptedProvider([() => calls(['write', {}])]);
    const { work: options } = await engine([provider], [write], { limits: { maxSteps: 5, maxSeconds: 60 } });
    const run = await newRun(await makeAgent([write]));
    await work(options);
    const { status, errorCode } = await readRun(run.id);
    assert.deepEqual([status, errorCode], ['failed', 'RUN_STEP_LIMIT']);
    assert.equal((await readSteps(run.id)).length, 5);
  });

  it('ends a run whose provider is silent, at the time limit', async () => {
    const { work: options } = await engine([scriptedProvider([hang])], [], { limits: { maxSteps: 5, maxSeconds: 0.05 } });
    const run = await newRun(await makeAgent([]));
    await work(options);
    const { status, errorCode } = await readRun(run.id);
    assert.deepEqual([status, errorCode], ['failed', 'RUN_TIME_LIMIT']);
    assert.equal((await readSteps(run.id))[0]!.status, 'failed');
  });

  it('keeps the tokens and the cost of each try', async () => {
    usePrices({ scripted: { script: { prompt: 100_000, completion: 200_000 } } });
    try {
      const { work: options } = await engine([scriptedProvider([() => says('done')])], []);
      const run = await newRun(await makeAgent([]));
      await work(options);
      const [attempt] = await StepAttempt.query().where({ step_id: (await readSteps(run.id))[0]!.id });
      assert.deepEqual([attempt!.promptTokens, attempt!.completionTokens, attempt!.cost], [10, 5, 2]);
    } finally {
      usePrices();
    }
  });

  it('keeps the tries of a step that is broken off, with the tokens that were told, by time limit and by cancel', async () => {
    const triesOf = async (runId: string) => {
      const [step] = await readSteps(runId);
      const tries = await StepAttempt.query().where({ step_id: step!.id }).orderBy('attempt_number');
      return tries.map(({ provider, status, errorKind, errorMessage, promptTokens }) => [provider, status, errorKind, errorMessage, promptTokens]);
    };
    const broken = scriptedProvider([() => { throw new ProviderError('overloaded', 'broken', 'busy'); }], 'broken');
    let begun = 0;
    const silent = scriptedProvider([({ onUsage }) => {
      onUsage!({ promptTokens: 70, completionTokens: 1 });
      begun += 1;
      return hang();
    }]);
    const agent = await makeAgent([], { defaultProvider: 'broken', fallbackProviders: ['scripted'] });
    const failed = ['broken', 'failed', 'overloaded', 'busy', null];

    const late = await newRun(agent);
    await work((await engine([broken, silent], [], { limits: { maxSteps: 5, maxSeconds: 0.3 } })).work);
    assert.deepEqual(await triesOf(late.id), [failed, ['scripted', 'failed', 'stopped', 'The run reached its time limit.', 70]]);

    const cancelled = await newRun(agent);
    const working = work((await engine([broken, silent], [])).work);
    await eventually(() => begun === 2);
    await cancelRun(asViewer(agent.user), cancelled.id, {});
    await working;
    assert.deepEqual(await triesOf(cancelled.id), [failed, ['scripted', 'failed', 'stopped', 'The run was ended or taken over.', 70]]);
    assert.equal(await AuditLog.query().where({ run_id: cancelled.id, event_type: 'provider_failed' }).resultSize(), 1);
  });

  it('commits steps, artifact, events and audit rows of a run that works', async () => {
    const provider = scriptedProvider([() => calls(['write', { text: 'hi' }]), () => says('made a.txt')]);
    const { work: options } = await engine([provider], [write]);
    const run = await newRun(await makeAgent([write]));
    await work(options);
    const done = await readRun(run.id);
    assert.deepEqual([done.status, done.output, done.leaseOwner], ['completed', 'made a.txt', null]);
    const steps = await readSteps(run.id);
    assert.deepEqual(steps.map((s) => [s.stepNumber, s.stepType, s.status]), [[1, 'llm_call', 'completed'], [2, 'tool_call', 'completed'], [3, 'llm_call', 'completed']]);
    assert.deepEqual([steps[0]!.provider, steps[0]!.model, steps[0]!.promptTokens], ['scripted', 'script-1', 10]);
    assert.deepEqual(steps[1]!.output, { filePath: '/workspace/a.txt' });
    const [artifact] = await Artifact.query(knex()).where({ run_id: run.id });
    assert.deepEqual([artifact!.name, artifact!.fileSize, artifact!.mimeType], ['a.txt', 2, 'text/plain']);
    const events = await readEvents(run.id, 0);
    assert.deepEqual(events.map(({ seq }) => seq), events.map((_, index) => index + 1));
    assert.deepEqual(events.at(-1), { type: 'run:completed', runId: run.id, seq: 8, status: 'completed', output: 'made a.txt' });
    const audit = await AuditLog.query(knex()).where({ run_id: run.id, event_type: 'tool_call' });
    assert.equal(audit[0]!.description, "Tool 'write' executed");
    assert.equal(audit[0]!.userName, 'Ann');
  });

  it('moves down the fallback providers and records each attempt', async () => {
    const bad = scriptedProvider([() => { throw new ProviderError('unauthorized', 'bad', 'bad key'); }], 'bad');
    const good = scriptedProvider([() => says('ok')], 'good');
    const { work: options } = await engine([bad, good], []);
    const run = await newRun(await makeAgent([], { defaultProvider: 'bad', fallbackProviders: ['good'] }));
    await work(options);
    const attempts = await StepAttempt.query(knex()).orderBy('attempt_number');
    assert.deepEqual(attempts.map((a) => [a.provider, a.status, a.errorKind]), [['bad', 'failed', 'unauthorized'], ['good', 'completed', null]]);
    assert.equal((await readSteps(run.id))[0]!.provider, 'good');
    assert.equal(await AuditLog.query(knex()).where({ run_id: run.id, event_type: 'provider_failed' }).resultSize(), 1);
  });

  it('breaks off what is under way when the run is cancelled, and commits nothing after', async () => {
    let aborted = false;
    const tool = testTool('slow', (_args, { signal }) => new Promise((_, reject) => {
      signal.addEventListener('abort', () => { aborted = true; reject(signal.reason); });
    }));
    const { work: options } = await engine([scriptedProvider([() => calls(['slow', {}])])], [tool]);
    const agent = await makeAgent([tool]);
    const run = await newRun(agent);
    const working = work(options);
    await eventually(async () => (await readSteps(run.id)).length === 2);
    await cancelRun(asViewer(agent.user), run.id, {});
    await working;
    assert.equal(aborted, true);
    assert.equal((await readRun(run.id)).status, 'cancelled');
    const steps = await readSteps(run.id);
    assert.deepEqual(steps.map(({ status, errorCode }) => [status, errorCode]), [['completed', null], ['failed', 'RUN_CANCELLED']]);
    assert.equal((await readEvents(run.id, 0)).at(-1)!.status, 'cancelled');
  });

  it('writes nothing once another worker has claimed the run', async () => {
    let release!: () => void;
    const held = new Promise<void>((resolve) => (release = resolve));
    const { work: options } = await engine([scriptedProvider([() => held.then(() => says('late'))])], []);
    const run = await newRun(await makeAgent([]));
    const zombie = work(options);
    await eventually(async () => (await readSteps(run.id)).length === 1);
    await knex()('runs').update({ lease_expires_at: new Date(0) });
    const other = await claimRun('other');
    assert.equal(other?.id, run.id);
    assert.equal(other?.crashCount, 1);
    release();
    await zombie;
    assert.equal((await readSteps(run.id))[0]!.status, 'started');
    assert.equal((await readRun(run.id)).status, 'running');
  });

  it('resumes after the last committed step and repeats none', async () => {
    let sent = 0;
    const send = testTool('send', async () => ({ output: { sent: ++sent } }), { idempotent: false });
    const shutdown = new AbortController();
    const provider = scriptedProvider([() => calls(['send', {}]), () => { shutdown.abort(); return hang(); }, () => says('never')]);
    const { work: options } = await engine([provider], [send]);
    const run = await newRun(await makeAgent([send]));
    await work(options, shutdown.signal);
    assert.equal((await readRun(run.id)).leaseOwner, null);
    options.findProvider = () => scriptedProvider([() => calls(['send', {}]), () => says('resumed')]);
    await work(options);
    const done = await readRun(run.id);
    assert.deepEqual([done.status, done.output, done.crashCount, sent], ['completed', 'resumed', 0, 1]);
    assert.deepEqual((await readSteps(run.id)).map(({ stepNumber }) => stepNumber), [1, 2, 3]);
  });

  it('waits for a person when a crash left the outcome of a call unknown, and does what they decide', async () => {
    for (const [decision, sentAfter, output] of [['retry', 1, 'end'], ['skip', 0, 'end'], ['stop', 0, null]] as const) {
      await knex()('runs').delete();
      let sent = 0;
      const send = testTool('send', async () => ({ output: { sent: ++sent } }), { idempotent: false });
      const { work: options } = await engine([scriptedProvider([() => calls(['send', {}]), () => says('end')])], [send]);
      const agent = await makeAgent([send]);
      const run = await newRun(agent);
      const broken = { ...send, run: hang };
      void work({ ...options, findTool: () => broken });
      await eventually(async () => (await readSteps(run.id)).length === 2);
      await knex()('runs').update({ lease_expires_at: new Date(0) }); // as if that worker had died
      await work(options);
      assert.equal((await readRun(run.id)).waitingFor, 'outcome');
      assert.equal((await readSteps(run.id))[1]!.errorCode, 'STEP_OUTCOME_UNKNOWN');
      assert.equal(await claimRun('test'), undefined);
      await assert.rejects(decideStep(asViewer(agent.user), run.id, 'approve', {}), { code: 'VALIDATION_ERROR' });
      await decideStep(asViewer(agent.user), run.id, decision, {});
      if (decision !== 'stop') await work(options);
      const done = await readRun(run.id);
      assert.deepEqual([done.status, sent, done.output], [decision === 'stop' ? 'failed' : 'completed', sentAfter, output]);
    }
  });

  it('asks before a tool that needs approval; a yes runs it once, a no tells the model', async () => {
    for (const [decision, paidAfter] of [['approve', 1], ['deny', 0]] as const) {
      await knex()('runs').delete();
      let paid = 0;
      const pay = testTool('pay', async () => ({ output: { paid: ++paid } }), { idempotent: false, needsApproval: true });
      const { work: options } = await engine([scriptedProvider([() => calls(['pay', {}]), () => says('end')])], [pay]);
      const agent = await makeAgent([pay]);
      const run = await newRun(agent);
      await work(options);
      assert.equal((await readRun(run.id)).waitingFor, 'approval');
      assert.equal((await readSteps(run.id))[1]!.status, 'waiting');
      assert.equal(paid, 0);
      await decideStep(asViewer(agent.user), run.id, decision, {});
      await work(options);
      assert.deepEqual([(await readRun(run.id)).status, paid], ['completed', paidAfter]);
    }
  });

  it("asks as the persona's settings say at the moment of the call, whatever the tool says", async () => {
    const pay = testTool('pay', async () => ({ output: { paid: true } }), { idempotent: false, needsApproval: true });
    const agent = await makeAgent([pay]);
    const set = (needsApproval: boolean) => knex()('persona_tools').where({ persona_id: agent.persona.id }).update({ config: { needsApproval } });
    await set(true);
    const { work: options } = await engine([scriptedProvider([
      async () => (await set(false), calls(['pay', {}])), async () => (await set(true), calls(['pay', {}])), () => says('end'),
    ])], [pay]);
    const run = await newRun(agent);
    await work(options);
    assert.deepEqual((await readSteps(run.id)).map(({ status }) => status), ['completed', 'completed', 'completed', 'waiting']);
    assert.equal((await readRun(run.id)).waitingFor, 'approval');
  });

  it('gives up a run that ended its worker three times without a committed step in between', async () => {
    const { work: options } = await engine([scriptedProvider([() => says('x')])], []);
    const run = await newRun(await makeAgent([]));
    for (let crash = 0; crash < 3; crash++) {
      assert.ok(await claimRun('dead'));
      await knex()('runs').update({ lease_expires_at: new Date(0) });
    }
    await work(options);
    const { status, errorCode } = await readRun(run.id);
    assert.deepEqual([status, errorCode], ['failed', 'RUN_CRASH_LOOP']);
  });
});
