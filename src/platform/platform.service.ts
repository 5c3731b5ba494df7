import { LRUCache } from 'lru-cache';
import { passwordFits } from '../auth/passwords.js';
import { registrationState, type RegistrationState } from '../auth/registration.js';
import { demoAccounts } from '../seed.js';
import { User, type UserRole } from '../users/user.model.js';

/** What everyone may know before they sign in. */
export interface Platform {
  registration: RegistrationState;
  demoAccounts: { email: string; password: string; role: UserRole }[];
}

/** What this platform offers to someone who has not signed in. */
export async function readPlatform(): Promise<Platform> {
  const [registration, users] = await Promise.all([
    registrationState(),
    User.query().whereIn('email', demoAccounts.map(({ email }) => email)).where({ is_active: true }),
  ]);
  const offered = await Promise.all(demoAccounts.map(async ({ email, password, role }) => {
    const user = users.find((one) => one.email === email);
    return user && (await isAsDocumented(password, user.passwordHash)) ? [{ email, password, role }] : [];
  }));
  return { registration, demoAccounts: offered.flat() };
}

/** By the stored hash, because comparing is made to be slow and anyone may ask. */
const compared = new LRUCache<string, Promise<boolean>>({ max: 8 });

/** Whether an account still has the password that everyone knows. */
function isAsDocumented(password: string, passwordHash: string): Promise<boolean> {
  let fits = compared.get(passwordHash);
  if (!fits) compared.set(passwordHash, (fits = passwordFits(password, passwordHash)));
  return fits;
}
