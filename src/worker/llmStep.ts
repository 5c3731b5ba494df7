import { conversation } from '../runs/conversation.js';
import { live } from '../live/live.js';
import { logger } from '../logger.js';
import type { Run } from '../runs/run.model.js';
import { RunStep } from '../runs/runStep.model.js';
import { storable } from '../runs/storable.js';
import type { StepAttempt } from '../runs/stepAttempt.model.js';
import { completeWithFallback, ProvidersExhausted, type Attempt } from '../providers/fallback.js';
import { costOf } from '../providers/prices.js';
import type { Provider } from '../providers/provider.js';
import type { Assignment } from './assignment.js';
import { beginStep, commitStep, keepAttempts, pauseRun, type Tries } from './commits.js';
import { offerTools } from './offerTools.js';
import { pauseAfter } from './providerPause.js';
import { WorkStopped } from './stop.js';

/** Streamed text goes out in pieces of this age, in milliseconds: smooth to read, and few messages. */
const flushEvery = 40;

/** Looks up a provider by the name a persona uses; an unknown one is a provider that says so. */
export type FindProvider = (name: string) => Provider | undefined;

export interface LlmOptions {
  findProvider: FindProvider;
  signal: AbortSignal;
  /** When the run reaches its time limit, in milliseconds as `Date.now()` has them. */
  deadline: number;
}

/**
 * Asks the model what to do next and commits its answer, or its failure, as one `llm_call` step. The step is still `started` when all
 * providers are in trouble that passes: the run was put down until one may answer again.
 */
export async function llmStep(
  assignment: Assignment, steps: RunStep[], { stepNumber, again }: { stepNumber: number; again?: RunStep }, { findProvider, signal, deadline }: LlmOptions,
): Promise<RunStep> {
  const { run } = assignment;
  const messages = conversation(assignment.systemPrompt, run.input, steps);
  const step = again ?? RunStep.fromJson({ runId: run.id, stepNumber, stepType: 'llm_call' });
  step.input = { messages };
  await beginStep(run, step);

  const startedAt = Date.now();
  const draft = new Draft(run.id, stepNumber, () => run.lastSeq);
  const attempts: Attempt[] = [];
  const before = step.durationMs ?? 0;
  const durationMs = () => before + Date.now() - startedAt;
  const tries = (): Tries => ({ attempts: attempts.map(toRow), audit: attempts.flatMap(auditFailure) });
  try {
    const request = { messages, tools: await offerTools(assignment, steps), signal, onDelta: draft.add };
    const hooks = { onAttempt: (attempt: Attempt) => void attempts.push(attempt), onRestart: draft.restart };
    const answer = await completeWithFallback(providersOf(assignment, findProvider), request, hooks);
    draft.end();
    const { message, toolCalls, provider, model, usage } = storable(answer);
    await commitStep(run, step, {
      step: { status: 'completed', output: { message, toolCalls }, provider, model, ...usage, durationMs: durationMs() },
      ...tries(),
    });
  } catch (error) {
    draft.discard();
    // A stop must not wait for the database to be well.
    const kept = () => keepAttempts(run, step, tries())
      .catch((failure: unknown) => logger.warn({ err: failure, runId: run.id }, 'tries of a step could not be kept'));
    if (error instanceof WorkStopped) await kept();
    if (!(error instanceof ProvidersExhausted)) throw error;
    await putDown(run, step, error, { durationMs: durationMs(), ...tries() }, deadline);
  }
  return step;
}

/** Pauses the run when that may help and leaves it time to go on; otherwise commits the step as failed. */
async function putDown(
  run: Run, step: RunStep, error: ProvidersExhausted, { durationMs, ...tries }: { durationMs: number } & Tries, deadline: number,
): Promise<void> {
  const pause = pauseAfter(error.attempts, durationMs);
  if (pause !== null && Date.now() + pause < deadline) {
    step.durationMs = durationMs + pause;
    return pauseRun(run, step, pause, tries);
  }
  await commitStep(run, step, {
    step: { status: 'failed', output: null, errorCode: 'PROVIDER_FAILED', errorMessage: error.message, durationMs }, ...tries,
  });
}

function providersOf({ providerOrder }: Assignment, findProvider: FindProvider): Provider[] {
  return providerOrder.map((name) => findProvider(name) ?? {
    name, model: '', unavailable: `${name} is not a provider that this server knows`, complete: () => Promise.reject(new Error(name)),
  });
}

const toRow = ({ provider, model, status, errorKind, errorMessage, usage, durationMs, startedAt }: Attempt): Partial<StepAttempt> =>
  ({ provider, model, status, errorKind, errorMessage, ...usage, cost: costOf(provider, model, usage), durationMs, createdAt: startedAt });

const auditFailure = ({ provider, model, status, errorKind, errorMessage }: Attempt) =>
  status !== 'failed' || errorKind === 'stopped' ? [] : [{
    eventType: 'provider_failed', eventCategory: 'error' as const,
    description: `Provider '${provider}' failed: ${errorMessage}`, metadata: { provider, model, errorKind },
  }];

/** The text of a step while it is written, sent to watchers a few times a second. */
class Draft {
  private length = 0;
  private waiting = '';
  private timer: NodeJS.Timeout | undefined;
  private hasEnded = false;

  constructor(private readonly runId: string, private readonly stepNumber: number, private readonly seq: () => number) {}

  readonly add = (text: string): void => {
    if (this.hasEnded) return; // a provider that does not stop at once
    this.waiting += text;
    this.timer ??= setTimeout(this.flush, flushEvery);
  };

  readonly restart = (): void => {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.waiting = '';
    this.length = 0;
    this.publish('');
  };

  /** Sends what waits; nothing follows. */
  end(): void {
    clearTimeout(this.timer);
    if (this.waiting) this.flush();
    this.hasEnded = true;
  }

  /** Nothing follows, and what waits is not sent: there may be nobody left to forget it. */
  discard(): void {
    clearTimeout(this.timer);
    this.hasEnded = true;
  }

  private readonly flush = (): void => {
    this.timer = undefined;
    const text = this.waiting;
    this.waiting = '';
    this.publish(text);
    this.length += text.length;
  };

  private publish(text: string): void {
    live().publish({ type: 'run:token', runId: this.runId, seq: this.seq(), stepNumber: this.stepNumber, offset: this.length, text });
  }
}
