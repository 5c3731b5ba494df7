import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { freePort } from './serverProcess.js';

/** A Redis server of the test's own, which may go away and come back, with nothing kept, at the same address. */
export class RedisProcess {
  private process: ChildProcess | undefined;

  private constructor(readonly port: number, private readonly password?: string) {}

  /** Skips the running test where there is no redis-server. Call it with `this`. */
  static async open(context: Mocha.Context, password?: string): Promise<RedisProcess> {
    if (!isInstalled()) {
      if (process.env.REQUIRE_SERVICES === '1') throw new Error('The program redis-server is required and is not on the PATH');
      context.skip();
    }
    const redis = new RedisProcess(await freePort(), password);
    await redis.start();
    return redis;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  async start(): Promise<void> {
    const secret = this.password ? ['--requirepass', this.password] : [];
    const child = spawn('redis-server', ['--port', String(this.port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', ...secret]);
    this.process = child;
    let said = '';
    await new Promise<void>((resolve, reject) => {
      child.once('exit', () => reject(new Error(`redis-server ended: ${said}`)));
      child.stdout.on('data', (text) => {
        said += text;
        if (/ready to accept connections/i.test(said)) resolve();
      });
    });
  }

  async stop(): Promise<void> {
    const child = this.process;
    this.process = undefined;
    if (!child) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }

  /** Lets it be there and say nothing, or speak again. */
  signal(name: 'SIGSTOP' | 'SIGCONT'): void {
    this.process?.kill(name);
  }
}

function isInstalled(): boolean {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, 'redis-server'), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
