import { createHash } from 'node:crypto';
import { type LimitName, limiter } from '../limits/limiter.js';
import { networkOf } from '../limits/limits.js';

/**
 * How often a password may be wrong, per account and per address. An attempt counts before the password is looked at, so that
 * many at once get no further than one after the other; when it was right, the account's count begins anew. An address
 * that nobody has an account with counts as one that somebody has.
 */

/**
 * Tries a password, unless there were too many wrong ones: then RATE_LIMIT_EXCEEDED, without trying. One attempt that fails
 * for another reason does not count.
 * @param email of the account, as it is stored where there is one
 * @param clientAddress where the attempt comes from; when empty only the account counts
 * @param attempt whether the password is right
 */
export function limitAttempts(email: string, clientAddress: string, attempt: () => Promise<boolean>): Promise<boolean> {
  const account = createHash('sha256').update(email.trim().toLowerCase()).digest('base64url');
  const counts: [LimitName, string][] = [['accountAttempts', account]];
  if (clientAddress) counts.push(['addressAttempts', networkOf(clientAddress)]);
  return inTurn(account, () => count(counts, attempt));
}

async function count(counts: [LimitName, string][], attempt: () => Promise<boolean>): Promise<boolean> {
  const taken: typeof counts = [];
  const giveBack = () => Promise.all(taken.map((each) => limiter().giveBack(...each)));
  try {
    for (const each of counts) {
      await limiter().take(...each);
      taken.push(each);
    }
    if (!(await attempt())) return false;
  } catch (error) {
    await giveBack();
    throw error;
  }
  await giveBack();
  await limiter().clear(...counts[0]!);
  return true;
}

const turns = new Map<string, Promise<unknown>>();

/** One attempt on an account after the other: otherwise many right ones at once would look like too many. */
function inTurn<T>(account: string, work: () => Promise<T>): Promise<T> {
  const mine = (turns.get(account) ?? Promise.resolve()).then(work);
  const ended: Promise<unknown> = mine.catch(() => {}).finally(() => turns.get(account) === ended && turns.delete(account));
  turns.set(account, ended);
  return mine;
}
