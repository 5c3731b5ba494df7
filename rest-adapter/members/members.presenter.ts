import type { Data } from '../route.js';

export const presentMembers = ({ members }: Data) => ({ data: members.map(presentMember) });

export const presentAddedMember = ({ addMember }: Data) => presentMember(addMember);

export const presentUpdatedMember = ({ updateMember }: Data) => presentMember(updateMember);

const presentMember = (member: Data) => ({
  id: member.id,
  personaId: member.personaId,
  userId: member.userId,
  userName: member.userName,
  userEmail: member.userEmail,
  role: member.role,
  createdAt: member.createdAt,
});

export const presentRemovedMember = () => ({ message: 'Member removed successfully' });
