import { rule } from 'graphql-shield';
import { forbidden, unauthorized } from '../../src/errors.js';
import { requireAccess, type PersonaOwned, type PersonaRole } from '../../src/personas/personaAccess.js';
import type { Context } from '../context.js';

export type Rule = ReturnType<ReturnType<typeof rule>>;

/**
 * A rule that `check` decides by throwing the PlatformError that the viewer gets, or not. The error is handed on as a
 * result, because graphql-shield swallows what a rule throws. The name is what `npm run routes` shows.
 */
const named = (name: string, check: (args: any, context: Context) => unknown): Rule =>
  rule(name, { cache: 'no_cache' })(async (_parent, args, context: Context) => {
    try {
      await check(args, context);
      return true;
    } catch (error) {
      return error as Error;
    }
  });

function requireViewer({ viewer }: Context) {
  if (!viewer) throw unauthorized();
  return viewer;
}

/** Everyone, signed in or not. */
export const anyone: Rule = named('anyone', () => {});

/** Everyone who has signed in; the service shows them what is theirs. */
export const authenticated: Rule = named('authenticated', (_args, context) => requireViewer(context));

/** Users with the role admin. */
export const admin: Rule = named('admin', (_args, context) => {
  if (requireViewer(context).role !== 'admin') throw forbidden();
});

const loaderOf = { persona: 'personaAccess', agent: 'agentAccess', run: 'runAccess' } as const;

/**
 * Everyone with at least `role` on a persona, or on the persona that an agent or a run belongs to.
 * `argument` says where the id stands: `personaId`, or `input.agentId`.
 */
function access(kind: PersonaOwned, role: PersonaRole, argument: string): Rule {
  const name = `${role} by ${kind} ${argument}`;
  const path = argument.split('.');
  // graphql-shield refuses two rules of one name.
  let made = accessRules.get(name);
  if (!made) {
    made = named(name, async (args, context) => {
      requireViewer(context);
      const id = path.reduce((value, key) => value[key], args) as string;
      requireAccess(await context.loaders[loaderOf[kind]].load(id), kind, role);
    });
    accessRules.set(name, made);
  }
  return made;
}

const accessRules = new Map<string, Rule>();

/** At least `role` on the persona that the argument names. */
export const onPersona = (role: PersonaRole, argument = 'personaId') => access('persona', role, argument);

/** At least `role` on the persona of the agent that the argument names. */
export const onAgent = (role: PersonaRole, argument = 'agentId') => access('agent', role, argument);

/** At least `role` on the persona of the run that the argument names. */
export const onRun = (role: PersonaRole, argument = 'runId') => access('run', role, argument);

/** At least `viewer` on the persona and the agent that a list is narrowed to, where it is: a filter never tells of others. */
export const onFilters: Rule = named('viewer by personaId and agentId, where given', async ({ personaId, agentId }, { viewer, loaders }) => {
  if (!viewer) throw unauthorized();
  if (personaId) requireAccess(await loaders.personaAccess.load(personaId), 'persona', 'viewer');
  if (agentId) requireAccess(await loaders.agentAccess.load(agentId), 'agent', 'viewer');
});
