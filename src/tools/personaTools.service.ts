import { recordAudit } from '../audit/audit.service.js';
import type { Viewer } from '../auth/viewer.js';
import { read, transaction } from '../db.js';
import { duplicate, notFound, validationError } from '../errors.js';
import { Persona } from '../personas/persona.model.js';
import type { JsonSchema } from '../providers/provider.js';
import { plainFields, readRows, type Reading, type Selection } from '../reading.js';
import { nullFaults } from '../validation.js';
import { PersonaTool } from './personaTool.model.js';
import { personaToolShape, type PersonaToolRow } from './personaToolShape.js';
import { findBuiltin } from './registry.js';
import { ToolRow } from './tool.model.js';
import { validateArguments } from './validateArguments.js';

type Trx = Parameters<typeof recordAudit>[0];

const toolsOfPersona: Reading = {
  name: 'tools_of_persona', shape: personaToolShape, from: 'persona_tools pt',
  tail: 'where pt.persona_id = :personaId order by pt.created_at, pt.id',
};
// A statement of its own: PostgreSQL plans one that takes a list anew each time.
const toolsOfPersonas: Reading = {
  name: 'tools_of_personas', shape: personaToolShape, from: 'persona_tools pt',
  tail: 'where pt.persona_id = any(:ids) order by pt.created_at, pt.id',
};
const personaToolById: Reading = { name: 'persona_tool', shape: personaToolShape, from: 'persona_tools pt', tail: 'where pt.id = :id' };

/** The tools that a persona was given, in that order, those that are switched off included. */
export const listPersonaTools = (_viewer: Viewer, personaId: string, selection: Selection) =>
  readRows<PersonaToolRow>(toolsOfPersona, selection, { personaId });

const allFields = plainFields(personaToolShape);

/** The tools of several personas, with all their fields. */
export const readToolsOf = (personaIds: readonly string[]) => readRows<PersonaToolRow>(toolsOfPersonas, allFields, { ids: personaIds });

/** A tool that an agent of a persona may use. */
export interface EnabledTool {
  id: string;
  name: string;
  description: string;
  category: string;
  /** `{ name, description, parameters }` */
  schema: JsonSchema;
  config: Record<string, unknown>;
}

const enabledTools = {
  name: 'enabled_tools',
  text: `select t.id, t.name, t.description, t.category, t.schema, pt.config
    from persona_tools pt join tools t on t.id = pt.tool_id
    where pt.persona_id = $1 and pt.is_enabled order by t.name`,
};

/** What the agents of a persona may use, for the run engine. */
export const readEnabledTools = (personaId: string) => read<EnabledTool>(enabledTools, [personaId]);

export interface EnableInput {
  toolId: string;
  config?: Record<string, unknown> | null;
}

/**
 * Gives a persona a tool, or switches it on again. Throws NOT_FOUND, VALIDATION_ERROR for a config that the tool does not
 * take, and DUPLICATE_RESOURCE when the tool is on already.
 */
export async function enablePersonaTool(viewer: Viewer, personaId: string, input: EnableInput, selection: Selection): Promise<PersonaToolRow> {
  const id = await transaction(async (trx) => {
    const persona = await lockPersona(trx, personaId);
    const tool = await ToolRow.query(trx).findById(input.toolId);
    if (!tool) throw notFound('Tool');
    const known = await PersonaTool.query(trx).findOne({ persona_id: personaId, tool_id: tool.id });
    if (known?.isEnabled) throw duplicate(`Tool '${tool.name}' is already enabled`);
    const config = input.config ?? known?.config ?? {};
    requireConfig(tool, config);
    await audit(trx, viewer, 'enabled', persona, tool);
    if (!known) return (await PersonaTool.query(trx).insert({ personaId, toolId: tool.id, config })).id;
    await known.$query(trx).patch({ isEnabled: true, config });
    return known.id;
  });
  return readPersonaTool(id, selection);
}

export interface PersonaToolChanges {
  isEnabled?: boolean | null;
  config?: Record<string, unknown> | null;
}

/** Takes a tool away from a persona, with its settings; gives back the tool's id. Throws NOT_FOUND when the persona was not given it. */
export async function removePersonaTool(viewer: Viewer, personaId: string, toolId: string): Promise<string> {
  await transaction(async (trx) => {
    const persona = await lockPersona(trx, personaId);
    const { personaTool, tool } = await findPersonaTool(trx, personaId, toolId);
    await personaTool.$query(trx).delete();
    await audit(trx, viewer, 'removed', persona, tool);
  });
  return toolId;
}

/** What a change may leave out but not empty. */
export const neverNull = ['isEnabled', 'config'] as const;

/** Switches a persona's tool on or off or changes its settings. Throws NOT_FOUND, VALIDATION_ERROR. */
export async function updatePersonaTool(
  viewer: Viewer,
  personaId: string,
  toolId: string,
  changes: PersonaToolChanges,
  selection: Selection,
): Promise<PersonaToolRow> {
  const details = nullFaults(changes, neverNull);
  if (Object.keys(details).length > 0) throw validationError(details);
  const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined)) as Partial<PersonaTool>;
  const id = await transaction(async (trx) => {
    const persona = await lockPersona(trx, personaId);
    const { personaTool, tool } = await findPersonaTool(trx, personaId, toolId);
    if (given.config) requireConfig(tool, given.config);
    if (Object.keys(given).length === 0) return personaTool.id;
    await personaTool.$query(trx).patch(given);
    await audit(trx, viewer, given.isEnabled === false ? 'disabled' : 'configured', persona, tool);
    return personaTool.id;
  });
  return readPersonaTool(id, selection);
}

async function readPersonaTool(id: string, selection: Selection): Promise<PersonaToolRow> {
  const [personaTool] = await readRows<PersonaToolRow>(personaToolById, selection, { id });
  if (!personaTool) throw notFound('Tool');
  return personaTool;
}

async function findPersonaTool(trx: Trx, personaId: string, toolId: string): Promise<{ personaTool: PersonaTool; tool: ToolRow }> {
  const personaTool = await PersonaTool.query(trx).findOne({ persona_id: personaId, tool_id: toolId });
  if (!personaTool) throw notFound('Tool');
  return { personaTool, tool: await ToolRow.query(trx).findById(toolId).throwIfNotFound() };
}

/** One change of a persona's tools after the other. */
async function lockPersona(trx: Trx, id: string): Promise<Persona> {
  const persona = await Persona.query(trx).findById(id).forNoKeyUpdate();
  if (!persona) throw notFound('Persona');
  return persona;
}

const takesNothing: JsonSchema = { type: 'object', additionalProperties: false };

function requireConfig(tool: ToolRow, config: Record<string, unknown>): void {
  const problems = validateArguments(findBuiltin(tool.name)?.configSchema ?? tool.configSchema ?? takesNothing, config);
  if (problems.length === 0) return;
  throw validationError(Object.fromEntries(problems.map(({ path, message }) => [path ? `config.${path}` : 'config', message])));
}

const audit = (trx: Trx, viewer: Viewer, what: 'enabled' | 'disabled' | 'configured' | 'removed', persona: Persona, tool: ToolRow) =>
  recordAudit(trx, viewer, {
    eventType: `tool_${what}`, eventCategory: 'action', description: `Tool '${tool.name}' ${what} for persona '${persona.name}'`,
    personaId: persona.id, metadata: { toolId: tool.id, toolName: tool.name },
  });
