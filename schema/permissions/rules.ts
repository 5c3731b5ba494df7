import type { GraphQLResolveInfo } from 'graphql';
import { rule } from 'graphql-shield';
import { recordRefusal, type RefusedSubject } from '../../src/audit/audit.service.js';
import { requireKnownUser } from '../../src/audit/auditFilters.js';
import { forbidden, PlatformError, unauthorized } from '../../src/errors.js';
import { requireAccess, type PersonaOwned, type PersonaRole } from '../../src/personas/personaAccess.js';
import type { Context } from '../context.js';
import { selectionOf } from '../lookAhead.js';

export type Rule = ReturnType<ReturnType<typeof rule>>;

/**
 * A rule that `check` decides by throwing the PlatformError that the viewer gets, or not. The error is handed on as a
 * result, because graphql-shield swallows what a rule throws. The name is what `npm run routes` shows. Whom it refuses with
 * 403 is recorded, with what they asked for.
 */
const named = (name: string, check: (args: any, context: Context, info: GraphQLResolveInfo) => unknown, subjectOf?: (args: any) => RefusedSubject | undefined): Rule =>
  rule(name, { cache: 'no_cache' })(async (_parent, args, context: Context, info: GraphQLResolveInfo) => {
    try {
      await check(args, context, info);
      return true;
    } catch (error) {
      const { viewer } = context;
      const isRefusal = error instanceof PlatformError && error.code === 'FORBIDDEN';
      if (viewer && isRefusal) await recordRefusal(viewer, info.fieldName, subjectOf?.(args));
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
  const idOf = (args: any): string => path.reduce((value, key) => value[key], args);
  // graphql-shield refuses two rules of one name.
  let made = accessRules.get(name);
  if (!made) {
    made = named(name, async (args, context) => {
      requireViewer(context);
      requireAccess(await context.loaders[loaderOf[kind]].load(idOf(args)), kind, role);
    }, (args) => ({ kind, id: idOf(args) }));
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

/**
 * At least `viewer` on the run that the field reads. The statement that reads it gives it only to them, so that one round trip
 * tells both; whoever gets nothing is told why.
 */
export const onRunItself: Rule = named('viewer by run id, in the read itself', async ({ id }, context, info) => {
  requireViewer(context);
  if (await context.loaders.visibleRun(id, selectionOf(info))) return;
  requireAccess(await context.loaders.runAccess.load(id), 'run', 'viewer');
  throw forbidden(); // Let in since the read: the next request shows it.
}, ({ id }) => ({ kind: 'run', id }));

const filters = { runId: 'run', agentId: 'agent', personaId: 'persona' } as const;
type Filters = Partial<Record<keyof typeof filters, string | null>>;
const given = (args: Filters) => (Object.keys(filters) as (keyof Filters)[]).filter((name) => args[name]).map((name) => ({ kind: filters[name], id: args[name]! }));

async function requireFilters(args: Filters, { loaders }: Context): Promise<void> {
  for (const { kind, id } of given(args)) requireAccess(await loaders[loaderOf[kind]].load(id), kind, 'viewer');
}

/** At least `viewer` on what a list is narrowed to, where it is: a filter never tells of others. */
export const onFilters: Rule = named('viewer by personaId and agentId, where given', async (args, context) => {
  requireViewer(context);
  await requireFilters(args, context);
}, (args) => given(args)[0]);

/** The same for the audit log, whose user filter asks for someone whom the viewer knows. An admin sees all of it. */
export const onAuditFilters: Rule = named('viewer by personaId, runId and userId, where given; or admin', async (args, context) => {
  const viewer = requireViewer(context);
  if (viewer.role === 'admin') return;
  await requireFilters(args, context);
  if (args.userId) await requireKnownUser(viewer, args.userId);
}, (args) => given(args)[0]);
