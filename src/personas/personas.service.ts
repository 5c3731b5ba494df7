import { recordAudit } from '../audit/audit.service.js';
import type { Viewer } from '../auth/viewer.js';
import { transaction } from '../db.js';
import { notFound, validationError } from '../errors.js';
import { offsetOf, pagination, type Page, type PageArgs } from '../paging.js';
import { plainFields, readRows, type Reading, type Selection } from '../reading.js';
import { noteArtifacts } from '../runs/artifactRemovals.js';
import { isRequired, nullFaults } from '../validation.js';
import { personaDeleted, runsDeleted, runsUnderWay } from './deletions.js';
import { requireUnchanged } from './editConflict.js';
import { Persona } from './persona.model.js';
import { personaShape, type PersonaRow } from './personaShape.js';
import { fallbacksFault, providerFault, usualProvider } from './providerChoice.js';

/** Keys first: the page is found among ids, and only its rows are read whole. */
const personaPage: Reading = {
  name: 'persona_page',
  shape: personaShape,
  from: `(
    select id, count(*) over () as total
    from (
      select id, created_at, name from personas where owner_id = :viewerId
      union all select p.id, p.created_at, p.name from persona_members m join personas p on p.id = m.persona_id
        where m.user_id = :viewerId and p.owner_id <> :viewerId
    ) mine
    where :search::text is null or position(lower(:search) in lower(name)) > 0
    order by created_at desc, id limit :limit offset :offset
  ) page join personas p using (id)`,
  tail: 'order by p.created_at desc, p.id',
  extra: 'page.total',
};

const personaById: Reading = { name: 'persona_by_id', shape: personaShape, from: 'personas p', tail: 'where p.id = :id' };
// A statement of its own: PostgreSQL plans one that takes a list anew each time.
const personasById: Reading = { name: 'personas_by_id', shape: personaShape, from: 'personas p', tail: 'where p.id = any(:ids)' };

/** The personas that the viewer owns or is a member of, newest first; `search` looks into the name. */
export async function listPersonas(viewer: Viewer, args: PageArgs & { search?: string | null }, selection: Selection): Promise<Page<PersonaRow>> {
  const offset = offsetOf(args);
  const find = (limit: number, from: number) => {
    const parameters = { viewerId: viewer.id, search: args.search || null, limit, offset: from };
    return readRows<PersonaRow & { total: number }>(personaPage, selection.data ?? noFields, parameters);
  };
  const data = await find(args.limit, offset);
  // Behind the last page no row tells the total.
  const counted = data.length > 0 || offset === 0 ? data : await find(1, 0);
  return { data, pagination: pagination(args, counted[0]?.total ?? 0) };
}

const noFields: Selection = {};

/** One persona. Throws NOT_FOUND. */
export async function readPersona(viewer: Viewer, id: string, selection: Selection): Promise<PersonaRow> {
  const [persona] = await readRows<PersonaRow>(personaById, selection, { id, viewerId: viewer.id });
  if (!persona) throw notFound('Persona');
  return persona;
}

const allFields = plainFields(personaShape);

/** Personas by id, with all plain fields, in no order. */
export const readPersonas = (viewer: Viewer, ids: readonly string[]) =>
  readRows<PersonaRow>(personasById, allFields, { ids, viewerId: viewer.id });

export interface PersonaInput {
  name: string;
  description?: string | null;
  systemPrompt: string;
  defaultProvider?: string | null;
  fallbackProviders?: string[] | null;
}

/** Makes a persona that the viewer owns. Throws VALIDATION_ERROR. */
export async function createPersona(viewer: Viewer, input: PersonaInput, selection: Selection): Promise<PersonaRow> {
  const defaultProvider = input.defaultProvider ?? usualProvider();
  const fallbackProviders = input.fallbackProviders ?? [];
  const details = { ...blankFaults(input), ...providerFaults(defaultProvider, fallbackProviders) };
  if (Object.keys(details).length > 0) throw validationError(details);
  const id = await transaction(async (trx) => {
    const persona = await Persona.query(trx).insert({ ...input, defaultProvider, fallbackProviders, ownerId: viewer.id });
    await audit(trx, viewer, 'created', persona);
    return persona.id;
  });
  return readPersona(viewer, id, selection);
}

