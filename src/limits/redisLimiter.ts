import { Redis } from 'ioredis';
import { RateLimiterMemory, RateLimiterRedis, type RateLimiterRes } from 'rate-limiter-flexible';
import { logger } from '../logger.js';
import { eachLimit, Limiter, type LimitSettings } from './limiter.js';

/** How long a count may take before it is made without Redis, in milliseconds. */
const patience = 500;

/**
 * Counts among all processes that share a Redis server. While it does not answer, nobody is kept waiting or turned away for
 * it: each process counts by itself, and says so once.
 */
export async function createRedisLimiter(url: string, settings: LimitSettings): Promise<Limiter> {
  const redis = new Redis(url, { enableAutoPipelining: true, enableOfflineQueue: false, maxRetriesPerRequest: 0, commandTimeout: patience });
  let isLost = false;
  const onLoss = () => {
    if (!isLost) logger.error('Redis does not answer: until it does, each process limits its users by itself');
    isLost = true;
  };
  redis.on('error', onLoss).on('ready', () => (isLost = false));
  const counters = eachLimit(settings, (rule) => new RateLimiterRedis({
    ...rule,
    keyPrefix: `persona:limit:${rule.keyPrefix}`,
    storeClient: redis,
    rejectIfRedisNotReady: true,
    insuranceLimiter: new Replacement(rule, onLoss),
  }));
  await firstAnswer(redis);
  return new Limiter(counters, async () => redis.disconnect());
}

/** Counts in place of Redis. */
class Replacement extends RateLimiterMemory {
  constructor(rule: { points: number; duration: number }, private readonly onUse: () => void) {
    super(rule);
  }

  override consume(key: string | number, points?: number): Promise<RateLimiterRes> {
    this.onUse();
    return super.consume(key, points);
  }
}

/** The first requests are counted in Redis too, unless it is not there. */
function firstAnswer(redis: Redis): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 4 * patience).unref();
    redis.once('ready', () => resolve()).once('error', () => resolve());
  });
}
