import type { Knex } from 'knex';
import { UniqueViolationError } from 'objection';
import { hashPassword } from '../auth/passwords.js';
import { duplicate, PlatformError, validationError } from '../errors.js';
import { isRequired } from '../validation.js';
import { User, type UserRole } from './user.model.js';

export interface NewUser {
  email: string;
  name: string;
  password: string;
}

/** How many characters a password may have. */
export const passwordLength = { shortest: 8, longest: 200 };

/** One sentence for a password that nobody may have: fewer than 8 characters, or more than 200. */
export function passwordFault(label: string, password: string): string | null {
  const { shortest, longest } = passwordLength;
  if (password.length < shortest) return `${label} must have at least ${shortest} characters`;
  return password.length > longest ? `${label} must have at most ${longest} characters` : null;
}

/** Columns for a user who does not exist yet, with the password hashed. Throws VALIDATION_ERROR naming each field at fault. */
export async function prepareUser({ email, name, password }: NewUser): Promise<Pick<User, 'email' | 'name' | 'passwordHash'>> {
  const columns = { email: email.trim(), name: name.trim() };
  const details = { ...modelFaults(columns), ...blankFaults(columns) };
  const fault = password.trim() === '' ? isRequired('password') : passwordFault('Password', password);
  if (fault) details.password = fault;
  if (Object.keys(details).length > 0) throw validationError(details);
  return { ...columns, passwordHash: await hashPassword(password) };
}

function modelFaults(columns: object): Record<string, string> {
  try {
    User.fromJson({ ...columns, passwordHash: '' });
    return {};
  } catch (error) {
    if (error instanceof PlatformError) return error.details as Record<string, string>;
    throw error;
  }
}

const blankFaults = (columns: Record<string, string>) =>
  Object.fromEntries(Object.keys(columns).filter((field) => columns[field] === '').map((field) => [field, isRequired(field)]));

/** Adds a user. Throws DUPLICATE_RESOURCE when the address is taken, in any case; the transaction is then over. */
export async function insertUser(trx: Knex.Transaction, columns: Pick<User, 'email' | 'name' | 'passwordHash'>, role: UserRole): Promise<User> {
  try {
    return await User.query(trx).insertAndFetch({ ...columns, role });
  } catch (error) {
    if (error instanceof UniqueViolationError) throw duplicate('A user with this email exists already');
    throw error;
  }
}
