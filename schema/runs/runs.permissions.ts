import type { Permissions } from '../permissions/index.js';
import { onAgent, onFilters, onRun } from '../permissions/rules.js';

export const runsPermissions: Permissions = {
  Query: { runs: onFilters, run: onRun('viewer', 'id'), runStep: onRun('viewer'), artifact: onRun('viewer') },
  Mutation: { createRun: onAgent('editor', 'input.agentId'), cancelRun: onRun('editor', 'id'), retryRun: onRun('editor', 'id'), decideStep: onRun('editor') },
  Subscription: { runEvents: onRun('viewer') },
};
