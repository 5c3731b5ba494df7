import type { Data } from '../route.js';

export const presentLogin = ({ login }: Data) => presentSession(login);

export const presentRegistration = ({ register }: Data) => presentSession(register);

const presentSession = ({ user, token, refreshToken }: Data) => ({
  user: { id: user.id, email: user.email, name: user.name, role: user.role },
  token,
  refreshToken,
});

export const presentLogout = () => ({ message: 'Logged out successfully' });

export const presentRefresh = ({ refreshToken }: Data) => ({
  token: refreshToken.token,
  refreshToken: refreshToken.refreshToken,
});

export const presentChangedPassword = () => ({ message: 'Password changed successfully' });

export const presentSocketTicket = ({ createSocketTicket }: Data) => ({
  ticket: createSocketTicket.ticket,
  expiresAt: createSocketTicket.expiresAt,
});
