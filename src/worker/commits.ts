import { randomUUID } from 'node:crypto';
import type { Knex } from 'knex';
import { recordAudit, type AuditEntry } from '../audit/audit.service.js';
import { knex, transaction } from '../db.js';
import { countStep } from '../health/metrics.js';
import { live } from '../live/live.js';
import { Artifact } from '../runs/artifact.model.js';
import type { Run, WaitReason } from '../runs/run.model.js';
import type { RunEventPayload, RunEventType } from '../runs/runEvent.js';
import { failurePayload, insertEvent, summarize } from '../runs/runEvents.js';
import { RunStep } from '../runs/runStep.model.js';
import { StepAttempt } from '../runs/stepAttempt.model.js';

/*
 * Everything a worker writes. Each function is one transaction that first touches the run's row under the worker's epoch: that
 * proves the lease, takes the next `seq` and holds off every other writer until the step, its event and its audit row are in.
 * What was committed is published afterwards.
 */

/** The run belongs to another worker now, or was cancelled: nothing was written, and there is nothing left to do. */
export class LeaseLost extends Error {}

type Columns = Record<string, Knex.Value | Knex.Raw | null>;

async function commit(
  run: Run, columns: Columns, type: RunEventType, payload: RunEventPayload, write?: (trx: Knex.Transaction) => Promise<void>,
): Promise<void> {
  const event = await transaction(async (trx) => {
    const rows = await trx('runs')
      .where({ id: run.id, lease_epoch: run.leaseEpoch }).whereIn('status', ['pending', 'running'])
      .update({ ...columns, last_seq: trx.raw('last_seq + 1'), updated_at: trx.fn.now() })
      .returning('last_seq');
    if (rows.length === 0) throw new LeaseLost();
    await write?.(trx);
    return insertEvent(trx, run.id, rows[0].last_seq, type, payload);
  });
  run.lastSeq = event.seq;
  live().publish(event);
}

const runAudit = (run: Run, entry: Omit<AuditEntry, 'personaId' | 'runId'>) => ({ ...entry, personaId: run.personaId, runId: run.id });

/** Sets a pending run running. */
export async function startRun(run: Run): Promise<void> {
  run.status = 'running';
  await commit(run, { status: 'running', started_at: new Date() }, 'run:update', { status: 'running' });
}

/** Writes a step as `started` before its effect: a new row, or the same row again when it is repeated. */
export async function beginStep(run: Run, step: RunStep): Promise<void> {
  const isNew = step.id === undefined;
  if (isNew) step.id = randomUUID();
  step.status = 'started';
  await commit(run, {}, 'run:update', { status: 'running', step: summarize(step) }, async (trx) => {
    if (isNew) await RunStep.query(trx).insert(step);
    else await RunStep.query(trx).patch({ status: 'started', decision: null, errorCode: null, input: step.input }).where({ id: step.id });
  });
}

/** The tries of a step, with what the audit log is to say of them. */
export interface Tries {
  attempts?: Partial<StepAttempt>[];
  audit: Omit<AuditEntry, 'personaId' | 'runId'>[];
}

export interface StepOutcome extends Tries {
  step: Partial<RunStep> & Pick<RunStep, 'status' | 'output' | 'durationMs'>;
  artifacts?: Pick<Artifact, 'name' | 'filePath' | 'fileSize' | 'mimeType' | 'sha256'>[];
}

/** Commits a step with its outcome: the step, its attempts, artifacts, event and audit rows, or nothing. */
export async function commitStep(run: Run, step: RunStep, outcome: StepOutcome): Promise<void> {
  Object.assign(step, outcome.step, { completedAt: new Date() });
  await commit(run, { crash_count: 0 }, 'run:update', { status: 'running', step: summarize(step) }, async (trx) => {
    await RunStep.query(trx).patch({ ...outcome.step, completedAt: step.completedAt }).where({ id: step.id, status: 'started' });
    for (const artifact of outcome.artifacts ?? []) {
      await Artifact.query(trx).insert({ ...artifact, runId: run.id, stepId: step.id }).onConflict(['run_id', 'file_path'])
        .merge(['step_id', 'file_size', 'mime_type', 'sha256']); // it keeps its id, so a link to it goes on working
    }
    await writeTries(trx, run, step, outcome);
  });
  countStep(step, outcome.attempts);
}

