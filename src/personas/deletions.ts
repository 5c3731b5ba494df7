import type { Knex } from 'knex';

/** Runs that vanish with their persona or agent while they are under way: what works on them has to stop. */
type RunsListener = (runIds: string[]) => void;
/** A persona is gone: what lies outside the database has to follow. */
type PersonaListener = (personaId: string) => void;

const listeners = new Set<RunsListener>();
const personaListeners = new Set<PersonaListener>();

/** Calls back with runs under way that this process has deleted, after it was committed. Returns what stops it. */
export function onRunsDeleted(listener: RunsListener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The runs under way of a persona or an agent. Its row is locked, so none can be started until the transaction ends. */
export async function runsUnderWay(trx: Knex.Transaction, owner: { personaId: string } | { agentId: string }): Promise<string[]> {
  const of = 'personaId' in owner ? { persona_id: owner.personaId } : { agent_id: owner.agentId };
  return trx('runs').where(of).whereIn('status', ['pending', 'running']).pluck('id');
}

/** Tells the listeners, when there is anything to tell. */
export function runsDeleted(runIds: string[]): void {
  if (runIds.length > 0) for (const listener of listeners) listener(runIds);
}

/** Calls back with each persona that this process has deleted, after it was committed. Returns what stops it. */
export function onPersonaDeleted(listener: PersonaListener): () => void {
  personaListeners.add(listener);
  return () => personaListeners.delete(listener);
}

/** Tells the listeners. */
export function personaDeleted(personaId: string): void {
  for (const listener of personaListeners) listener(personaId);
}
