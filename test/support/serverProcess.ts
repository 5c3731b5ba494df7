import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** The platform as a process of its own, as `npm start` runs it. */
export class ServerProcess {
  stdout = '';
  stderr = '';
  readonly ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  readonly address: string;
  readonly process: ChildProcess;

  /** @param env what is set besides the standard; an empty value is one that is not set */
  constructor(port: number, dataDir: string, env: Record<string, string> = {}) {
    const program = fileURLToPath(new URL('../../src/bin/server.js', import.meta.url));
    // Empty values keep out what a .env file of the developer may set.
    const empty = { DATABASE_URL: '', REDIS_URL: '', JWT_SECRET: '', PUBLIC_URL: '', SEED_DEMO: '', NODE_ENV: '', HOST: '' };
    // A test asks more often than a person.
    const limits = { RATE_LIMIT_REQUESTS: '1000000', RATE_LIMIT_UPLOADS: '1000000', RATE_LIMIT_RUNS: '1000000' };
    this.address = `http://127.0.0.1:${port}`;
    this.process = spawn(process.execPath, [program], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH: process.env.PATH, ...empty, ...limits, PORT: String(port), DATA_DIR: dataDir, ...env },
    });
    this.process.stdout!.setEncoding('utf8').on('data', (text: string) => (this.stdout += text));
    this.process.stderr!.setEncoding('utf8').on('data', (text: string) => (this.stderr += text));
    this.ended = once(this.process, 'close').then(([code, signal]) => ({ code, signal }));
  }

  /** Resolves when the server says that it is ready; throws what it wrote when it ends instead. */
  async ready(): Promise<this> {
    const { stdout } = this.process;
    const said = new Promise<void>((resolve) => {
      const look = () => /is ready after .*\n[^]*Data .*\n/.test(this.stdout) && resolve();
      stdout!.on('data', look);
      look();
    });
    const failed = this.ended.then(({ code }) => {
      throw new Error(`the server ended with ${code}: ${this.stderr}${this.stdout}`);
    });
    await Promise.race([said, failed]);
    return this;
  }

  /** Ends it in order, unless it has ended already. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<{ code: number | null; signal: NodeJS.Signals | null }> {
    this.process.kill(signal);
    return this.ended;
  }
}
