import { readMembersOf } from '../../src/members/members.service.js';
import { loaderOfMany } from '../loading.js';

export const membersLoaders = {
  /** Those with whom a persona is shared. */
  personaMembers: () => loaderOfMany((member) => member.personaId, readMembersOf),
};
