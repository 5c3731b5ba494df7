import { randomUUID } from 'node:crypto';
import type { Knex } from 'knex';
import { recordAudit } from '../audit/audit.service.js';
import type { Viewer } from '../auth/viewer.js';
import { knex, transaction } from '../db.js';
import { notFound, validationError } from '../errors.js';
import { Persona } from '../personas/persona.model.js';
import { fieldLabel, isRequired } from '../validation.js';
import { Connector } from './connector.model.js';
import { type ConnectorKind, fieldFaults, kinds } from './connectorKinds.js';
import { isSealedWithCurrentKey, seal, unseal } from './encryption.js';

/** A connector as it may be shown: never with a password. Settings that are not there are null. */
export interface ShownConnector {
  enabled: boolean;
  /** Null when it was never configured. */
  updatedAt: Date | null;
  [setting: string]: unknown;
}

export type ShownConnectors = Record<ConnectorKind, ShownConnector>;

type Values = Record<string, unknown>;
type Passwords = Record<string, string>;

/** All connectors of a persona; those that were never configured are not enabled and have no values. */
export async function listConnectors(_viewer: Viewer, personaId: string): Promise<ShownConnectors> {
  const rows = await Connector.query().where({ persona_id: personaId });
  const shown = (kind: ConnectorKind) => show(kind, rows.find((row) => row.kind === kind));
  return { email: shown('email'), browser: shown('browser'), desktopVm: shown('desktopVm') };
}

function show(kind: ConnectorKind, row: Connector | undefined): ShownConnector {
  const settings = row?.settings ?? {};
  const known = Object.fromEntries(Object.keys(kinds[kind].settings).map((field) => [field, settings[field] ?? null]));
  return { enabled: row?.isEnabled ?? false, ...known, updatedAt: row?.updatedAt ?? null };
}

/**
 * Configures a connector. What is left out stays as it is, and null empties it. Throws VALIDATION_ERROR for values that cannot
 * be, for what an enabled connector lacks, and for a host or username that changes without its password: who may edit must
 * not learn a password by having it sent to a host of their own.
 */
export async function configureConnector(
  viewer: Viewer, personaId: string, kind: ConnectorKind, { enabled, ...given }: { enabled: boolean } & Values,
): Promise<ShownConnector> {
  const faults = fieldFaults(kind, given);
  if (Object.keys(faults).length > 0) throw validationError(faults);
  return transaction(async (trx) => {
    const persona = await Persona.query(trx).findById(personaId).forNoKeyUpdate();
    if (!persona) throw notFound('Persona');
    const row = await Connector.query(trx).findOne({ persona_id: personaId, kind });
    const id = row?.id ?? randomUUID();
    const before = { settings: row?.settings ?? {}, passwords: passwordsOf(row) };
    const settings = merge(Object.keys(kinds[kind].settings), before.settings, given);
    const passwords = merge(Object.keys(kinds[kind].passwords), before.passwords, given) as Passwords;
    check(kind, enabled, { before, settings, passwords, given });
    const secrets = Object.keys(passwords).length > 0 ? seal(JSON.stringify(passwords), id) : null;
    const columns = { isEnabled: enabled, settings, secrets };
    const saved = row ? await row.$query(trx).patchAndFetch(columns) : await Connector.query(trx).insert({ id, personaId, kind, ...columns }).returning('*');
    const changed = Object.keys(given).filter((field) => given[field] !== undefined).sort();
    await audit(trx, viewer, persona, { kind, enabled, changed });
    return show(kind, saved);
  });
}

const passwordsOf = (row: Connector | undefined): Passwords => (row?.secrets ? JSON.parse(unseal(row.secrets, row.id)) : {});

/** The values of `fields` after a change, without those that are empty. */
const merge = (fields: readonly string[], before: Values, given: Values): Values =>
  Object.fromEntries(fields.map((field) => [field, given[field] === undefined ? before[field] : given[field]]).filter(([, value]) => value != null));

interface Change {
  before: { settings: Values; passwords: Passwords };
  settings: Values;
  passwords: Passwords;
  given: Values;
}

function check(kind: ConnectorKind, enabled: boolean, { before, settings, passwords, given }: Change): void {
  const { optional, ...description } = kinds[kind];
  const faults: Record<string, string> = {};
  if (enabled) {
    const needed = [...Object.keys(description.settings), ...Object.keys(description.passwords)].filter((field) => !optional.includes(field));
    for (const field of needed) if ((settings[field] ?? passwords[field]) == null) faults[field] = isRequired(field);
  }
  for (const [password, shownTo] of Object.entries(description.passwords)) {
    const isElsewhere = shownTo.some((field) => settings[field] !== before.settings[field]);
    if (before.passwords[password] !== undefined && given[password] === undefined && isElsewhere) {
      faults[password] = `${fieldLabel(password)} must be given again when ${shownTo.map((field) => fieldLabel(field).toLowerCase()).join(' or ')} changes`;
    }
  }
  if (Object.keys(faults).length > 0) throw validationError(faults);
}

/** The row tells which fields were given, never a value of them. */
const audit = (trx: Knex.Transaction, viewer: Viewer, persona: Persona, { kind, enabled, changed }: { kind: ConnectorKind; enabled: boolean; changed: string[] }) =>
  recordAudit(trx, viewer, {
    eventType: 'connector_configured', eventCategory: 'action', personaId: persona.id,
    description: `The ${kinds[kind].label} connector of persona '${persona.name}' was configured${enabled ? '' : ', and is off'}`,
    metadata: { connector: kind, enabled, changed },
  });

/** What an enabled connector of a persona holds, passwords included, for the tools of a run. Null when there is none. */
export async function openConnector(personaId: string, kind: ConnectorKind): Promise<Values | null> {
  const row = await Connector.query(knex()).findOne({ persona_id: personaId, kind, is_enabled: true });
  return row ? { ...row.settings, ...passwordsOf(row) } : null;
}

/** Encrypts what other keys have encrypted with the key in force, all or nothing. Gives how many connectors that were. */
export const resealConnectors = (): Promise<number> =>
  transaction(async (trx) => {
    const rows = await Connector.query(trx).whereNotNull('secrets').forUpdate();
    const old = rows.filter(({ secrets }) => !isSealedWithCurrentKey(secrets!));
    for (const row of old) await knex()('connectors').transacting(trx).where({ id: row.id }).update({ secrets: seal(unseal(row.secrets!, row.id), row.id) });
    return old.length;
  });
