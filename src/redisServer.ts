import { Redis, type RedisOptions } from 'ioredis';
import { logger } from './logger.js';
import { StartupError } from './startupError.js';

/** How long a start waits for an answer, in milliseconds. */
const longestStart = 5_000;

/** How long a command waits for the server, and whether subscriptions are renewed, as ioredis has it. */
type Patience = Pick<RedisOptions, 'maxRetriesPerRequest' | 'commandTimeout' | 'autoResubscribe'>;

/**
 * A connection that comes back by itself whenever the server does, and says once per outage that it is gone.
 * Bee-Queue knows a connection by the name of its class, which ioredis does not keep.
 */
export class RedisClient extends Redis {
  private isLost = false;

  /** @param purpose what is missing while the server is away, as the log names it */
  constructor(url: string, private readonly purpose: string, options: Patience = {}) {
    super(url, { retryStrategy: (times: number) => Math.min(times * 100, 2_000), ...options });
    this.on('error', (error: unknown) => this.lose(error));
    this.on('ready', () => this.find());
  }

  /** What Redis answers, or undefined when it does not. */
  async attempt<T>(answer: Promise<T>): Promise<T | undefined> {
    try {
      const given = await answer;
      this.find();
      return given;
    } catch (error) {
      if (!['disconnecting', 'close', 'end'].includes(this.status)) this.lose(error); // what an end cuts off is no loss
      return undefined;
    }
  }

  private lose(error: unknown): void {
    if (!this.isLost) logger.error({ purpose: this.purpose, reason: reasonOf(error) }, 'Redis does not answer');
    this.isLost = true;
  }

  private find(): void {
    if (this.isLost) logger.warn({ purpose: this.purpose }, 'Redis answers again');
    this.isLost = false;
  }
}

/** What went wrong, in words: the error itself also holds the command, which may hold a password. */
export function reasonOf(error: unknown): string {
  const { code, message } = (error ?? {}) as { code?: string; message?: string };
  return code ?? message ?? 'the connection was lost';
}

/** Asks the server once whether it can be used. @throws StartupError with one sentence, without the password */
export async function checkRedis(url: string): Promise<void> {
  if (!URL.canParse(url) || !/^rediss?:$/.test(new URL(url).protocol)) {
    throw new StartupError('REDIS_URL cannot be read: write it as redis://user:password@host:port.');
  }
  const redis = new Redis(url, {
    lazyConnect: true, retryStrategy: () => null, enableReadyCheck: false, maxRetriesPerRequest: 0,
    connectTimeout: longestStart, commandTimeout: longestStart,
  });
  let first: unknown;
  redis.on('error', (error) => (first ??= error));
  try {
    await redis.connect();
    await redis.ping();
  } catch (error) {
    throw serverError(url, first ?? error);
  } finally {
    redis.disconnect();
  }
}

function serverError(url: string, error: unknown): StartupError {
  const { hostname, port } = new URL(url);
  const server = `Redis at ${hostname || 'localhost'}:${port || 6379}`;
  const reason = reasonOf(error);
  if (/^(NOAUTH|WRONGPASS|ERR AUTH)|without any password/.test(reason)) {
    return new StartupError(`${server} refuses the password: correct the user or the password in REDIS_URL.`, { cause: error });
  }
  return new StartupError(`${server} cannot be used (${reason}): start it, or correct REDIS_URL, or unset it to work without Redis.`, { cause: error });
}
