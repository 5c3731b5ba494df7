import { agentRoutes } from './agents/agents.routes.js';
import { adminRoutes } from './admin/admin.routes.js';
import { auditRoutes } from './audit/audit.routes.js';
import { authRoutes } from './auth/auth.routes.js';
import { connectorRoutes } from './connectors/connectors.routes.js';
import { memberRoutes } from './members/members.routes.js';
import { memoryRoutes } from './memory/memory.routes.js';
import { personaRoutes } from './personas/personas.routes.js';
import type { Route } from './route.js';
import { runRoutes } from './runs/runs.routes.js';
import { toolRoutes } from './tools/tools.routes.js';
import { usageRoutes } from './usage/usage.routes.js';
import { userRoutes } from './users/users.routes.js';

/** Every REST route, in the order of the documentation. */
export const routes: Route[] = [
  ...authRoutes,
  ...userRoutes,
  ...personaRoutes,
  ...memberRoutes,
  ...agentRoutes,
  ...runRoutes,
  ...usageRoutes,
  ...toolRoutes,
  ...memoryRoutes,
  ...connectorRoutes,
  ...auditRoutes,
  ...adminRoutes,
];
