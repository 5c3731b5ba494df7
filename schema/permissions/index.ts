import type { GraphQLSchema } from 'graphql';
import { applyMiddleware } from 'graphql-middleware';
import { deny, shield } from 'graphql-shield';
import { forbidden } from '../../src/errors.js';
import { agentsPermissions } from '../agents/agents.permissions.js';
import { adminPermissions } from '../admin/admin.permissions.js';
import { auditPermissions } from '../audit/audit.permissions.js';
import { authPermissions } from '../auth/auth.permissions.js';
import { connectorsPermissions } from '../connectors/connectors.permissions.js';
import { membersPermissions } from '../members/members.permissions.js';
import { memoryPermissions } from '../memory/memory.permissions.js';
import { personasPermissions } from '../personas/personas.permissions.js';
import { platformPermissions } from '../platform/platform.permissions.js';
import { runsPermissions } from '../runs/runs.permissions.js';
import { toolsPermissions } from '../tools/tools.permissions.js';
import { usagePermissions } from '../usage/usage.permissions.js';
import { usersPermissions } from '../users/users.permissions.js';
import { guardSubscriptions } from './guardSubscriptions.js';
import type { Rule } from './rules.js';

/** Rules by root field. A root field that no feature names is denied, and a test fails. */
export interface Permissions {
  Query?: Record<string, Rule>;
  Mutation?: Record<string, Rule>;
  Subscription?: Record<string, Rule>;
}

const features: Permissions[] = [authPermissions, usersPermissions, personasPermissions, membersPermissions, agentsPermissions, runsPermissions, usagePermissions, toolsPermissions, memoryPermissions, connectorsPermissions, auditPermissions, adminPermissions, platformPermissions];

const merged = (type: keyof Permissions): Record<string, Rule> =>
  Object.assign({}, ...features.map((feature) => feature[type] ?? {}));

/** The rule of every root field of the platform. */
export const permissions = { Query: merged('Query'), Mutation: merged('Mutation'), Subscription: merged('Subscription') };

/**
 * The same schema with a rule in front of every root field, `deny` where none is given.
 *
 * graphql-shield would wrap every field of every type, which costs more than all else in a large answer; what lies below
 * a root field is reached only through it, so of the wrappers that it makes only those of the root types are applied.
 * It does not know `subscribe`, so subscriptions have a guard of their own.
 */
export function protect(schema: GraphQLSchema, rules: Required<Permissions> = permissions): GraphQLSchema {
  const { Query, Mutation } = rules;
  const wrappers = shield(
    { Query: { '*': deny, ...Query }, ...(schema.getMutationType() && { Mutation: { '*': deny, ...Mutation } }) },
    { fallbackRule: deny, fallbackError: forbidden(), allowExternalErrors: true },
  ).generate(schema) as Record<string, object>;
  const rootTypes = Object.fromEntries(Object.entries(wrappers).filter(([type]) => type === 'Query' || type === 'Mutation'));
  return guardSubscriptions(applyMiddleware(schema, rootTypes), rules.Subscription);
}
