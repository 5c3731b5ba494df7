import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { createContext } from '../../../schema/context.js';
import { prepareOperation, subscribeOperation } from '../../../schema/execute.js';
import { createSchema } from '../../../schema/index.js';
import { Agent } from '../../../src/agents/agent.model.js';
import type { Viewer } from '../../../src/auth/viewer.js';
import { useLive } from '../../../src/live/live.js';
import { MemoryLive } from '../../../src/live/memoryLive.js';
import { MemoryQueue } from '../../../src/queue/memoryQueue.js';
import { useQueue } from '../../../src/queue/queue.js';
import { Artifact } from '../../../src/runs/artifact.model.js';
import { Run } from '../../../src/runs/run.model.js';
import { RunEventRow } from '../../../src/runs/runEvent.model.js';
import { RunStep } from '../../../src/runs/runStep.model.js';
import { StepAttempt } from '../../../src/runs/stepAttempt.model.js';
import { useDatabase } from '../../support/database.js';
import { addMember, countStatements, createAgent, createPersona, createViewer, operate, rejectsWith } from '../../support/factories.js';

const decide = 'mutation ($runId: UUID!, $decision: StepDecision!) { decideStep(runId: $runId, decision: $decision) { status waitingFor } }';

describe('RunsResolver', () => {
  useDatabase();
  let owner: Viewer;
  let viewer: Viewer;
  let stranger: Viewer;
  let run: Run;
  let step: RunStep;

  beforeEach(async () => {
    useLive(new MemoryLive());
    useQueue(new MemoryQueue());
    [owner, viewer, stranger] = [await createViewer(), await createViewer(), await createViewer()];
    const persona = await createPersona(owner);
    await addMember(persona, viewer, 'viewer');
    const agent = await createAgent(persona);
    run = await Run.query().insertAndFetch({ agentId: agent.id, personaId: persona.id, userId: owner.id, input: 'Go', status: 'running' });
    step = await RunStep.query().insertAndFetch({
      runId: run.id, stepNumber: 1, stepType: 'llm_call', status: 'completed', input: { messages: [] }, output: { message: 'hi', toolCalls: [] },
      provider: 'openai', model: 'm-1', promptTokens: 10, completionTokens: 2, durationMs: 5,
    });
    const attempt = { stepId: step.id, model: 'm', durationMs: 1 };
    await StepAttempt.query().insert({ ...attempt, attemptNumber: 1, provider: 'groq', status: 'failed', errorKind: 'overloaded', errorMessage: 'busy' });
    await StepAttempt.query().insert({ ...attempt, attemptNumber: 2, provider: 'openai', status: 'completed' });
    await Artifact.query().insert({
      runId: run.id, stepId: step.id, name: 'a.txt', filePath: '/workspace/a.txt', fileSize: 3_000_000_000, mimeType: 'text/plain', sha256: 'f'.repeat(64),
    });
  });

  const waitFor = (waitingFor: 'approval' | 'outcome') => run.$query().patch({ waitingFor });
  const openStep = (status: 'waiting' | 'started', input = {}) => RunStep.query().insert({
    runId: run.id, stepNumber: 2, stepType: 'tool_call', status, toolName: 'send_email', toolCallId: 'c', input,
  });

  describe('Mutation.decideStep', () => {
    it('refuses a decision that is none, and one that does not belong to what the run waits for', async () => {
      await rejectsWith(operate(owner, decide, { runId: run.id, decision: 'maybe' }), 'VALIDATION_ERROR');
      await waitFor('outcome');
      await openStep('started');
      await rejectsWith(operate(owner, decide, { runId: run.id, decision: 'approve' }), 'VALIDATION_ERROR', { decision: 'Decision must be one of retry, skip, stop' });
    });

    it('refuses a stranger and a viewer, and knows no unknown run', async () => {
      await rejectsWith(operate(stranger, decide, { runId: run.id, decision: 'retry' }), 'FORBIDDEN');
      await rejectsWith(operate(viewer, decide, { runId: run.id, decision: 'retry' }), 'FORBIDDEN');
      await rejectsWith(operate(owner, decide, { runId: randomUUID(), decision: 'retry' }), 'NOT_FOUND');
    });

    it('refuses a run that waits for nothing', async () => {
      await rejectsWith(operate(owner, decide, { runId: run.id, decision: 'retry' }), 'INVALID_STATE');
    });

    it('lets the run go on', async () => {
      await waitFor('approval');
      await openStep('waiting');
      assert.deepEqual(await operate(owner, decide, { runId: run.id, decision: 'deny' }), { decideStep: { status: 'running', waitingFor: null } });
      const [, denied] = await RunStep.query().where({ run_id: run.id }).orderBy('step_number');
      assert.deepEqual([denied!.status, denied!.errorCode], ['failed', 'STEP_DENIED']);
      assert.equal(await RunEventRow.query().where({ run_id: run.id }).resultSize(), 1);
    });
  });

  describe('Query.run', () => {
    const whole = `query ($id: UUID!) { run(id: $id) { lastSeq agent { name } persona { id }
      steps { provider model promptTokens attempts { attemptNumber provider errorKind } } artifacts { name fileSize } } }`;

    it('tells tokens, provider, model and attempts of a step', async () => {
      const { run: found } = await operate(viewer, whole, { id: run.id });
      assert.deepEqual(found.steps, [{
        provider: 'openai', model: 'm-1', promptTokens: 10,
        attempts: [{ attemptNumber: 1, provider: 'groq', errorKind: 'overloaded' }, { attemptNumber: 2, provider: 'openai', errorKind: null }],
      }]);
      assert.equal(found.persona.id, run.personaId);
    });

    it('tells what a run cost, as far as prices are known, and all its tokens', async () => {
      const query = `query ($id: UUID!) { run(id: $id) { promptTokens completionTokens totalTokens cost steps { cost attempts { promptTokens cost } } } }`;
      const figures = async () => (await operate(viewer, query, { id: run.id })).run;
      const none = { promptTokens: 0, completionTokens: 0, totalTokens: 0, cost: null };
      assert.deepEqual(await figures(), { ...none, steps: [{ cost: null, attempts: [{ promptTokens: null, cost: null }, { promptTokens: null, cost: null }] }] });
      await StepAttempt.query().patch({ promptTokens: 3_000_000_000 / 2, completionTokens: 1 });
      await StepAttempt.query().patch({ cost: 0.0000125 }).where({ provider: 'openai' });
      const { steps: [step], ...sums } = await figures();
      assert.deepEqual(sums, { promptTokens: 3_000_000_000, completionTokens: 2, totalTokens: 3_000_000_002, cost: 0.0000125 });
      assert.deepEqual([step.cost, step.attempts.map(({ cost }: { cost: number | null }) => cost)], [0.0000125, [null, 0.0000125]]);
    });

    it('tells the size of a file of more than 2 GB', async () => {
      assert.equal((await operate(owner, whole, { id: run.id })).run.artifacts[0].fileSize, 3_000_000_000);
    });

    it('is one statement for the run with all that belongs to it and the right to read it', async () => {
      const text = 'query ($id: UUID!) { run(id: $id) { agentName steps { stepNumber attempts { provider } } artifacts { name } } }';
      for (const who of [owner, viewer]) assert.equal(await countStatements(() => operate(who, text, { id: run.id })), 1);
    });

    it('is read for each rule of its own: aliases, and a field that stands twice', async () => {
      const text = 'query ($id: UUID!) { run(id: $id) { id } run(id: $id) { status } again: run(id: $id) { agentName } }';
      const { run: found, again } = await operate(viewer, text, { id: run.id });
      const { name: agentName } = (await Agent.query().findById(run.agentId))!;
      assert.deepEqual([found.id, found.status, again.agentName], [run.id, 'running', agentName]);
      const agent = await createAgent(await createPersona(stranger));
      const foreign = await Run.query().insertAndFetch({ agentId: agent.id, personaId: agent.personaId, userId: stranger.id, input: 'Go' });
      const both = 'query ($id: UUID!, $foreign: UUID!) { run(id: $id) { id } foreign: run(id: $foreign) { id } }';
      await rejectsWith(operate(viewer, both, { id: run.id, foreign: foreign.id }), 'FORBIDDEN');
    });
  });

  describe('Run.steps', () => {
    it('gives those from a number on, with what the model wrote and chose, and what a call is about', async () => {
      await RunStep.query().patch({ output: { message: 'hi', toolCalls: [{ id: 'c', name: 'send_email', arguments: {} }] } }).where({ id: step.id });
      await openStep('started', { to: ['a@b.c'], subject: 'Hello' });
      const ask = 'query ($id: UUID!, $from: Int!) { run(id: $id) { steps(from: $from) { stepNumber text calls subject } } }';
      const call = { stepNumber: 2, text: null, calls: [], subject: 'Hello' };
      assert.deepEqual((await operate(viewer, ask, { id: run.id, from: 1 })).run.steps, [{ stepNumber: 1, text: 'hi', calls: ['send_email'], subject: null }, call]);
      assert.deepEqual((await operate(viewer, ask, { id: run.id, from: 2 })).run.steps, [call]);
    });
  });

  describe('Run.waitingStep', () => {
    const ask = 'query ($id: UUID!) { run(id: $id) { waitingStep { stepNumber toolName } } }';
    const waitingStep = async () => (await operate(viewer, ask, { id: run.id })).run.waitingStep;

    it('is null while the run waits for nobody', async () => {
      await openStep('started');
      assert.equal(await waitingStep(), null);
    });
    it('is the step to decide about', async () => {
      await openStep('waiting');
      await waitFor('approval');
      assert.deepEqual(await waitingStep(), { stepNumber: 2, toolName: 'send_email' });
    });
  });

  describe('Query.runStep', () => {
    const ask = 'query ($runId: UUID!, $stepNumber: Int!) { runStep(runId: $runId, stepNumber: $stepNumber) { id input } }';

    it('refuses a stranger, and knows no unknown step', async () => {
      await rejectsWith(operate(stranger, ask, { runId: run.id, stepNumber: 1 }), 'FORBIDDEN');
      await rejectsWith(operate(viewer, ask, { runId: run.id, stepNumber: 7 }), 'NOT_FOUND');
      await rejectsWith(operate(viewer, ask, { runId: randomUUID(), stepNumber: 1 }), 'NOT_FOUND');
    });
    it('gives the step', async () => {
      assert.deepEqual((await operate(viewer, ask, { runId: run.id, stepNumber: 1 })).runStep, { id: step.id, input: { messages: [] } });
    });
  });

  describe('Subscription.runEvents', () => {
    const watch = prepareOperation(createSchema(), 'subscription Watch($runId: UUID!, $since: Int! = 0) { runEvents(runId: $runId, since: $since) { type seq status } }', 'Watch');
    const open = (who: Viewer, since: number) => subscribeOperation(watch, { runId: run.id, since }, createContext(who, 'test'));

    it('refuses a stranger before the stream opens', async () => {
      await rejectsWith(open(stranger, 0), 'FORBIDDEN');
    });

    it('refuses a negative since', async () => {
      await rejectsWith(open(owner, -1), 'VALIDATION_ERROR', { since: 'Since must be a whole number of at least 0' });
    });

    it('gives the events after `since` until the end', async () => {
      const events = [['run:update', 'running'], ['run:update', 'running'], ['run:completed', 'completed']] as const;
      for (const [index, [type, status]] of events.entries()) await RunEventRow.query().insert({ runId: run.id, seq: index + 1, type, payload: { status } });
      await run.$query().patch({ status: 'completed', lastSeq: 3 });
      const seen = [];
      for await (const { runEvents } of await open(viewer, 1)) seen.push({ ...runEvents });
      assert.deepEqual(seen, [{ type: 'run:update', seq: 2, status: 'running' }, { type: 'run:completed', seq: 3, status: 'completed' }]);
    });
  });
});
