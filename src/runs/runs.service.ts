import type { Knex } from 'knex';
import { Agent } from '../agents/agent.model.js';
import { recordAudit } from '../audit/audit.service.js';
import type { Viewer } from '../auth/viewer.js';
import { transaction } from '../db.js';
import { invalidState, notFound, validationError } from '../errors.js';
import { takeRun } from '../limits/limits.js';
import { live } from '../live/live.js';
import { Persona } from '../personas/persona.model.js';
import { wakeWorkers } from '../queue/queue.js';
import type { Selection } from '../reading.js';
import { currentTrace } from '../tracing/tracing.js';
import { isRequired } from '../validation.js';
import { Run } from './run.model.js';
import type { RunEvent, RunEventPayload, RunEventType } from './runEvent.js';
import { failurePayload, insertEvent, summarize } from './runEvents.js';
import { readRun } from './runs.read.js';
import type { RunRow } from './runShape.js';
import { RunStep } from './runStep.model.js';

/** What a person says about a step that waits: of an unknown outcome `retry`, `skip` or `stop`; of a call to approve `approve` or `deny`. */
export const stepDecisions = ['retry', 'skip', 'stop', 'approve', 'deny'] as const;
export type StepDecision = (typeof stepDecisions)[number];

/**
 * Starts a run of an agent; a worker takes it up. 400 for a blank input, 429 for too many in a minute, 404 for an unknown agent,
 * 409 when the agent or its persona is inactive. The caller has checked that the viewer may start runs there.
 */
export async function createRun(viewer: Viewer, { agentId, input }: { agentId: string; input: string }, selection: Selection): Promise<RunRow> {
  if (input.trim() === '') throw validationError({ input: isRequired('input') });
  await takeRun(viewer);
  const run = await transaction((trx) => insertRun(trx, viewer, { agentId, input }));
  wakeWorkers(run.id);
  return readRun(viewer, run.id, selection);
}

/**
 * Starts a new run with the agent and the request of one that has ended, which it names in `retryOf`. 409 when that has not ended,
 * or takes no runs any more; otherwise as `createRun`.
 */
export async function retryRun(viewer: Viewer, id: string, selection: Selection): Promise<RunRow> {
  await takeRun(viewer);
  const run = await transaction(async (trx) => {
    // Without a lock: what has ended stays so.
    const run = await Run.query(trx).findById(id);
    if (!run) throw notFound('Run');
    const { agentId, input, status } = run;
    if (status === 'pending' || status === 'running') throw invalidState(`The run is ${status} and cannot be retried before it has ended`);
    return insertRun(trx, viewer, { agentId, input, retryOf: id });
  });
  wakeWorkers(run.id);
  return readRun(viewer, run.id, selection);
}

async function insertRun(trx: Knex.Transaction, viewer: Viewer, given: Pick<Run, 'agentId' | 'input'> & { retryOf?: string }): Promise<Run> {
  const { agentId, retryOf } = given;
  const agent = await Agent.query(trx).findById(agentId).forShare();
  if (!agent) throw notFound('Agent');
  const persona = await Persona.query(trx).findById(agent.personaId).forShare().throwIfNotFound();
  if (!persona.isActive) throw invalidState('The persona is inactive and takes no runs');
  if (!agent.isActive) throw invalidState('The agent is inactive and takes no runs');
  const created = await Run.query(trx).insert({ ...given, personaId: persona.id, userId: viewer.id, traceparent: currentTrace() }).returning('*');
  await recordAudit(trx, viewer, {
    eventType: 'run_created', eventCategory: 'action', description: `Run of agent '${agent.name}' created${retryOf ? ' again' : ''}`,
    personaId: persona.id, runId: created.id, metadata: { agentId, ...(retryOf && { retryOf }) },
  });
  return created;
}

/** Ends a pending or running run at once; what is under way is broken off. Cancelling twice is fine, an ended run is 409. */
export async function cancelRun(viewer: Viewer, id: string, selection: Selection): Promise<RunRow> {
  const { event } = await transaction(async (trx) => {
    const found = await lockRun(trx, id);
    if (found.status === 'cancelled') return { event: undefined };
    if (found.status !== 'pending' && found.status !== 'running') throw invalidState(`The run is ${found.status} and cannot be cancelled`);
    await failOpenSteps(trx, id, 'RUN_CANCELLED', 'The run was cancelled');
    const ended = await change(trx, found, { ...atRest, status: 'cancelled', completedAt: new Date() }, 'run:update', { status: 'cancelled' });
    await recordAudit(trx, viewer, { ...about(found), eventType: 'run_cancelled', description: 'Run cancelled' });
    return ended;
  });
  if (event) live().publish(event);
  return readRun(viewer, id, selection);
}

