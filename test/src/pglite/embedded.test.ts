import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import pg from 'pg';
import { type Embedded, openEmbedded } from '../../../src/pglite/embedded.js';
import { startDatabaseProcess } from '../../support/child.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';

const clientOf = async (embedded: Embedded) => {
  const client = new pg.Client({ stream: () => embedded.connect(), user: 'postgres', database: 'postgres', ssl: false });
  await client.connect();
  return client;
};

describe('openEmbedded', function () {
  this.timeout(60_000);
  let template: string;
  let dataDir: string;

  before(async () => {
    template = await temporaryFolder();
    await (await openEmbedded(template)).close();
  });
  beforeEach(async () => {
    dataDir = await temporaryFolder();
    cpSync(template, dataDir, { recursive: true });
  });
  afterEach(() => rm(dataDir, { recursive: true, force: true }));
  after(() => rm(template, { recursive: true, force: true }));

  it('refuses the folder of a running process, and takes it after kill -9', async () => {
    const holder = startDatabaseProcess({ dataDir }, 'hold');
    try {
      assert.equal((await holder.next()).info.kind, 'embedded');
      await assert.rejects(openEmbedded(dataDir), {
        name: 'StartupError',
        message: `The folder ${dataDir} is in use by process ${holder.process.pid}: stop that one, or set DATA_DIR to another folder.`,
      });
    } finally {
      await holder.kill();
    }
    const embedded = await openEmbedded(dataDir);
    await embedded.close();
  });

  it('refuses a database it cannot read, and gives the folder free', async () => {
    writeFileSync(join(dataDir, 'database/PG_VERSION'), '9\n');
    await assert.rejects(openEmbedded(dataDir), { name: 'StartupError', message: /cannot be opened .*DATA_DIR/ });
    cpSync(join(template, 'database'), join(dataDir, 'database'), { recursive: true });
    await (await openEmbedded(dataDir)).close();
  });

  it('keeps every committed row through kill -9 in mid-write', async () => {
    const writer = startDatabaseProcess({ dataDir }, 'write');
    let committed = 0;
    while (committed < 200) {
      const said = await writer.next();
      assert.ok(said, 'the writer ended by itself');
      committed = said.committed ?? 0;
    }
    await writer.kill();
    const embedded = await openEmbedded(dataDir);
    const client = await clientOf(embedded);
    const { rows } = await client.query('select count(*)::int as count, max(n) as last, min(length(ballast)) as size from numbers');
    await client.end();
    await embedded.close();
    assert.ok(rows[0].last >= committed, `${rows[0].last} of ${committed}`);
    assert.equal(rows[0].count, rows[0].last);
    assert.equal(rows[0].size, 20_000);
  });

  it('starts again from nothing where the making of the database was interrupted', async () => {
    await rm(join(dataDir, 'database'), { recursive: true });
    mkdirSync(join(dataDir, 'database'));
    writeFileSync(join(dataDir, 'database/PG_VERSION'), '18\n');
    writeFileSync(join(dataDir, 'database.unfinished'), '');
    const embedded = await openEmbedded(dataDir);
    const client = await clientOf(embedded);
    assert.deepEqual((await client.query('select 1 as one')).rows, [{ one: 1 }]);
    await client.end();
    await embedded.close();
    assert.equal(existsSync(join(dataDir, 'database.unfinished')), false);
  });

  it('explains itself where a transaction waits for a query outside of it', async () => {
    const child = startDatabaseProcess({ dataDir, acquireTimeoutMs: 200 }, 'wait');
    await child.next();
    assert.match((await child.next()).message, /every query inside transaction\(\) must be given its trx/);
    assert.equal(await child.next(), undefined);
  });

  it('begins every connection with a fresh session', async () => {
    const embedded = await openEmbedded(dataDir);
    const first = await clientOf(embedded);
    await first.query('create temporary table mine (n int)');
    await first.query({ name: 'same', text: 'select 1 as n' });
    await first.query('begin');
    await first.query('create table unfinished (n int)');
    await first.end();
    const second = await clientOf(embedded);
    assert.deepEqual((await second.query({ name: 'same', text: 'select 2 as n' })).rows, [{ n: 2 }]);
    assert.deepEqual((await second.query(`select to_regclass('mine') as a, to_regclass('unfinished') as b`)).rows, [{ a: null, b: null }]);
    await second.end();
    await embedded.close();
  });

  it('goes on in a new thread when its thread has died', async () => {
    const workers: Worker[] = [];
    const { postMessage } = Worker.prototype;
    Worker.prototype.postMessage = function (...message) {
      workers.push(this);
      postMessage.apply(this, message);
    };
    const embedded = await openEmbedded(dataDir);
    const client = await clientOf(embedded).finally(() => (Worker.prototype.postMessage = postMessage));
    client.on('error', () => {});
    await client.query('create table letters as select 1 as n');
    const waiting = client.query('select 2 as n from pg_sleep(60)');
    await Promise.all([assert.rejects(waiting, /has stopped/), workers[0]!.terminate()]);
    const next = await clientOf(embedded);
    assert.deepEqual((await next.query('select n from letters')).rows, [{ n: 1 }]);
    await next.end();
    await embedded.close();
  });

  it('fails the queries that wait when it stops', async () => {
    const embedded = await openEmbedded(dataDir);
    const client = await clientOf(embedded);
    const errors: Error[] = [];
    client.on('error', (error) => errors.push(error));
    await embedded.close();
    await assert.rejects(client.query('select 1'), /not queryable|has stopped|Connection/);
    assert.match(errors[0]!.message, /has stopped/);
  });
});
