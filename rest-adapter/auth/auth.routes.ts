import type { Route } from '../route.js';
import { presentChangedPassword, presentLogin, presentLogout, presentRefresh, presentRegistration, presentSocketTicket } from './auth.presenter.js';

export const authRoutes: Route[] = [
  {
    method: 'POST',
    path: '/api/auth/login',
    operation: 'Login',
    auth: false,
    body: ['email', 'password'],
    status: 200,
    present: presentLogin,
    summary: 'Sign in and get tokens',
  },
  {
    method: 'POST',
    path: '/api/auth/logout',
    operation: 'Logout',
    auth: true,
    status: 200,
    present: presentLogout,
    summary: 'End the current session',
  },
  {
    method: 'POST',
    path: '/api/auth/refresh',
    operation: 'RefreshToken',
    auth: false,
    body: ['refreshToken'],
    status: 200,
    present: presentRefresh,
    summary: 'Exchange a refresh token for new tokens',
  },
  {
    method: 'POST',
    path: '/api/auth/register',
    operation: 'Register',
    auth: false,
    body: ['email', 'name', 'password'],
    status: 201,
    present: presentRegistration,
    summary: 'Make an account and sign in, where registration is open',
  },
  {
    method: 'POST',
    path: '/api/auth/password',
    operation: 'ChangePassword',
    auth: true,
    body: ['currentPassword', 'newPassword'],
    status: 200,
    present: presentChangedPassword,
    summary: 'Change the own password and end all other sessions',
  },
  {
    method: 'POST',
    path: '/api/ws/ticket',
    operation: 'CreateSocketTicket',
    auth: true,
    // Not 201: what makes something keeps its answer for who asks again, and a ticket is kept nowhere.
    status: 200,
    present: presentSocketTicket,
    summary: 'Get a ticket that opens one connection to /ws within half a minute',
  },
];
