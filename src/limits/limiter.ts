import { type RateLimiterAbstract, RateLimiterRes } from 'rate-limiter-flexible';
import { PlatformError } from '../errors.js';

/**
 * Counts what may not happen too often. Each limit counts per key in windows: the first thing opens one, and when it is over
 * the count begins anew.
 */

/** What is left of a limit to whoever was counted. */
export interface Allowance {
  /** How many there may be in a window. */
  limit: number;
  remaining: number;
  /** When the window is over: seconds since 1970, rounded up. */
  resetAt: number;
}

/** How many there may be of each, per minute and user. */
export interface LimitSettings {
  requests: number;
  uploads: number;
  runs: number;
  /** Wrong passwords of one account in 15 minutes; 5 unless given. */
  accountAttempts?: number;
  /** Wrong passwords from one address in 15 minutes; 50 unless given. */
  addressAttempts?: number;
}

export type LimitName = keyof LimitSettings;

/** What a limit is made of: `duration` in seconds. */
export interface LimitRule {
  keyPrefix: LimitName;
  points: number;
  duration: number;
}

/** Every limit, with a counter that `make` gives for it. */
export function eachLimit<T>({ requests, uploads, runs, accountAttempts = 5, addressAttempts = 50 }: LimitSettings, make: (rule: LimitRule) => T): Record<LimitName, T> {
  const perMinute = (keyPrefix: LimitName, points: number) => make({ keyPrefix, points, duration: 60 });
  const perQuarter = (keyPrefix: LimitName, points: number) => make({ keyPrefix, points, duration: 900 });
  return {
    requests: perMinute('requests', requests),
    uploads: perMinute('uploads', uploads),
    runs: perMinute('runs', runs),
    accountAttempts: perQuarter('accountAttempts', accountAttempts),
    addressAttempts: perQuarter('addressAttempts', addressAttempts),
  };
}

/** Counts in the memory of this process, or in Redis for all that share it: whatever its counters do. */
export class Limiter {
  /** @param close ends what the counters need */
  constructor(private readonly counters: Record<LimitName, RateLimiterAbstract>, readonly close: () => Promise<void> = async () => {}) {}

  /** Counts one. Throws RATE_LIMIT_EXCEEDED, whose `details` say in how many seconds to try again, when there were too many. */
  async take(name: LimitName, key: string): Promise<Allowance> {
    const counter = this.counters[name];
    try {
      return allowanceOf(counter, await counter.consume(key));
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal;
      throw tooMany(allowanceOf(counter, refusal), refusal.msBeforeNext);
    }
  }

  /** What is left, without counting anything. */
  async left(name: LimitName, key: string): Promise<Allowance> {
    const counter = this.counters[name];
    return allowanceOf(counter, (await counter.get(key)) ?? new RateLimiterRes(counter.points, counter.duration * 1000));
  }

  /** Takes back one that was counted. */
  async giveBack(name: LimitName, key: string): Promise<void> {
    await this.counters[name].reward(key);
  }

  /** Begins to count anew. */
  async clear(name: LimitName, key: string): Promise<void> {
    await this.counters[name].delete(key);
  }
}

const allowanceOf = ({ points }: RateLimiterAbstract, { remainingPoints, msBeforeNext }: RateLimiterRes): Allowance => ({
  limit: points,
  remaining: remainingPoints,
  resetAt: Math.ceil((Date.now() + msBeforeNext) / 1000),
});

const tooMany = (left: Allowance, waitMs: number): PlatformError =>
  new PlatformError('RATE_LIMIT_EXCEEDED', 'Rate limit exceeded', { retryAfter: Math.max(1, Math.ceil(waitMs / 1000)), ...left });

let current: Limiter | undefined;

/** Sets what counts in this process; done once, at start. */
export function useLimiter(limiter: Limiter): void {
  current = limiter;
}

/** What counts in this process. */
export function limiter(): Limiter {
  if (!current) throw new Error('useLimiter() has not been called');
  return current;
}
