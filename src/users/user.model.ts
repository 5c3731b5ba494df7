import { BaseModel } from '../baseModel.js';

export type UserRole = 'user' | 'admin';

export class User extends BaseModel {
  static override tableName = 'users';

  declare email: string;
  declare name: string;
  declare role: UserRole;
  declare passwordHash: string;
  declare isActive: boolean;
  declare updatedAt: Date;
  declare lastLoginAt: Date | null;

  static override jsonSchema = {
    type: 'object',
    required: ['email', 'name', 'passwordHash'],
    properties: {
      email: { type: 'string', maxLength: 320, format: 'email' },
      name: { type: 'string', minLength: 1, maxLength: 200, pattern: '\\S' },
      role: { type: 'string', enum: ['user', 'admin'] },
      isActive: { type: 'boolean' },
    },
  };
}
