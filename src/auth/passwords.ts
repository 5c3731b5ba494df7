import { hash, verify } from '@node-rs/argon2';
import pLimit from 'p-limit';
import { PlatformError } from '../errors.js';

/** argon2id as OWASP's password storage cheat sheet has it: 19 MiB, two passes, one lane. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Each hash holds 19 MiB and a thread, so few run at once, and those who would wait for long are sent away. */
const atOnce = pLimit(4);
const maxWaiting = 200;

function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (atOnce.pendingCount >= maxWaiting) throw new PlatformError('SERVICE_UNAVAILABLE', 'Too many sign-ins at once; try again in a moment');
  return atOnce(work);
}

/** The text that a password is stored as. */
export const hashPassword = (password: string): Promise<string> => inTurn(() => hash(password, cost));

/** Whether the password is the one behind the hash. Without a hash the answer is no, and takes as long. */
export async function passwordFits(password: string, passwordHash: string | undefined): Promise<boolean> {
  const against = passwordHash ?? (await (nobodysHash ??= hashPassword('nobody has this password')));
  const fits = await inTurn(() => verify(against, password));
  return fits && passwordHash !== undefined;
}

let nobodysHash: Promise<string> | undefined;

/** Makes what the first unknown email is compared with, so that the first one takes no longer than others. */
export async function preparePasswords(): Promise<void> {
  await (nobodysHash ??= hashPassword('nobody has this password'));
}
