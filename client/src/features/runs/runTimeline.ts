import type { RunStatus } from '../../graphql/schema';
import type { RunDetails, RunEventsData, StepFields } from './runs.operations';

/** One message of the subscription: a numbered event, or a piece of text between two of them. */
export type LiveMessage = RunEventsData['runEvents'];

/** The text of a step while it is being written. */
export interface Draft {
  stepNumber: number;
  text: string;
}

export const hasEnded = (status: RunStatus) => status !== 'pending' && status !== 'running';

/** A run with what was told since it was read. Events that it already knows change nothing, in whatever order they come. */
export const withEvents = (run: RunDetails, events: readonly LiveMessage[]): RunDetails =>
  [...events].sort((a, b) => a.seq - b.seq).reduce(withEvent, run);

function withEvent(run: RunDetails, event: LiveMessage): RunDetails {
  if (event.seq <= run.lastSeq) return run;
  const { seq, type, status, waitingFor, step, output, errorCode, errorMessage, error } = event;
  return {
    ...run,
    lastSeq: seq,
    status: status ?? (type === 'run:error' ? 'failed' : run.status),
    waitingFor,
    output: output ?? run.output,
    errorCode: errorCode ?? run.errorCode,
    errorMessage: errorMessage ?? error ?? run.errorMessage,
    steps: step ? withStep(run.steps, step) : run.steps,
  };
}

/** What an event tells of a step; the rest comes when its end is read. */
function withStep(steps: StepFields[], { id, stepNumber, stepType, toolName, status, durationMs }: NonNullable<LiveMessage['step']>): StepFields[] {
  const told = { id, stepNumber, stepType, toolName, status, durationMs };
  if (steps.some((step) => step.stepNumber === stepNumber)) {
    return steps.map((step) => (step.stepNumber === stepNumber ? { ...step, ...told } : step));
  }
  const unknown = {
    text: null, calls: [], subject: null, errorCode: null, errorMessage: null, provider: null, model: null, promptTokens: null, completionTokens: null, cost: null,
    createdAt: new Date().toISOString(), attempts: [],
  };
  return [...steps, { ...unknown, ...told }].sort((a, b) => a.stepNumber - b.stepNumber);
}

/** The draft after a piece of text. A piece after a gap is left out: the whole text comes with the step. */
export function withToken(draft: Draft | null, { stepNumber, offset, text }: LiveMessage): Draft | null {
  if (stepNumber === null || offset === null) return draft;
  const before = draft?.stepNumber === stepNumber ? draft.text : '';
  return offset > before.length ? draft : { stepNumber, text: before.slice(0, offset) + (text ?? '') };
}

/** The steps at the beginning that can change no more. */
export function settledSteps(steps: StepFields[]): StepFields[] {
  const open = steps.findIndex(({ status }) => status === 'started' || status === 'waiting');
  return open < 0 ? steps : steps.slice(0, open);
}

/** Where a step lies in the time of its run: it began `after` so many milliseconds, and took `length`. */
export interface Bar {
  after: number;
  length: number;
}

/** By how much the scale grows at once while a run works: otherwise every bar of a long run would move with each event. */
const stride = 1.25;

/** The bars of all steps, for a run that is looked at at the instant `now` (milliseconds), and the length of their scale. */
export function bars(run: Pick<RunDetails, 'startedAt' | 'createdAt' | 'completedAt' | 'steps'>, now: number): { bars: Bar[]; total: number } {
  const origin = Date.parse(run.startedAt ?? run.createdAt);
  const spans = run.steps.map((step) => {
    const after = Math.max(0, Date.parse(step.createdAt) - origin);
    const isUnderWay = step.status === 'started' && !run.completedAt;
    return { after, length: step.durationMs ?? (isUnderWay ? Math.max(0, now - origin - after) : 0) };
  });
  const total = Math.max(1, ...spans.map(({ after, length }) => after + length));
  return { bars: spans, total: run.completedAt ? total : stride ** Math.ceil(Math.log(total) / Math.log(stride)) };
}

/** How long a run has worked, in milliseconds; null before it began. */
export function runDuration({ startedAt, completedAt }: Pick<RunDetails, 'startedAt' | 'completedAt'>, now: number): number | null {
  if (!startedAt) return null;
  return Math.max(0, (completedAt ? Date.parse(completedAt) : now) - Date.parse(startedAt));
}
