import type { ToolCall } from '../providers/provider.js';
import type { Run } from '../runs/run.model.js';
import type { RunStep } from '../runs/runStep.model.js';
import { traced, type Attributes, type Span } from '../tracing/tracing.js';

/** The work on a run as a span of the trace of the request that created it, named as OpenTelemetry names that of agents. */
export const tracedRun = (run: Run, work: (span: Span) => Promise<void>): Promise<void> =>
  traced('invoke_agent', {
    parent: run.traceparent,
    attributes: {
      'gen_ai.operation.name': 'invoke_agent', 'gen_ai.agent.id': run.agentId, 'gen_ai.conversation.id': run.id, 'persona.id': run.personaId,
    },
  }, work);

export const tracedLlmCall = (stepNumber: number, work: () => Promise<RunStep>): Promise<RunStep> =>
  tracedStep('llm_call', { 'persona.step.number': stepNumber, 'persona.step.type': 'llm_call' }, work);

export const tracedToolCall = (stepNumber: number, { id, name }: ToolCall, work: () => Promise<RunStep>): Promise<RunStep> =>
  tracedStep(`execute_tool ${name}`, {
    'gen_ai.operation.name': 'execute_tool', 'gen_ai.tool.name': name, 'gen_ai.tool.call.id': id,
    'persona.step.number': stepNumber, 'persona.step.type': 'tool_call',
  }, work);

/** A step that was committed as failed throws nothing. */
const tracedStep = (name: string, attributes: Attributes, work: () => Promise<RunStep>): Promise<RunStep> =>
  traced(name, { attributes }, async (span) => {
    const step = await work();
    if (step.status === 'failed') span.fail(step.errorCode!, step.errorMessage);
    return step;
  });
