import type { Knex } from 'knex';
import { knex } from '../db.js';
import type { RunEvent, RunEventPayload, RunEventType, StepSummary } from './runEvent.js';
import { RunEventRow } from './runEvent.model.js';
import type { RunStep } from './runStep.model.js';

/** Stores an event under a `seq` that its transaction has just taken from the run's row. */
export async function insertEvent(
  trx: Knex.Transaction, runId: string, seq: number, type: RunEventType, payload: RunEventPayload,
): Promise<RunEvent> {
  await RunEventRow.query(trx).insert({ runId, seq, type, payload });
  return { type, runId, seq, ...payload };
}

/** Up to 200 events of a run after `since`, in order. */
export async function readEvents(runId: string, since: number): Promise<RunEvent[]> {
  const rows = await RunEventRow.query(knex()).where({ run_id: runId }).where('seq', '>', since).orderBy('seq').limit(200);
  return rows.map(({ seq, type, payload }) => ({ type, runId, seq, ...payload }));
}

/** What an event tells of a step. */
export function summarize(step: RunStep): StepSummary {
  const { id, stepNumber, stepType, toolName = null, status, durationMs = null } = step;
  return { id, stepNumber, stepType, toolName, status, durationMs };
}

/** The `run:error` of a failed run: what failed, and why. */
export function failurePayload(code: string, message: string, step?: RunStep): RunEventPayload {
  const cause = step?.toolName ? `Tool execution failed: ${step.toolName}` : 'Run failed';
  return { status: 'failed', error: cause, errorCode: code, errorMessage: message };
}
