import { type LimitSettings, useLimiter } from '../../src/limits/limiter.js';
import { createMemoryLimiter } from '../../src/limits/memoryLimiter.js';

/** Sets the limits of this process, with a count that begins anew; those not given are never reached. */
export function setLimits(given: Partial<LimitSettings> = {}): void {
  const any = 1_000_000;
  useLimiter(createMemoryLimiter({ requests: any, uploads: any, runs: any, accountAttempts: any, addressAttempts: any, ...given }));
}
