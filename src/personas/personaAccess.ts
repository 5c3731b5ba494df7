import { forbidden, notFound } from '../errors.js';
import { read } from '../db.js';
import type { Viewer } from '../auth/viewer.js';

/** What someone is on a persona. `null` is a persona that is not theirs, `undefined` one that is not there. */
export type PersonaRole = 'owner' | 'editor' | 'viewer';
export type PersonaAccess = PersonaRole | null | undefined;

/** What can be asked about: the persona itself, or something that belongs to one. */
export type PersonaOwned = 'persona' | 'agent' | 'run';

const roleOf = `case when p.owner_id = $1 then 'owner' else m.role end as role`;
const memberOf = `left join persona_members m on m.persona_id = p.id and m.user_id = $1`;

const accessTo = {
  persona: `select p.id, ${roleOf} from personas p ${memberOf} where p.id`,
  agent: `select x.id, ${roleOf} from agents x join personas p on p.id = x.persona_id ${memberOf} where x.id`,
  run: `select x.id, ${roleOf} from runs x join personas p on p.id = x.persona_id ${memberOf} where x.id`,
} satisfies Record<PersonaOwned, string>;

/** The viewer's role on each of several personas, agents or runs, in the order of the ids. */
export async function loadAccess(viewer: Viewer, kind: PersonaOwned, ids: readonly string[]): Promise<PersonaAccess[]> {
  // One id is the usual case, and PostgreSQL plans a statement that takes a list anew each time.
  const rows = ids.length === 1
    ? await read<AccessRow>({ name: `access_${kind}`, text: `${accessTo[kind]} = $2` }, [viewer.id, ids[0]])
    : await read<AccessRow>({ name: `access_${kind}s`, text: `${accessTo[kind]} = any($2)` }, [viewer.id, ids]);
  const roles = new Map(rows.map(({ id, role }) => [id, role]));
  return ids.map((id) => roles.get(id));
}

interface AccessRow {
  id: string;
  role: PersonaRole | null;
}

const rank: Record<PersonaRole, number> = { viewer: 1, editor: 2, owner: 3 };
const nouns: Record<PersonaOwned, string> = { persona: 'Persona', agent: 'Agent', run: 'Run' };

/** Throws 404 for what is not there and 403 for what is not the viewer's, or not enough. */
export function requireAccess(access: PersonaAccess, kind: PersonaOwned, atLeast: PersonaRole): void {
  if (access === undefined) throw notFound(nouns[kind]);
  if (access === null || rank[access] < rank[atLeast]) throw forbidden();
}
