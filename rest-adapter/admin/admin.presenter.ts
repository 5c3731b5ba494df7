import { presentPage } from '../page.presenter.js';
import type { Data } from '../route.js';

export const presentUsers = ({ users }: Data) => presentPage(users, presentUser);

export const presentCreatedUser = ({ createUser }: Data) => presentUser(createUser);

const presentUser = (user: Data) => ({
  id: user.id,
  email: user.email,
  name: user.name,
  role: user.role,
  isActive: user.isActive,
  createdAt: user.createdAt,
  lastLoginAt: user.lastLoginAt,
});

export const presentUpdatedUser = ({ updateUser: user }: Data) => ({
  id: user.id,
  email: user.email,
  name: user.name,
  role: user.role,
  isActive: user.isActive,
  updatedAt: user.updatedAt,
});
