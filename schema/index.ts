import 'reflect-metadata';
import assert from 'node:assert/strict';
import type { GraphQLSchema } from 'graphql';
import { buildSchemaSync, type NonEmptyArray } from 'type-graphql';
import { AdminResolver } from './admin/admin.resolver.js';
import { AuditResolver } from './audit/audit.resolver.js';
import { AgentsResolver } from './agents/agents.resolver.js';
import { AuthResolver } from './auth/auth.resolver.js';
import { ConnectorsResolver } from './connectors/connectors.resolver.js';
import { MembersResolver } from './members/members.resolver.js';
import { MemoryResolver } from './memory/memory.resolver.js';
import { protect } from './permissions/index.js';
import { PersonasResolver } from './personas/personas.resolver.js';
import { PlatformResolver } from './platform/platform.resolver.js';
import { RunsResolver } from './runs/runs.resolver.js';
import { RunStepsResolver } from './runs/runSteps.resolver.js';
import { ToolsResolver } from './tools/tools.resolver.js';
import { UsageResolver } from './usage/usage.resolver.js';
import { UsersResolver } from './users/users.resolver.js';

const resolvers: NonEmptyArray<Function> = [AuthResolver, UsersResolver, PersonasResolver, MembersResolver, AgentsResolver, RunsResolver, RunStepsResolver, UsageResolver, ToolsResolver, MemoryResolver, ConnectorsResolver, AuditResolver, AdminResolver, PlatformResolver];

/** type-graphql asks for one, but each subscription brings a `subscribe` of its own. */
const pubSub = {
  publish: () => assert.fail('Nothing is published through the schema'),
  subscribe: () => assert.fail('A subscription has no subscribe function'),
};

let schema: GraphQLSchema | undefined;

/** The one schema of the platform, with its rules in front. Built once per process. */
export function createSchema(): GraphQLSchema {
  schema ??= protect(buildSchemaSync({ resolvers, validate: false, pubSub }));
  return schema;
}
