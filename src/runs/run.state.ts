import type { ToolCall } from '../providers/provider.js';
import type { RunStep } from './runStep.model.js';

/*
 * What a run does next follows from its committed steps alone, so a worker that takes a run over needs no memory of the last one.
 *
 * A run begins with an llm_call. Each tool call in its answer becomes one tool_call step, in order. When all of them have a
 * step, the next llm_call sees their results. An answer without tool calls is the run's output and completes it.
 *
 * A step is written as `started` before its effect. Found `started` on resume, its outcome is unknown:
 *   - an llm_call, or a call of an idempotent tool, is simply run again under the same number;
 *   - any other call waits for a person (`outcome`): retry, skip (the step fails, the model is told) or stop (the run fails).
 * A call of a tool that needs approval is first written as `waiting` (`approval`): approve starts it, deny fails it.
 * A failed tool_call is a result like any other: the model reads the error. A failed llm_call fails the run; one that
 * found all providers in passing trouble stays `started`, and the run waits a while (`provider`) before it is run again.
 */

export interface ToolTraits {
  idempotent: boolean;
  needsApproval: boolean;
}

export type Move =
  | { kind: 'llm_call'; stepNumber: number; again?: RunStep }
  | { kind: 'tool_call'; stepNumber: number; call: ToolCall; again?: RunStep }
  | { kind: 'ask'; stepNumber: number; call: ToolCall }
  | { kind: 'wait'; reason: 'approval' | 'outcome' }
  | { kind: 'complete'; output: string }
  | { kind: 'fail'; code: string; message: string };

/**
 * The next move of a run.
 * @param steps all steps of the run in order of their numbers
 * @param traits what is so of a tool for the run's persona, undefined for an unknown name
 * @param maxSteps how many steps a run may take
 */
export function nextMove(steps: RunStep[], traits: (toolName: string) => ToolTraits | undefined, maxSteps: number): Move {
  const last = steps.at(-1);
  const open = last && (last.status === 'started' || last.status === 'waiting') ? last : undefined;
  if (open) return resumeStep(open, steps, traits);
  const stepNumber = steps.length + 1;

  const answer = steps.findLast((step) => step.stepType === 'llm_call');
  if (answer?.status === 'failed') {
    return { kind: 'fail', code: answer.errorCode ?? 'PROVIDER_FAILED', message: answer.errorMessage ?? 'No provider answered' };
  }
  const calls = toolCallsOf(answer);
  if (answer && calls.length === 0) return { kind: 'complete', output: String(answer.output?.message ?? '') };
  if (stepNumber > maxSteps) {
    return { kind: 'fail', code: 'RUN_STEP_LIMIT', message: `The run did not end within ${maxSteps} steps` };
  }
  const call = answer && calls[steps.length - answer.stepNumber];
  if (!call) return { kind: 'llm_call', stepNumber };
  return traits(call.name)?.needsApproval ? { kind: 'ask', stepNumber, call } : { kind: 'tool_call', stepNumber, call };
}

function resumeStep(step: RunStep, steps: RunStep[], traits: (toolName: string) => ToolTraits | undefined): Move {
  const { stepNumber } = step;
  if (step.stepType === 'llm_call') return { kind: 'llm_call', stepNumber, again: step };
  const call = callOf(step, steps);
  if (step.status === 'waiting') {
    return step.decision === 'approve' ? { kind: 'tool_call', stepNumber, call, again: step } : { kind: 'wait', reason: 'approval' };
  }
  const repeatable = traits(call.name)?.idempotent ?? true; // an unknown tool has no effect to repeat
  if (repeatable || step.decision === 'retry') return { kind: 'tool_call', stepNumber, call, again: step };
  return { kind: 'wait', reason: 'outcome' };
}

function callOf(step: RunStep, steps: RunStep[]): ToolCall {
  const answer = steps.findLast((other) => other.stepType === 'llm_call' && other.stepNumber < step.stepNumber)!;
  return toolCallsOf(answer)[step.stepNumber - answer.stepNumber - 1]!;
}

/** The tool calls of an llm_call's answer, in the order they are carried out. */
export function toolCallsOf(step: RunStep | undefined): ToolCall[] {
  return (step?.output?.toolCalls as ToolCall[] | undefined) ?? [];
}
