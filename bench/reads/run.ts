import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import autocannon from 'autocannon';
import { setTokenSettings } from '../../src/auth/accessToken.js';
import { closeDatabase, migrate, openDatabase } from '../../src/db.js';
import { createDatabase } from '../../test/support/database.js';
import { temporaryFolder } from '../../test/support/temporaryFolder.js';
import { type BenchRequest, type Read, readsOf } from './requests.js';
import { seed } from './seed.js';
import { type BenchServer, startServers } from './servers.js';

// npm run bench:reads; see README.md.

const [rounds = 12, seconds = 2] = process.argv.slice(2).map(Number);
const connections = 16;

/** Who is measured, in the order of a round; `graphql` is the platform too, in a process of its own. */
const contestants = ['platform', 'best', 'usual', 'graphql'] as const;
type Contestant = (typeof contestants)[number];
type Servers = Record<Contestant, BenchServer>;

const requestsFor = (contestant: Contestant, { rest, graphql }: Read): BenchRequest[] => (contestant === 'graphql' ? graphql : rest);

/** Every request once to everyone: REST must answer the same bytes, GraphQL what becomes them. */
async function checkAnswers(servers: Servers, read: Read): Promise<void> {
  const bodyOf = async (contestant: Contestant, i: number) => {
    const { path, ...init } = requestsFor(contestant, read)[i]!;
    const response = await fetch(`http://127.0.0.1:${servers[contestant].port}${path}`, init);
    const text = await response.text();
    assert.equal(response.status, 200, `${contestant} ${path}: ${text}`);
    return text;
  };
  for (const i of read.rest.keys()) {
    const [platform, best, usual, graphql] = await Promise.all(contestants.map((contestant) => bodyOf(contestant, i)));
    assert.equal(platform, best);
    assert.equal(platform, usual);
    assert.equal(platform, JSON.stringify(read.present(JSON.parse(graphql!).data)));
  }
}

interface Load {
  /** Requests per second. */
  rate: number;
  /** Microseconds of the server's processor per request. */
  work: number;
}

async function load({ port, work }: BenchServer, requests: BenchRequest[], duration: number): Promise<Load> {
  const before = await work();
  const { requests: answered, non2xx, errors } = await autocannon({ url: `http://127.0.0.1:${port}`, connections, duration, requests });
  assert.equal(non2xx + errors, 0, `${non2xx} answers were not 2xx, ${errors} failed`);
  return { rate: answered.total / duration, work: (await work() - before) / answered.total };
}

/** Each begins in its turn, and the direction changes: nobody always comes after the same one, and pays for what that one left to do. */
function rotated<T>(list: readonly T[], round: number): T[] {
  const turned = list.map((_, i) => list[(i + round) % list.length]!);
  return Math.floor(round / list.length) % 2 === 0 ? turned : turned.reverse();
}

const median = (values: number[]) => values.toSorted((a, b) => a - b)[values.length >> 1]!;

const pairs = [['platform', 'best'], ['platform', 'usual'], ['graphql', 'best'], ['graphql', 'usual']] as const;

async function measure(servers: Servers, read: Read): Promise<string> {
  const found: Record<Contestant, Load[]> = { platform: [], best: [], usual: [], graphql: [] };
  for (const contestant of contestants) await load(servers[contestant], requestsFor(contestant, read), 2);
  for (let round = 0; round < rounds; round += 1) {
    for (const contestant of rotated(contestants, round)) found[contestant].push(await load(servers[contestant], requestsFor(contestant, read), seconds));
  }
  const middle = (contestant: Contestant, kind: keyof Load) => median(found[contestant].map((one) => one[kind])).toFixed(0);
  const ratio = (one: Contestant, other: Contestant, kind: keyof Load) => median(found[one].map((value, i) => value[kind] / found[other][i]![kind])).toFixed(2);
  const rates = pairs.map(([one, other]) => ratio(one, other, 'rate'));
  const cells = [...contestants.map((contestant) => middle(contestant, 'rate')), ...rates, `${middle('platform', 'work')} : ${middle('best', 'work')} µs`, ratio('platform', 'best', 'work')];
  return `| ${[read.name, ...cells].join(' | ')} |`;
}

const server = process.env.TEST_DATABASE_URL || process.env.DATABASE_URL;
if (!server) {
  process.stderr.write('Set TEST_DATABASE_URL or DATABASE_URL to a PostgreSQL server on which a database may be made, such as postgres://postgres@127.0.0.1:5432/postgres.\n');
  process.exit(1);
}
process.env.TEST_DATABASE_URL = server;
const secret = 'a secret of this measurement alone, long enough';
setTokenSettings(secret, '24h');
const database = await createDatabase();
const dataDir = await temporaryFolder();
try {
  await openDatabase({ databaseUrl: database.url, dataDir });
  await migrate();
  const reads = readsOf(await seed());
  await closeDatabase();
  const servers = await startServers(contestants, { databaseUrl: database.url, dataDir, secret });
  try {
    for (const read of reads) await checkAnswers(servers, read);
    console.log('All answers are the same.\n');
    console.log('| requests/s | platform REST | best | usual | platform GraphQL | REST : best | REST : usual | GraphQL : best | GraphQL : usual | work per request, REST : best | ratio |');
    console.log(`|${' --- |'.repeat(11)}`);
    for (const read of reads) console.log(await measure(servers, read));
  } finally {
    await Promise.all(Object.values(servers).map((server) => server.stop()));
  }
} finally {
  await closeDatabase();
  await database.drop();
  await rm(dataDir, { recursive: true, force: true });
}
