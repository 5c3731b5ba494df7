import { RateLimiterMemory } from 'rate-limiter-flexible';
import { eachLimit, Limiter, type LimitSettings } from './limiter.js';

/** Counts within one process. */
export const createMemoryLimiter = (settings: LimitSettings): Limiter => new Limiter(eachLimit(settings, (rule) => new RateLimiterMemory(rule)));
