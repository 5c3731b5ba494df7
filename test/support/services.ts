import { existsSync, accessSync, constants } from 'node:fs';
import { connect } from 'node:net';
import { delimiter, join } from 'node:path';
import pg from 'pg';

/** What a test may need beside Node: skipped where it is absent, and a failure under REQUIRE_SERVICES=1. */
export type Service = 'postgres' | 'libreoffice' | 'poppler' | 'chromium' | 'redis' | 'docker';

const probes: Record<Service, () => boolean | Promise<boolean>> = {
  postgres: answersAsPostgres,
  redis: () => answers(process.env.TEST_REDIS_URL, 'PING\r\n'),
  libreoffice: () => onPath('soffice'),
  poppler: () => onPath('pdftoppm'),
  chromium: () => onPath('chromium') || onPath('chromium-browser') || onPath('google-chrome'),
  docker: () => answers(process.env.DOCKER_HOST ?? 'unix:///var/run/docker.sock', 'GET /_ping HTTP/1.0\r\n\r\n'),
};

const found = new Map<Service, Promise<boolean>>();
const skipped = new Map<Service, number>();

/** Whether the service is there; asked once per process. */
export function hasService(name: Service): Promise<boolean> {
  let known = found.get(name);
  if (!known) found.set(name, (known = Promise.resolve(probes[name]())));
  return known;
}

/** Skips the running test, or in a `before` all of its suite, when the service is absent. Call it with `this`. */
export async function requireService(context: Mocha.Context, name: Service): Promise<void> {
  if (await hasService(name)) return;
  if (process.env.REQUIRE_SERVICES === '1') throw new Error(`The service ${name} is required and does not answer`);
  if (skipped.size === 0) process.once('exit', reportSkipped);
  skipped.set(name, (skipped.get(name) ?? 0) + 1);
  context.skip();
}

function reportSkipped(): void {
  const list = [...skipped].map(([name, times]) => `${name} (${times})`).join(', ');
  console.log(`  Skipped, because a service is absent: ${list}\n`);
}

function onPath(program: string): boolean {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

async function answersAsPostgres(): Promise<boolean> {
  if (!process.env.TEST_DATABASE_URL) return false;
  const client = new pg.Client({ connectionString: process.env.TEST_DATABASE_URL, connectionTimeoutMillis: 5_000 });
  try {
    await client.connect();
    await client.query('select 1');
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}

/** Whether anything is said in return. */
function answers(address: string | undefined, greeting: string): Promise<boolean> {
  if (!address || !URL.canParse(address)) return Promise.resolve(false);
  const url = new URL(address);
  if (url.protocol === 'unix:' && !existsSync(url.pathname)) return Promise.resolve(false);
  return new Promise((resolve) => {
    const socket =
      url.protocol === 'unix:' ? connect(url.pathname) : connect(Number(url.port || 6379), url.hostname);
    const end = (answered: boolean) => {
      socket.destroy();
      resolve(answered);
    };
    socket.setTimeout(5_000, () => end(false));
    socket.once('connect', () => socket.write(greeting));
    socket.once('data', () => end(true));
    socket.once('error', () => end(false));
    socket.once('close', () => end(false));
  });
}
