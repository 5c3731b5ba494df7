import type { Message } from '../providers/provider.js';
import type { RunStep } from './runStep.model.js';
import { toolCallsOf } from './run.state.js';

/** The most characters of one tool's result that a model is shown; the step keeps all of it. */
const longestResult = 60_000;

/** What a model is told of a run so far: the prompt, the request, and each answer with its tools' results. */
export function conversation(systemPrompt: string, input: string, steps: RunStep[]): Message[] {
  const messages: Message[] = [{ role: 'system', content: systemPrompt }, { role: 'user', content: input }];
  for (const step of steps) {
    if (step.status !== 'completed' && step.status !== 'failed') continue;
    if (step.stepType === 'llm_call') {
      messages.push({ role: 'assistant', content: String(step.output?.message ?? ''), toolCalls: toolCallsOf(step) });
    } else {
      messages.push({ role: 'tool', toolCallId: step.toolCallId!, toolName: step.toolName!, content: resultText(step) });
    }
  }
  return messages;
}

function resultText(step: RunStep): string {
  const text = JSON.stringify(step.status === 'failed' ? { error: step.errorMessage } : step.output);
  if (text.length <= longestResult) return text;
  return `${text.slice(0, longestResult)}… (cut: ${text.length} characters in all)`;
}