/**
 * Decides about the step that a run waits for. 409 when the run waits for no person, 400 for a decision that does not belong to
 * what it waits for.
 */
export async function decideStep(viewer: Viewer, runId: string, decision: StepDecision, selection: Selection): Promise<RunRow> {
  const { run, event } = await transaction(async (trx) => {
    const found = await lockRun(trx, runId);
    if (found.status !== 'running' || !found.waitingFor || found.waitingFor === 'provider') throw invalidState('The run waits for no decision');
    const allowed = found.waitingFor === 'approval' ? ['approve', 'deny'] : ['retry', 'skip', 'stop'];
    if (!allowed.includes(decision)) throw validationError({ decision: `Decision must be one of ${allowed.join(', ')}` });
    const step = await RunStep.query(trx).where({ run_id: runId }).whereIn('status', ['waiting', 'started']).first().throwIfNotFound();
    await recordAudit(trx, viewer, {
      ...about(found), eventType: 'step_decided', description: `Step ${step.stepNumber} ('${step.toolName}'): ${decision}`,
      metadata: { decision, stepNumber: step.stepNumber },
    });
    return decision === 'stop' ? stopAt(trx, found, step) : goOn(trx, found, step, decision);
  });
  live().publish(event);
  if (run.status === 'running') wakeWorkers(run.id);
  return readRun(viewer, runId, selection);
}

async function goOn(trx: Knex.Transaction, run: Run, step: RunStep, decision: Exclude<StepDecision, 'stop'>): Promise<Changed> {
  if (decision === 'retry' || decision === 'approve') {
    await RunStep.query(trx).patch({ decision }).where({ id: step.id });
  } else {
    const errorCode = decision === 'skip' ? 'STEP_SKIPPED' : 'STEP_DENIED';
    const errorMessage = decision === 'skip' ? 'A person skipped this call; whether it took effect is unknown.' : 'A person did not allow this call.';
    Object.assign(step, { status: 'failed' });
    await RunStep.query(trx)
      .patch({ status: 'failed', errorCode, errorMessage, output: { error: errorMessage }, completedAt: new Date() }).where({ id: step.id });
  }
  return change(trx, run, { waitingFor: null }, 'run:update', { status: 'running', waitingFor: null, step: summarize(step) });
}

async function stopAt(trx: Knex.Transaction, run: Run, step: RunStep): Promise<Changed> {
  const errorCode = 'STEP_OUTCOME_UNKNOWN';
  const errorMessage = `Stopped at step ${step.stepNumber}: whether '${step.toolName}' took effect is unknown`;
  await failOpenSteps(trx, run.id, errorCode, errorMessage);
  const columns = { ...atRest, status: 'failed' as const, errorCode, errorMessage, completedAt: new Date() };
  return change(trx, run, columns, 'run:error', failurePayload(errorCode, errorMessage, step));
}

const atRest = { waitingFor: null, resumeAt: null, leaseOwner: null, leaseExpiresAt: null };

const about = (run: Run) => ({ eventCategory: 'action' as const, personaId: run.personaId, runId: run.id });

async function lockRun(trx: Knex.Transaction, id: string): Promise<Run> {
  const run = await Run.query(trx).findById(id).forUpdate();
  if (!run) throw notFound('Run');
  return run;
}

interface Changed {
  run: Run;
  event: RunEvent;
}

/** Writes a locked run and the event that tells of it. */
async function change(trx: Knex.Transaction, run: Run, columns: Partial<Run>, type: RunEventType, payload: RunEventPayload): Promise<Changed> {
  const changed = await run.$query(trx).patchAndFetch({ ...columns, lastSeq: run.lastSeq + 1 });
  return { run: changed, event: await insertEvent(trx, run.id, changed.lastSeq, type, payload) };
}

async function failOpenSteps(trx: Knex.Transaction, runId: string, errorCode: string, errorMessage: string): Promise<void> {
  await RunStep.query(trx).patch({ status: 'failed', errorCode, errorMessage, completedAt: new Date() })
    .where({ run_id: runId }).whereIn('status', ['started', 'waiting']);
}
