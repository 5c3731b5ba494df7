import type { MemberRole } from '../../graphql/schema';

const role: Record<MemberRole, string> = { editor: 'Editor', viewer: 'Viewer' };
const roleHint: Record<MemberRole, string> = {
  editor: 'Changes the persona and works with it: agents, tools, memory, connectors, runs.',
  viewer: 'Reads, watches runs and searches memory; starts and changes nothing.',
};

export const members = {
  title: 'Members',
  lead: 'Those with whom this persona is shared.',
  leadOwner: 'Share this persona with people who have an account here. You alone can share it and delete it.',
  email: 'Email',
  emailPlaceholder: 'colleague@example.com',
  role,
  roleHint,
  roleLabel: 'Role',
  roleOf: (name: string) => `Role of ${name}`,
  add: 'Share',
  added: (name: string, as: string) => `Shared with ${name} as ${as}`,
  changed: (name: string, as: string) => `${name} is now ${as}`,
  owner: 'Owner',
  you: 'you',
  none: 'Shared with nobody yet',
  noneHint: 'Enter the address that someone signs in with. They see the persona at once.',
  remove: (name: string) => `Remove ${name}`,
  removeTitle: (name: string) => `Remove ${name}?`,
  removeText: 'They lose access at once, and what they are watching ends. What they made stays.',
  removeSubmit: 'Remove',
  removed: (name: string) => `${name} has no access any more`,
  since: 'since',
};
