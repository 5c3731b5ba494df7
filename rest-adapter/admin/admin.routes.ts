import type { Route } from '../route.js';
import { presentCreatedUser, presentUpdatedUser, presentUsers } from './admin.presenter.js';

export const adminRoutes: Route[] = [
  {
    method: 'GET',
    path: '/api/admin/users',
    operation: 'ListUsers',
    auth: true,
    query: ['page', 'limit', 'role', 'search'],
    status: 200,
    present: presentUsers,
    summary: 'List all users',
  },
  {
    method: 'POST',
    path: '/api/admin/users',
    operation: 'CreateUser',
    auth: true,
    input: ['email', 'name', 'password', 'role'],
    status: 201,
    present: presentCreatedUser,
    summary: 'Make an account',
  },
  {
    method: 'PUT',
    path: '/api/admin/users/:id',
    operation: 'UpdateUser',
    auth: true,
    input: ['role', 'isActive'],
    status: 200,
    present: presentUpdatedUser,
    summary: 'Change the role of a user, or whether they can sign in',
  },
];
