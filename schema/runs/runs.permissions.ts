import type { Permissions } from '../permissions/index.js';
import { onAgent, onFilters, onRun, onRunItself } from '../permissions/rules.js';

export const runsPermissions: Permissions = {
  Query: { runs: onFilters, run: onRunItself, runStep: onRun('viewer'), artifact: onRun('viewer') },
  Mutation: { createRun: onAgent('editor', 'input.agentId'), cancelRun: onRun('editor', 'id'), retryRun: onRun('editor', 'id'), decideStep: onRun('editor') },
  Subscription: { runEvents: onRun('viewer') },
};
