import type { Route } from '../route.js';
import { presentAddedMember, presentMembers, presentRemovedMember, presentUpdatedMember } from './members.presenter.js';

export const memberRoutes: Route[] = [
  {
    method: 'GET',
    path: '/api/personas/:id/members',
    operation: 'ListMembers',
    auth: true,
    status: 200,
    present: presentMembers,
    summary: 'List those with whom a persona is shared',
  },
  {
    method: 'POST',
    path: '/api/personas/:id/members',
    operation: 'AddMember',
    auth: true,
    input: ['userEmail', 'role'],
    status: 201,
    present: presentAddedMember,
    summary: 'Share a persona with a user',
  },
  {
    method: 'PUT',
    path: '/api/personas/:id/members/:memberId',
    operation: 'UpdateMember',
    auth: true,
    input: ['role'],
    status: 200,
    present: presentUpdatedMember,
    summary: 'Give a member another role',
  },
  {
    method: 'DELETE',
    path: '/api/personas/:id/members/:memberId',
    operation: 'RemoveMember',
    auth: true,
    status: 200,
    present: presentRemovedMember,
    summary: 'End the sharing with a member',
  },
];
