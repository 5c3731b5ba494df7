import { passwordFits } from '../auth/passwords.js';
import { demoAccounts } from '../seed.js';
import { StartupError } from '../startupError.js';
import { User } from '../users/user.model.js';

/** Throws StartupError when anyone could sign in with a documented password, because the database was once used for a demo. */
export async function refuseDemoAccounts(): Promise<void> {
  for (const { email, password } of demoAccounts) {
    const user = await User.query().findOne({ email, is_active: true });
    if (user && (await passwordFits(password, user.passwordHash))) {
      throw new StartupError(
        `Anyone could sign in as ${email} with the documented password: set DATA_DIR (or DATABASE_URL) to a database of its own for production.`,
      );
    }
  }
}
