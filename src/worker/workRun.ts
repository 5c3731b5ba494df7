import { knex } from '../db.js';
import { live } from '../live/live.js';
import { logger } from '../logger.js';
import type { Run } from '../runs/run.model.js';
import { nextMove, type ToolTraits } from '../runs/run.state.js';
import { isLastEvent } from '../runs/runEvent.js';
import { RunStep } from '../runs/runStep.model.js';
import { asksFirst } from '../tools/approvalSetting.js';
import type { Span } from '../tracing/tracing.js';
import { readAssignment, type Assignment, type FindTool } from './assignment.js';
import { completeRun, failRun, LeaseLost, parkRun, startRun } from './commits.js';
import { leaseSeconds, releaseLease, renewLease } from './lease.js';
import { llmStep, type FindProvider } from './llmStep.js';
import { tracedLlmCall, tracedRun, tracedToolCall } from './spans.js';
import { Stop, WorkStopped } from './stop.js';
import { newToolStep, toolStep, type Files } from './toolStep.js';

export interface RunLimits {
  maxSteps: number;
  /** Of work and of waiting for providers; time spent waiting for a person or for a worker does not count. */
  maxSeconds: number;
}

export interface WorkOptions {
  findProvider: FindProvider;
  findTool: FindTool;
  files: Files;
  limits: RunLimits;
}

/** A run whose worker died this often without committing a step in between is given up. */
const mostCrashes = 3;

/**
 * Works on a claimed run until it ends, waits, is taken away, or `shutdown` is aborted; then it is handed back.
 * Never throws: what cannot be handled fails the run.
 */
export async function workRun(run: Run, options: WorkOptions, shutdown: AbortSignal): Promise<void> {
  const stop = new Stop();
  const onShutdown = () => stop.shutDown();
  shutdown.addEventListener('abort', onShutdown, { once: true });
  if (shutdown.aborted) onShutdown();
  // Should live messages be out of order, the heartbeat sees a cancel too.
  const listening = live().listen(run.id, (message) => isLastEvent(message) && stop.now('lease_lost'));
  // A failed renewal says nothing about the lease; the next one will, or the fence at the next commit.
  const heartbeat = setInterval(() => void renewLease(run).then(
    (mine) => mine || stop.now('lease_lost'), (error: unknown) => logger.warn({ err: error, runId: run.id }, 'lease not renewed'),
  ), heartbeatMs);
  try {
    await tracedRun(run, (span) => carryOut(run, options, stop, span));
  } catch (error) {
    await handleStop(run, error).catch((failure: unknown) => {
      if (!(failure instanceof LeaseLost)) logger.error({ err: failure, runId: run.id }, 'run could not be put down');
    });
  } finally {
    clearInterval(heartbeat);
    void listening.then((leave) => leave(), (error: unknown) => logger.warn({ err: error }, 'live messages did not reach a worker'));
    shutdown.removeEventListener('abort', onShutdown);
  }
}

/** Short enough for a cancel in another process to be seen within two seconds even if its message was lost. */
const heartbeatMs = Math.min(1000, (leaseSeconds * 1000) / 3);

async function carryOut(run: Run, options: WorkOptions, stop: Stop, span: Span): Promise<void> {
  if (run.crashCount >= mostCrashes) {
    return failRun(run, 'RUN_CRASH_LOOP', `The run was given up because it ended its worker ${run.crashCount} times in a row`);
  }
  if (run.status === 'pending') await startRun(run);
  const steps = await RunStep.query(knex()).where({ run_id: run.id }).orderBy('step_number');
  const spent = steps.reduce((sum, step) => sum + (step.durationMs ?? 0), 0);
  const left = Math.max(0, options.limits.maxSeconds * 1000 - spent);
  const deadline = Date.now() + left;
  const timer = setTimeout(() => stop.now('time_limit'), left);
  try {
    while (await move(run, steps, { ...options, deadline }, stop, span));
  } finally {
    clearTimeout(timer);
  }
}

/** Makes one move; false when the run has come to rest. */
async function move(run: Run, steps: RunStep[], options: WorkOptions & { deadline: number }, stop: Stop, span: Span): Promise<boolean> {
  stop.soon.throwIfAborted();
  // Each time, so that a tool that was switched off in the meantime is not used any more, nor without asking one that is to ask now.
  const assignment = await readAssignment(run, options.findTool);
  const next = nextMove(steps, traitsFor(assignment, options.findTool), options.limits.maxSteps);
  switch (next.kind) {
    case 'llm_call': {
      const step = await tracedLlmCall(next.stepNumber, () => llmStep(assignment, steps, next, { ...options, signal: stop.soon }));
      place(steps, step);
      return step.status !== 'started';
    }
    case 'tool_call':
      // What may not happen twice is given time to end when the process stops; the rest is run again later.
      place(steps, await tracedToolCall(next.stepNumber, next.call, () => toolStep(
        assignment, steps, next.stepNumber, next.call, next.again, options.files,
        options.findTool(next.call.name)?.idempotent === false ? stop.late : stop.soon,
      )));
      return true;
    case 'ask':
      await parkRun(run, 'approval', newToolStep(assignment, next.stepNumber, next.call));
      return false;
    case 'wait':
      await parkRun(run, next.reason);
      return false;
    case 'complete':
      await completeRun(run, next.output);
      return false;
    case 'fail':
      span.fail(next.code, next.message);
      await failRun(run, next.code, next.message, steps.at(-1));
      return false;
  }
}

/** A tool that is switched off keeps its own traits: a step with it may have been cut off. */
const traitsFor = ({ tools }: Assignment, findTool: FindTool) => (name: string): ToolTraits | undefined => {
  const tool = findTool(name);
  return tool && { idempotent: tool.idempotent, needsApproval: asksFirst(tool, tools.get(name)?.config ?? {}) };
};

function place(steps: RunStep[], step: RunStep): void {
  steps[step.stepNumber - 1] = step;
}

async function handleStop(run: Run, error: unknown): Promise<void> {
  if (error instanceof LeaseLost) return;
  if (error instanceof WorkStopped) {
    if (error.reason === 'shutdown') await releaseLease(run);
    if (error.reason === 'time_limit') await failRun(run, 'RUN_TIME_LIMIT', 'The run did not end within its time limit');
    return;
  }
  logger.error({ err: error, runId: run.id }, 'run failed');
  if (isPassing(error)) return;
  await failRun(run, 'INTERNAL_ERROR', 'The run failed because of an internal error');
}

/**
 * Whether the database was away or asked for another try. The run is left to its lease then: after that it is claimed again and
 * goes on after its last committed step, which counts as a crash, so that it does not do so for ever.
 */
function isPassing(error: unknown): boolean {
  const { code, message, name } = ((error as { nativeError?: unknown })?.nativeError ?? error ?? {}) as { code?: string; message?: string; name?: string };
  return /^(08|40|53|57P)/.test(code ?? '') || /^(ECONN|EPIPE|ETIMEDOUT)/.test(code ?? '') || /^Connection terminated/.test(message ?? '') || name === 'KnexTimeoutError';
}
