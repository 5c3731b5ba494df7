import { Agent } from '../agents/agent.model.js';
import { knex } from '../db.js';
import { Persona } from '../personas/persona.model.js';
import type { Run } from '../runs/run.model.js';
import { readEnabledTools } from '../tools/personaTools.service.js';
import type { Tool } from '../tools/tool.js';

/** Looks up what a tool does by its name. */
export type FindTool = (name: string) => Tool | undefined;

/** A tool that the run's persona has enabled, with what it does and how it is set. */
export interface EnabledTool {
  id: string;
  tool: Tool;
  config: Record<string, unknown>;
}

/** All that a run's work depends on besides its steps, read when a worker takes it. */
export interface Assignment {
  run: Run;
  personaId: string;
  systemPrompt: string;
  /** Provider names in the order they are tried, each once. */
  providerOrder: string[];
  tools: Map<string, EnabledTool>;
}

/** Reads what the run needs. Tools that the database knows but this program does not are left out. */
export async function readAssignment(run: Run, findTool: FindTool): Promise<Assignment> {
  const agent = await Agent.query(knex()).findById(run.agentId).throwIfNotFound();
  const persona = await Persona.query(knex()).findById(run.personaId).throwIfNotFound();
  const enabled = await readEnabledTools(persona.id);
  const order = [agent.preferredProvider, persona.defaultProvider, ...persona.fallbackProviders];
  return {
    run,
    personaId: persona.id,
    systemPrompt: agent.systemPromptOverride?.trim() || persona.systemPrompt,
    providerOrder: [...new Set(order.filter((name): name is string => Boolean(name)))],
    tools: new Map(enabled.flatMap(({ id, name, config }) => {
      const tool = findTool(name);
      return tool ? [[name, { id, tool, config }] as const] : [];
    })),
  };
}
