import type { Permissions } from '../permissions/index.js';
import { anyone } from '../permissions/rules.js';

export const platformPermissions: Permissions = {
  Query: { platform: anyone },
};
