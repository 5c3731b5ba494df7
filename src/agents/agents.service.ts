import { recordAudit } from '../audit/audit.service.js';
import type { Viewer } from '../auth/viewer.js';
import { transaction } from '../db.js';
import { notFound, validationError } from '../errors.js';
import { runsDeleted, runsUnderWay } from '../personas/deletions.js';
import { requireUnchanged } from '../personas/editConflict.js';
import { Persona } from '../personas/persona.model.js';
import { providerFault } from '../personas/providerChoice.js';
import { plainFields, readRows, type Reading, type Selection } from '../reading.js';
import { noteArtifacts } from '../runs/artifactRemovals.js';
import { nullFaults } from '../validation.js';
import { Agent } from './agent.model.js';
import { agentShape, type AgentRow } from './agentShape.js';

const agentById: Reading = { name: 'agent_by_id', shape: agentShape, from: 'agents a', tail: 'where a.id = :id' };
const agentsOfPersona: Reading = {
  name: 'agents_of_persona', shape: agentShape, from: 'agents a', tail: 'where a.persona_id = :personaId order by a.created_at, a.id',
};
// Statements of their own: PostgreSQL plans one that takes a list anew each time.
const agentsById: Reading = { name: 'agents_by_id', shape: agentShape, from: 'agents a', tail: 'where a.id = any(:ids)' };
const agentsOfPersonas: Reading = {
  name: 'agents_of_personas', shape: agentShape, from: 'agents a', tail: 'where a.persona_id = any(:ids) order by a.created_at, a.id',
};

/** The agents of a persona, oldest first. */
export const listAgents = (_viewer: Viewer, personaId: string, selection: Selection) =>
  readRows<AgentRow>(agentsOfPersona, selection, { personaId });

const allFields = plainFields(agentShape);

/** The agents of several personas, with all their fields, oldest first. */
export const readAgentsOf = (personaIds: readonly string[]) => readRows<AgentRow>(agentsOfPersonas, allFields, { ids: personaIds });

/** Agents by id, with all their fields, in no order. */
export const readAgents = (ids: readonly string[]) => readRows<AgentRow>(agentsById, allFields, { ids });

/** One agent. Throws NOT_FOUND. */
export async function readAgent(_viewer: Viewer, id: string, selection: Selection): Promise<AgentRow> {
  const [agent] = await readRows<AgentRow>(agentById, selection, { id });
  if (!agent) throw notFound('Agent');
  return agent;
}

export interface AgentInput {
  name: string;
  description?: string | null;
  systemPromptOverride?: string | null;
  preferredProvider?: string | null;
}

/** Gives a persona an agent. Throws NOT_FOUND, VALIDATION_ERROR. */
export async function createAgent(viewer: Viewer, personaId: string, input: AgentInput, selection: Selection): Promise<AgentRow> {
  checkProvider(input);
  const id = await transaction(async (trx) => {
    // Shared lock: the persona cannot be deleted before its agent is there.
    if (!(await Persona.query(trx).findById(personaId).forShare())) throw notFound('Persona');
    const agent = await Agent.query(trx).insert({ ...input, personaId });
    await audit(trx, viewer, 'created', agent);
    return agent.id;
  });
  return readAgent(viewer, id, selection);
}

export interface AgentChanges extends Partial<{ [Field in keyof AgentInput]: AgentInput[Field] | null }> {
  isActive?: boolean | null;
  /** The `updatedAt` of the agent that the editor saw. */
  expectedUpdatedAt?: Date | null;
}

/** Changes the fields that are given; null empties those that may be empty. Throws NOT_FOUND, VALIDATION_ERROR, EDIT_CONFLICT. */
export async function updateAgent(viewer: Viewer, id: string, changes: AgentChanges, selection: Selection): Promise<AgentRow> {
  const { expectedUpdatedAt, ...fields } = changes;
  const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as AgentChanges;
  checkProvider(given);
  if (Object.keys(given).length > 0) {
    await transaction(async (trx) => {
      const agent = await Agent.query(trx).findById(id).forUpdate();
      if (!agent) throw notFound('Agent');
      const { personaId } = agent;
      await requireUnchanged(trx, agent, expectedUpdatedAt, { personaId, eventType: 'agent_updated', about: { agentId: id } });
      await agent.$query(trx).patch(given as Partial<Agent>);
      await audit(trx, viewer, 'updated', agent, { fields: Object.keys(given) });
    });
  }
  return readAgent(viewer, id, selection);
}

/** Deletes an agent and its runs; those under way stop. Throws NOT_FOUND. */
export async function deleteAgent(viewer: Viewer, id: string): Promise<string> {
  const stopped = await transaction(async (trx) => {
    const agent = await Agent.query(trx).findById(id).forUpdate();
    if (!agent) throw notFound('Agent');
    const runIds = await runsUnderWay(trx, { agentId: id });
    await noteArtifacts(trx, { agentId: id });
    await audit(trx, viewer, 'deleted', agent);
    await agent.$query(trx).delete();
    return runIds;
  });
  runsDeleted(stopped);
  return id;
}

const audit = (trx: Parameters<typeof recordAudit>[0], viewer: Viewer, what: 'created' | 'updated' | 'deleted', agent: Agent, metadata = {}) =>
  recordAudit(trx, viewer, {
    eventType: `agent_${what}`, eventCategory: 'action', description: `Agent '${agent.name}' ${what}`,
    personaId: agent.personaId, metadata: { agentId: agent.id, ...metadata },
  });

/** What a change may leave out but not empty. */
export const neverNull = ['name', 'isActive'] as const;

/** What a model cannot know: which providers there are, and that null is no name. */
function checkProvider(input: AgentChanges): void {
  const details = nullFaults(input, neverNull);
  const fault = providerFault('Preferred provider', input.preferredProvider);
  if (fault) details.preferredProvider = fault;
  if (Object.keys(details).length > 0) throw validationError(details);
}
