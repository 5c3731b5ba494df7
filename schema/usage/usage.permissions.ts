import type { Permissions } from '../permissions/index.js';
import { onFilters } from '../permissions/rules.js';

export const usagePermissions: Permissions = {
  Query: { usage: onFilters },
};
