import type { Route } from '../route.js';
import { presentMe } from './users.presenter.js';

export const userRoutes: Route[] = [
  {
    method: 'GET',
    path: '/api/users/me',
    operation: 'GetMe',
    auth: true,
    status: 200,
    present: presentMe,
    summary: 'Who is signed in',
  },
];
