import { transaction } from '../../src/db.js';
import { live } from '../../src/live/live.js';
import { Run } from '../../src/runs/run.model.js';
import type { RunEventPayload, RunEventType } from '../../src/runs/runEvent.js';
import { failurePayload, insertEvent, summarize } from '../../src/runs/runEvents.js';
import type { RunStep } from '../../src/runs/runStep.model.js';
import { makeStep } from '../rest-adapter/world.js';

/** Commits an event of a run and publishes it, as a worker does. */
export async function tell({ id }: Run, type: RunEventType, payload: RunEventPayload): Promise<void> {
  const event = await transaction(async (trx) => {
    const run = await Run.query(trx).findById(id).forUpdate().throwIfNotFound();
    const seq = run.lastSeq + 1;
    await run.$query(trx).patch({ lastSeq: seq, status: payload.status });
    return insertEvent(trx, id, seq, type, payload);
  });
  live().publish(event);
}

const callOf = (run: Run): Promise<RunStep> =>
  makeStep(run, 2, { stepType: 'tool_call', toolName: 'generate_powerpoint', output: {}, durationMs: 3000 });

/** A tool call of the run is done. */
export async function workOn(run: Run): Promise<void> {
  await tell(run, 'run:update', { status: 'running' });
  await tell(run, 'run:update', { status: 'running', step: summarize(await callOf(run)) });
}

export const finishRun = (run: Run) => tell(run, 'run:completed', { status: 'completed', output: 'PowerPoint created and sent via email' });

/** The run fails by a tool. */
export const breakRun = (run: Run) => tell(run, 'run:error', failurePayload('TOOL_FAILED', 'File size exceeds limit'));
