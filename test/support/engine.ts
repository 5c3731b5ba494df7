import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { Agent } from '../../src/agents/agent.model.js';
import { knex } from '../../src/db.js';
import { useLive } from '../../src/live/live.js';
import { MemoryLive } from '../../src/live/memoryLive.js';
import { Persona } from '../../src/personas/persona.model.js';
import type { Message, Provider, ProviderAnswer, ProviderRequest, ToolCall } from '../../src/providers/provider.js';
import { MemoryQueue } from '../../src/queue/memoryQueue.js';
import { useQueue } from '../../src/queue/queue.js';
import { ArtifactStore } from '../../src/runs/artifactStore.js';
import { Run } from '../../src/runs/run.model.js';
import { RunStep } from '../../src/runs/runStep.model.js';
import { PersonaTool } from '../../src/tools/personaTool.model.js';
import { ToolRow } from '../../src/tools/tool.model.js';
import type { Tool } from '../../src/tools/tool.js';
import { User } from '../../src/users/user.model.js';
import { claimRun } from '../../src/worker/lease.js';
import { Worker } from '../../src/worker/worker.js';
import { workRun, type WorkOptions } from '../../src/worker/workRun.js';
import { openWorkspace } from '../../src/workspaces/localWorkspace.js';
import { temporaryFolder } from './temporaryFolder.js';

/** What a scripted model does with one request: says something, calls tools, or fails. */
export type Reply = (request: ProviderRequest) => Promise<Partial<ProviderAnswer>> | Partial<ProviderAnswer>;

let callCount = 0;
/** An answer that calls tools: `calls(['send', { to: 'x' }])`. */
export const calls = (...list: [name: string, args: Record<string, unknown> | null][]): Partial<ProviderAnswer> => ({
  toolCalls: list.map(([name, args]): ToolCall => ({ id: `call_${++callCount}`, name, arguments: args, ...(args ? {} : { rawArguments: '{"' }) })),
});
export const says = (message: string): Partial<ProviderAnswer> => ({ message });

/** A provider that plays replies by how many answers the conversation has already, so that a resumed run goes on rightly. */
export function scriptedProvider(replies: Reply[], name = 'scripted'): Provider & { requests: Message[][] } {
  const requests: Message[][] = [];
  return {
    name, model: 'script', unavailable: null, requests,
    async complete(request) {
      requests.push(request.messages);
      const turn = request.messages.filter(({ role }) => role === 'assistant').length;
      const answer = await (replies[turn] ?? replies.at(-1)!)(request);
      if (answer.message) request.onDelta(answer.message);
      return { message: '', toolCalls: [], model: 'script-1', usage: { promptTokens: 10, completionTokens: 5 }, ...answer };
    },
  };
}

/** A tool for tests; calls are recorded. */
export function testTool(name: string, run: Tool['run'], traits: Partial<Tool> = {}): Tool {
  return {
    name, description: `Test tool ${name}`, category: 'system', idempotent: true, needsApproval: false, run,
    parameters: { type: 'object', properties: { text: { type: 'string' } }, additionalProperties: false }, ...traits,
  };
}

/** A user with a persona, an agent and the given tools enabled. */
export async function makeAgent(tools: Tool[], persona: Partial<Persona> = {}): Promise<{ user: User; persona: Persona; agent: Agent }> {
  const email = `${randomUUID()}@example.com`;
  const user = await User.query(knex()).insert({ email, name: 'Ann', passwordHash: 'x' });
  const owner = await Persona.query(knex()).insert({
    ownerId: user.id, name: 'P', systemPrompt: 'You help.', defaultProvider: 'scripted', fallbackProviders: [], ...persona,
  });
  const agent = await Agent.query(knex()).insert({ personaId: owner.id, name: 'A' });
  for (const tool of tools) {
    const { name, description, category, parameters } = tool;
    const row = { name, description, category, schema: { name, description, parameters } };
    const { id } = await ToolRow.query(knex()).insert(row).onConflict('name').merge(['schema']).returning('id');
    await PersonaTool.query(knex()).insert({ personaId: owner.id, toolId: id, config: {} });
  }
  return { user, persona: owner, agent };
}

/** Sets live updates and queue of this process, and gives what a worker needs. */
export async function engine(providers: Provider[], tools: Tool[], options: Partial<WorkOptions> = {}) {
  const live = new MemoryLive();
  useLive(live);
  useQueue(new MemoryQueue());
  const folder = await temporaryFolder();
  const work: WorkOptions = {
    findProvider: (name) => providers.find((provider) => provider.name === name),
    findTool: (name) => tools.find((tool) => tool.name === name),
    files: { openWorkspace: (personaId) => openWorkspace(join(folder, personaId)), artifacts: new ArtifactStore(join(folder, 'artifacts')) },
    limits: { maxSteps: 25, maxSeconds: 60 },
    ...options,
  };
  return { live, work, startWorker: () => new Worker({ ...work, concurrency: 4 }) };
}

export const newRun = ({ user, persona, agent }: Awaited<ReturnType<typeof makeAgent>>, input = 'do it') =>
  Run.query(knex()).insert({ agentId: agent.id, personaId: persona.id, userId: user.id, input }).returning('*');

export const readRun = (id: string) => Run.query(knex()).findById(id).throwIfNotFound();
export const readSteps = (runId: string) => RunStep.query(knex()).where({ run_id: runId }).orderBy('step_number');

/** An answer that never comes. */
export const hang = () => new Promise<never>(() => {});

export const asViewer = (user: { id: string }) => ({ ...user, sessionId: 's', email: 'e', name: 'Ann', role: 'user' as const });

/** Claims the oldest run there is and works on it until it rests. */
export async function work(options: WorkOptions, shutdown = new AbortController().signal): Promise<void> {
  const run = await claimRun('test');
  assert.ok(run, 'a run to claim');
  await workRun(run, options, shutdown);
}
