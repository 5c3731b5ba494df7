import type { Data } from '../route.js';

export const presentLogin = ({ login }: Data) => ({
  user: { id: login.user.id, email: login.user.email, name: login.user.name, role: login.user.role },
  token: login.token,
  refreshToken: login.refreshToken,
});

export const presentLogout = () => ({ message: 'Logged out successfully' });

export const presentRefresh = ({ refreshToken }: Data) => ({
  token: refreshToken.token,
  refreshToken: refreshToken.refreshToken,
});