/**
 * Keeps the tries of a step that was broken off: their tokens were spent. The run may have been ended meanwhile, but not taken
 * over; nothing is published, because nobody waits for the step any more.
 */
export function keepAttempts(run: Run, step: RunStep, tries: Tries): Promise<void> {
  return transaction(async (trx) => {
    const mine = await trx('runs').where({ id: run.id, lease_epoch: run.leaseEpoch }).forUpdate().first('id');
    if (mine) await writeTries(trx, run, step, tries);
  });
}

async function writeTries(trx: Knex.Transaction, run: Run, { id: stepId }: RunStep, { attempts = [], audit }: Tries): Promise<void> {
  for (const entry of audit) await recordAudit(trx, { id: run.userId }, runAudit(run, entry));
  if (attempts.length === 0) return;
  const { count } = (await StepAttempt.query(trx).where({ step_id: stepId }).count('* as count').first()) as unknown as { count: number };
  for (const [index, attempt] of attempts.entries()) {
    await StepAttempt.query(trx).insert({ ...attempt, stepId, attemptNumber: Number(count) + index + 1 });
  }
}

/** What a step says that was found without an outcome, and a run that is stopped because of it. */
export const outcomeUnknown = 'STEP_OUTCOME_UNKNOWN';

/** Puts the run down until a person decides; `step` is the call that needs their approval, when it has no row yet. */
export async function parkRun(run: Run, reason: WaitReason, step?: RunStep): Promise<void> {
  const payload: RunEventPayload = { status: 'running', waitingFor: reason };
  if (step) {
    step.id = randomUUID();
    payload.step = summarize(step);
  }
  const columns = { waiting_for: reason, lease_owner: null, lease_expires_at: null };
  await commit(run, columns, 'run:update', payload, async (trx) => {
    if (step) await RunStep.query(trx).insert(step);
    if (reason === 'outcome') await RunStep.query(trx).patch({ errorCode: outcomeUnknown }).where({ run_id: run.id, status: 'started' });
    await recordAudit(trx, null, runAudit(run, {
      eventType: 'run_waiting', eventCategory: 'action', description: `Run waits for ${reason}`,
    }));
  });
}

/**
 * Puts the run down for a while, because no provider can be used at present. The step stays open and keeps its tries so far; its
 * duration holds the pause already, which so counts towards the run's time limit.
 */
export async function pauseRun(run: Run, step: RunStep, pauseMs: number, tries: Tries): Promise<void> {
  const payload: RunEventPayload = { status: 'running', waitingFor: 'provider', step: summarize(step) };
  const resumeAt = knex().raw('now() + make_interval(secs => ?)', [pauseMs / 1000]);
  const columns = { waiting_for: 'provider', resume_at: resumeAt, lease_owner: null, lease_expires_at: null };
  await commit(run, columns, 'run:update', payload, async (trx) => {
    await RunStep.query(trx).patch({ durationMs: step.durationMs }).where({ id: step.id });
    await writeTries(trx, run, step, tries);
  });
}

/** Ends the run with its output. */
export async function completeRun(run: Run, output: string): Promise<void> {
  const columns = { status: 'completed', output, completed_at: new Date(), lease_owner: null, lease_expires_at: null };
  await commit(run, columns, 'run:completed', { status: 'completed', output }, (trx) =>
    recordAudit(trx, null, runAudit(run, { eventType: 'run_completed', eventCategory: 'action', description: 'Run completed' })));
}

/** Ends the run with what went wrong. A step that is still open fails with it. */
export async function failRun(run: Run, code: string, message: string, step?: RunStep): Promise<void> {
  const columns = {
    status: 'failed', error_code: code, error_message: message, completed_at: new Date(),
    waiting_for: null, lease_owner: null, lease_expires_at: null,
  };
  await commit(run, columns, 'run:error', failurePayload(code, message, step), async (trx) => {
    await RunStep.query(trx).patch({ status: 'failed', errorCode: code, errorMessage: message, completedAt: new Date() })
      .where({ run_id: run.id }).whereIn('status', ['started', 'waiting']);
    await recordAudit(trx, null, runAudit(run, {
      eventType: 'run_failed', eventCategory: 'error', description: `Run failed: ${message}`, metadata: { code },
    }));
  });
}
