import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../test/support/serverProcess.js';

/** A server in a process of its own. */
export interface BenchServer {
  port: number;
  /** Microseconds that the processor has worked for it since it began. */
  work(): Promise<number>;
  stop(): Promise<void>;
}

interface Settings {
  databaseUrl: string;
  dataDir: string;
  secret: string;
}

/** Whose program is not `servers/<name>.ts`. */
const programs: Record<string, string> = { graphql: 'platform' };

/** Starts each of the named servers on the database. */
export async function startServers<Name extends string>(names: readonly Name[], settings: Settings): Promise<Record<Name, BenchServer>> {
  const started = {} as Record<Name, BenchServer>;
  for (const name of names) started[name] = await start(name, settings);
  return started;
}

async function start(name: string, { databaseUrl, dataDir, secret }: Settings): Promise<BenchServer> {
  const child = fork(fileURLToPath(new URL(`./servers/${programs[name] ?? name}.js`, import.meta.url)), {
    env: {
      ...process.env, NODE_ENV: 'production', SEED_DEMO: 'false', WORKER_CONCURRENCY: '0', DATABASE_URL: databaseUrl, REDIS_URL: '', RATE_LIMIT_REQUESTS: '1000000',
      DATA_DIR: join(dataDir, name), JWT_SECRET: secret, PORT: String(await freePort()),
    },
  });
  const [port] = await Promise.race([
    once(child, 'message') as Promise<[number]>,
    once(child, 'exit').then(([code]) => Promise.reject(new Error(`The server ${name} ended with ${code}`))),
  ]);
  return {
    port,
    async work() {
      child.send('work');
      const [work] = await once(child, 'message') as [number];
      return work;
    },
    async stop() {
      const gone = once(child, 'exit');
      child.disconnect();
      await gone;
    },
  };
}
