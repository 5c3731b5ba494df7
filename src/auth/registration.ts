import { recordAudit } from '../audit/audit.service.js';
import { transaction } from '../db.js';
import { PlatformError } from '../errors.js';
import { insertUser, prepareUser, type NewUser } from '../users/newUser.js';
import { User } from '../users/user.model.js';
import { openSession, type SignedIn } from './auth.service.js';

let isOpen = false;

/** Says whether anyone may make an account for themselves; called once at start. */
export function setRegistration(open: boolean): void {
  isOpen = open;
}

/** Who may make an account for themselves now: whoever comes `first` and becomes the administrator, anyone, or nobody. */
export type RegistrationState = 'first' | 'open' | 'closed';

export async function registrationState(): Promise<RegistrationState> {
  if (!(await User.query().first())) return 'first';
  return isOpen ? 'open' : 'closed';
}

const closed = () => new PlatformError('FORBIDDEN', 'Registration is closed: ask an administrator for an account');

/**
 * Makes an account and signs in with it. While there is no account at all anyone may, and becomes the administrator; after
 * that only where registration was opened. Throws FORBIDDEN, VALIDATION_ERROR, and DUPLICATE_RESOURCE when the address is taken.
 */
export async function register(input: NewUser): Promise<SignedIn> {
  // Asked before the costly hash, and again where nobody can come between.
  if ((await registrationState()) === 'closed') throw closed();
  const columns = await prepareUser(input);
  return transaction(async (trx) => {
    await trx.raw('select pg_advisory_xact_lock(?)', [7_304_118_552]); // any number that is ours alone
    const isFirst = !(await User.query(trx).first());
    if (!isFirst && !isOpen) throw closed();
    const user = await insertUser(trx, columns, isFirst ? 'admin' : 'user');
    await recordAudit(trx, user, { eventType: 'user_registered', eventCategory: 'access', description: `User '${user.email}' registered` });
    return openSession(trx, user);
  });
}
