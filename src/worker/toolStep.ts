import { basename } from 'node:path';
import { mailOfRun } from '../connectors/runMail.js';
import { memoryOfRun } from '../memory/runMemory.js';
import type { ArtifactStore } from '../runs/artifactStore.js';
import { RunStep } from '../runs/runStep.model.js';
import { storable } from '../runs/storable.js';
import type { OfferedTool, ToolCall } from '../providers/provider.js';
import { ToolError, type ToolContext, type ToolResult } from '../tools/tool.js';
import { searchPersonaTools } from '../tools/toolSearch.js';
import { validateArguments } from '../tools/validateArguments.js';
import { orStop } from '../orStop.js';
import { mimeTypeOf } from '../workspaces/localWorkspace.js';
import type { Workspace } from '../workspaces/workspace.js';
import type { Assignment, EnabledTool } from './assignment.js';
import { beginStep, commitStep, type StepOutcome } from './commits.js';
import { offerTools } from './offerTools.js';
import { stepWorkspace } from './stepWorkspace.js';

export interface Files {
  openWorkspace(personaId: string): Workspace;
  artifacts: ArtifactStore;
}

/** A call that is answered to the model as an error, with the code the step keeps. */
class RefusedCall extends ToolError {
  constructor(readonly code: 'TOOL_NOT_OFFERED' | 'INVALID_ARGUMENTS', message: string) {
    super(message);
  }
}

/** The row of a tool call that has none yet. */
export function newToolStep(assignment: Assignment, stepNumber: number, call: ToolCall): RunStep {
  return RunStep.fromJson({
    runId: assignment.run.id, stepNumber, stepType: 'tool_call', status: 'waiting',
    toolId: assignment.tools.get(call.name)?.id ?? null, toolName: call.name, toolCallId: call.id,
    input: call.arguments ?? { rawArguments: call.rawArguments ?? '' },
  });
}

/** Carries out one tool call and commits its result, or its error, as one `tool_call` step. */
export async function toolStep(
  assignment: Assignment, steps: RunStep[], stepNumber: number, call: ToolCall, again: RunStep | undefined, files: Files, signal: AbortSignal,
): Promise<RunStep> {
  const step = again ?? newToolStep(assignment, stepNumber, call);
  await beginStep(assignment.run, step);
  const startedAt = Date.now();
  const { workspace, written } = stepWorkspace(files.openWorkspace(assignment.personaId), signal);
  try {
    const enabled = checkCall(assignment, call, await offerTools(assignment, steps.slice(0, stepNumber - 1)));
    const stepKey = `${step.runId}:${stepNumber}`;
    const context: ToolContext = {
      workspace, config: enabled.config, signal, stepKey,
      searchTools: (query, limit) => searchPersonaTools(assignment.personaId, query, limit),
      memory: memoryOfRun(assignment.personaId, assignment.run.userId),
      mail: mailOfRun(assignment.personaId, stepKey, signal),
    };
    const result = await orStop(enabled.tool.run(call.arguments, context), signal);
    const artifacts = await keepArtifacts(result, written, files.artifacts);
    await commitStep(assignment.run, step, succeeded(call.name, result, artifacts, Date.now() - startedAt));
  } catch (error) {
    if (!(error instanceof ToolError)) throw error;
    await commitStep(assignment.run, step, failed(call.name, error, Date.now() - startedAt));
  }
  return step;
}

function checkCall(assignment: Assignment, call: ToolCall, offered: OfferedTool[]): EnabledTool {
  const enabled = assignment.tools.get(call.name);
  if (!enabled || !offered.some(({ name }) => name === call.name)) {
    const names = offered.map(({ name }) => name).join(', ') || 'none';
    throw new RefusedCall('TOOL_NOT_OFFERED', `There is no tool '${call.name}' here. The tools are: ${names}.`);
  }
  if (call.arguments === null) {
    throw new RefusedCall('INVALID_ARGUMENTS', `The arguments of '${call.name}' must be a JSON object, and were: ${call.rawArguments}`);
  }
  const problems = validateArguments(enabled.tool.parameters, call.arguments);
  if (problems.length > 0) {
    const sentences = problems.map(({ message }) => message).join(' ');
    throw new RefusedCall('INVALID_ARGUMENTS', `The arguments of '${call.name}' do not fit its schema: ${sentences}`);
  }
  return enabled;
}

async function keepArtifacts(result: ToolResult, written: Map<string, Uint8Array>, store: ArtifactStore): Promise<StepOutcome['artifacts']> {
  return Promise.all((result.artifacts ?? []).map(async (filePath) => {
    const bytes = written.get(filePath);
    if (!bytes) throw new Error(`The tool names ${filePath} as an artifact, but has not written it`);
    return { name: basename(filePath), filePath, fileSize: bytes.length, mimeType: mimeTypeOf(filePath), sha256: await store.keep(bytes) };
  }));
}

function succeeded(toolName: string, result: ToolResult, artifacts: StepOutcome['artifacts'], durationMs: number): StepOutcome {
  return {
    step: { status: 'completed', output: storable(result.output), durationMs },
    artifacts,
    audit: [{ eventType: 'tool_call', eventCategory: 'action', description: `Tool '${toolName}' executed`, metadata: { toolName, durationMs } }],
  };
}

function failed(toolName: string, error: ToolError, durationMs: number): StepOutcome {
  const errorMessage = storable(error.message);
  const errorCode = error instanceof RefusedCall ? error.code : 'TOOL_FAILED';
  return {
    step: { status: 'failed', output: { error: errorMessage }, errorCode, errorMessage, durationMs },
    audit: [{
      eventType: 'tool_call', eventCategory: 'error', description: `Tool '${toolName}' failed: ${errorMessage}`,
      metadata: { toolName, durationMs, errorCode },
    }],
  };
}