export interface PersonaChanges extends Partial<{ [Field in keyof PersonaInput]: PersonaInput[Field] | null }> {
  isActive?: boolean | null;
  /** The `updatedAt` of the persona that the editor saw. */
  expectedUpdatedAt?: Date | null;
}

/** What a change may leave out but not empty. */
export const neverNull = ['name', 'systemPrompt', 'defaultProvider', 'fallbackProviders', 'isActive'] as const;

/** Changes the fields that are given; null empties a description. Throws NOT_FOUND, VALIDATION_ERROR, EDIT_CONFLICT. */
export async function updatePersona(viewer: Viewer, id: string, changes: PersonaChanges, selection: Selection): Promise<PersonaRow> {
  const { expectedUpdatedAt, ...fields } = changes;
  const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
  if (Object.keys(given).length > 0) await transaction((trx) => change(trx, viewer, id, given, expectedUpdatedAt));
  return readPersona(viewer, id, selection);
}

async function change(trx: Trx, viewer: Viewer, id: string, given: PersonaChanges, expectedUpdatedAt?: Date | null): Promise<void> {
  const persona = await Persona.query(trx).findById(id).forUpdate();
  if (!persona) throw notFound('Persona');
  await requireUnchanged(trx, persona, expectedUpdatedAt, { personaId: id, eventType: 'persona_updated' });
  const details = nullFaults(given, neverNull);
  if ('defaultProvider' in given || 'fallbackProviders' in given) {
    const after = { ...persona, ...given };
    Object.assign(details, { ...providerFaults(after.defaultProvider ?? persona.defaultProvider, after.fallbackProviders ?? []), ...details });
  }
  if (Object.keys(details).length > 0) throw validationError(details);
  await persona.$query(trx).patch(given as Partial<Persona>);
  await audit(trx, viewer, 'updated', persona, { fields: Object.keys(given) });
}

/** Deletes a persona with all that belongs to it; runs under way stop. Throws NOT_FOUND. */
export async function deletePersona(viewer: Viewer, id: string): Promise<string> {
  const stopped = await transaction(async (trx) => {
    const persona = await Persona.query(trx).findById(id).forUpdate();
    if (!persona) throw notFound('Persona');
    const runIds = await runsUnderWay(trx, { personaId: id });
    await noteArtifacts(trx, { personaId: id });
    await audit(trx, viewer, 'deleted', persona);
    await persona.$query(trx).delete();
    return runIds;
  });
  runsDeleted(stopped);
  personaDeleted(id);
  return id;
}

type Trx = Parameters<typeof recordAudit>[0];

const audit = (trx: Trx, viewer: Viewer, what: 'created' | 'updated' | 'deleted', { id, name }: Persona, metadata = {}) =>
  recordAudit(trx, viewer, {
    eventType: `persona_${what}`, eventCategory: 'action', description: `Persona '${name}' ${what}`,
    personaId: id, metadata,
  });

/** Blank texts, all of them at once with the providers; what else can be wrong is the model's to say. */
function blankFaults(input: PersonaInput): Record<string, string> {
  const blank = (['name', 'systemPrompt'] as const).filter((field) => input[field].trim() === '');
  return Object.fromEntries(blank.map((field) => [field, isRequired(field)]));
}

function providerFaults(defaultProvider: string, fallbackProviders: readonly string[]): Record<string, string> {
  const details: Record<string, string> = {};
  const ofDefault = providerFault('Default provider', defaultProvider);
  const ofFallbacks = fallbacksFault(fallbackProviders, defaultProvider);
  if (ofDefault) details.defaultProvider = ofDefault;
  if (ofFallbacks) details.fallbackProviders = ofFallbacks;
  return details;
}
