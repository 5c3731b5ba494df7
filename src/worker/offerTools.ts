import type { OfferedTool } from '../providers/provider.js';
import type { RunStep } from '../runs/runStep.model.js';
import { searchPersonaTools } from '../tools/toolSearch.js';
import type { Assignment, EnabledTool } from './assignment.js';

/** The most tools that a model is offered at once; with more, it gets the nearest ones and `search_tools`. */
export const mostOffered = 30;

/**
 * The tools a model may call in its next answer: all that the persona has enabled or, when those are many, the nearest to the
 * request, those that `search_tools` has found since, and `search_tools` itself.
 */
export async function offerTools(assignment: Assignment, steps: RunStep[]): Promise<OfferedTool[]> {
  const { tools } = assignment;
  if (tools.size <= mostOffered) return [...tools.values()].map(offer);
  const nearest = await searchPersonaTools(assignment.personaId, assignment.run.input, mostOffered - 1);
  const names = new Set(['search_tools', ...nearest.map(({ name }) => name), ...foundSince(steps)]);
  return [...tools.values()].filter(({ tool }) => names.has(tool.name)).map(offer);
}

function foundSince(steps: RunStep[]): string[] {
  return steps
    .filter((step) => step.toolName === 'search_tools' && step.status === 'completed')
    .flatMap((step) => (step.output?.tools as { name: string }[] | undefined) ?? [])
    .map(({ name }) => name);
}

const offer = ({ tool: { name, description, parameters } }: EnabledTool): OfferedTool => ({ name, description, parameters });
