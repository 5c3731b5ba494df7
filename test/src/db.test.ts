import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { migrations } from '../../migrations/index.js';
import { databaseInfo, knex, migrate, openDatabase, read, transaction } from '../../src/db.js';
import { startDatabaseProcess } from '../support/child.js';
import { createDatabase, useDatabase } from '../support/database.js';
import { requireService } from '../support/services.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

/** What a process that opens a database with these settings says first. */
async function firstWordOf(settings: object) {
  const child = startDatabaseProcess(settings);
  try {
    return await child.next();
  } finally {
    await child.kill();
  }
}

describe('openDatabase', function () {
  this.timeout(60_000);
  let dataDir: string;
  before(async () => {
    dataDir = await temporaryFolder();
  });
  after(() => rm(dataDir, { recursive: true, force: true }));

  it('refuses a DATABASE_URL that is none, without repeating it', async () => {
    for (const databaseUrl of ['nonsense:secret', 'mysql://root:secret@127.0.0.1/x', 'postgres://u:secret@h:port/x']) {
      const said = await firstWordOf({ dataDir, databaseUrl });
      assert.deepEqual(said, {
        name: 'StartupError',
        message: 'DATABASE_URL cannot be read: write it as postgres://user:password@host:port/name.',
      });
    }
  });

  it('says in one sentence that no server answers, without the password', async () => {
    const said = await firstWordOf({ dataDir, databaseUrl: 'postgres://somebody:secret@127.0.0.1:1/nothing' });
    assert.equal(said.name, 'StartupError');
    assert.match(said.message, /^PostgreSQL at 127\.0\.0\.1:1 cannot be used \(ECONNREFUSED\): start it, or correct DATABASE_URL/);
    assert.doesNotMatch(said.message, /secret/);
  });

  it('says that the server has no such database', async function () {
    await requireService(this, 'postgres');
    const url = new URL(process.env.TEST_DATABASE_URL!);
    url.pathname = '/persona_test_not_there';
    const said = await firstWordOf({ dataDir, databaseUrl: url.href });
    assert.match(said.message, /has no such database: create it, or correct the name/);
  });

  it('refuses a data folder whose place is taken by a file', async () => {
    const file = join(dataDir, 'file');
    writeFileSync(file, '');
    const said = await firstWordOf({ dataDir: file });
    assert.equal(said.name, 'StartupError');
    assert.match(said.message, /cannot be written \(EEXIST\).*DATA_DIR/);
  });

  it('opens a server that has no pgvector', async function () {
    await requireService(this, 'postgres');
    const database = await createDatabase();
    try {
      const { info } = await firstWordOf({ dataDir, databaseUrl: database.url });
      assert.equal(info.kind, 'postgres');
      assert.equal(typeof info.hasVector, 'boolean');
    } finally {
      await database.drop();
    }
  });
});

describe('database', function () {
  this.timeout(60_000);
  useDatabase();

  before(() => knex().schema.createTable('letters', (table) => {
    table.increments('id');
    table.text('body').notNullable();
  }));
  after(() => knex().schema.dropTable('letters'));
  beforeEach(() => knex()('letters').delete());
  const bodies = (): Promise<string[]> => knex()('letters').orderBy('id').pluck('body');

  it('openDatabase refuses a second time', async () => {
    await assert.rejects(openDatabase({ dataDir: '/nowhere' }), /open already/);
  });

  it('read rejects with the error of the server, and the connection stays usable', async () => {
    await assert.rejects(read({ name: 'db-test-zero', text: 'select 1 / $1::int as n' }, [0]), { code: '22012' });
    await assert.rejects(read({ name: 'db-test-syntax', text: 'selec' }, []), { code: '42601' });
    assert.deepEqual(await read({ name: 'db-test-zero', text: 'select 1 / $1::int as n' }, [1]), [{ n: 1 }]);
  });

  it('an error in the middle of a batch undoes the batch, and the connection stays usable', async () => {
    await assert.rejects(
      knex().raw(`insert into letters (body) values ('a'); select 1 / 0; insert into letters (body) values ('b')`),
      { code: '22012' },
    );
    await assert.rejects(knex()('letters').insert([{ body: 'c' }, { body: null }]), { code: '23502' });
    assert.deepEqual(await bodies(), []);
  });

  it('transaction rolls back when its work throws', async () => {
    const work = transaction(async (trx) => {
      await trx('letters').insert({ body: 'gone' });
      throw new Error('changed my mind');
    });
    await assert.rejects(work, /changed my mind/);
    assert.deepEqual(await bodies(), []);
  });

  it('transaction rolls back a part only, in a transaction inside it', async () => {
    await transaction(async (trx) => {
      await trx('letters').insert({ body: 'kept' });
      await assert.rejects(trx.transaction(async (inner) => {
        await inner('letters').insert({ body: 'gone' });
        await inner.raw('select 1 / 0');
      }));
      await trx('letters').insert({ body: 'kept too' });
    });
    assert.deepEqual(await bodies(), ['kept', 'kept too']);
  });

  it('read inside a transaction sees what the transaction wrote', async () => {
    const seen = await transaction(async (trx) => {
      await trx('letters').insert({ body: 'mine' });
      return read({ name: 'db-test-letters', text: 'select body from letters' }, [], trx);
    });
    assert.deepEqual(seen, [{ body: 'mine' }]);
  });

  it('gives the same types on every kind of database', async () => {
    const text = `select 7::int8 as bigint, 1.25::numeric as numeric, 2.5::float8 as float, 3 as int, true as yes,
      $1::uuid as uuid, $2::jsonb as jsonb, '[1]'::json as json, $3::timestamptz as time, '2024-02-29'::date as day,
      array[1, null, 3]::int8[] as bigints, array['a,b', 'c"d']::text[] as texts, array[0.5, 1.5]::real[] as reals,
      array[$1]::uuid[] as uuids, '\\x00ff'::bytea as bytes, null::text as nothing, count(*) from generate_series(1, 3)`;
    const uuid = '0190c5a2-6f2e-7c3a-9d4e-0123456789ab';
    const time = new Date('2024-02-29T12:34:56.789Z');
    const [row] = await read<object>({ name: 'db-test-types', text }, [uuid, { a: [1, 'ü'] }, time]);
    assert.deepEqual({ ...row }, {
      ...{ bigint: 7, numeric: 1.25, float: 2.5, int: 3, yes: true, uuid, jsonb: { a: [1, 'ü'] }, json: [1], time },
      ...{ day: '2024-02-29', bigints: [1, null, 3], texts: ['a,b', 'c"d'], reals: [0.5, 1.5], uuids: [uuid] },
      ...{ bytes: Buffer.from([0, 255]), nothing: null, count: 3 },
    });
    const built = await knex().select(knex().raw('7::int8 as bigint, now() as time')).first();
    assert.equal(built.bigint, 7);
    assert.ok(built.time instanceof Date);
  });

  it('counts days in UTC', async () => {
    const [row] = await read<{ day: string }>({ name: 'db-test-day', text: `select $1::timestamptz::date as day` }, ['2024-03-01T00:30:00+02:00']);
    assert.equal(row!.day, '2024-02-29');
  });

  it('carries 5 MB in, and back', async () => {
    const body = 'äx'.repeat(2_500_000);
    await knex()('letters').insert({ body });
    const [row] = await read<{ body: string }>({ name: 'db-test-letters', text: 'select body from letters' }, []);
    assert.ok(row!.body === body);
    const rows = await read<{ n: number }>({ name: 'db-test-many', text: `select n, repeat('y', 100) as y from generate_series(1, 50000) n` }, []);
    assert.equal(rows.length, 50_000);
    assert.equal(rows[49_999]!.n, 50_000);
  });

  it('gives five users at once each their own answers', async () => {
    const user = async (name: number) => {
      for (let turn = 0; turn < 40; turn++) {
        const mark = `${name}-${turn}`;
        const [row] = await read<{ mark: string }>({ name: `db-test-mark-${name % 2}`, text: `select $1::text as mark /* ${name % 2} */` }, [mark]);
        assert.equal(row!.mark, mark);
        await assert.rejects(read({ name: 'db-test-zero', text: 'select 1 / $1::int as n' }, [0]), { code: '22012' });
        await transaction(async (trx) => {
          const [{ id }] = await trx('letters').insert({ body: mark }).returning('id');
          assert.equal((await trx('letters').where({ id }).first()).body, mark);
          if (turn % 2 === 0) await trx('letters').where({ id }).delete();
        });
        assert.equal((await knex()('letters').where('body', 'like', `${name}-%`)).length, Math.ceil(turn / 2));
      }
    };
    await Promise.all([1, 2, 3, 4, 5].map(user));
    assert.equal((await bodies()).length, 100);
  });

  it('hasVector says whether vectors can be used', async () => {
    const distance = knex().raw(`select '[3,4]'::vector <-> '[0,0]'::vector as distance`);
    if (databaseInfo().hasVector) assert.equal((await distance).rows[0].distance, 5);
    else await assert.rejects(distance, { code: '42704' });
  });
});

describe('migrate', function () {
  this.timeout(60_000);
  useDatabase();
  const names = migrations.map(({ name }) => name);
  const tables = async () => (await knex()('pg_tables').where('schemaname', 'public').orderBy('tablename').pluck('tablename')) as string[];

  it('leaves nothing of a migration that fails', async () => {
    const broken = {
      name: '999_broken',
      up: async (trx: ReturnType<typeof knex>) => {
        await trx.raw('create table halfway (n int); select 1 / 0;');
      },
      down: async () => {},
    };
    await assert.rejects(migrate('latest', [...migrations, broken]), { code: '22012' });
    assert.ok(!(await tables()).includes('halfway'));
    assert.deepEqual(await migrate(), []);
  });

  it('does what is missing although a process died while it migrated', async () => {
    await knex()('migrations_lock').update({ is_locked: 1 });
    assert.deepEqual(await migrate(), []);
  });

  it('takes every migration back, and does them again with the same result', async () => {
    const before = await tables();
    assert.deepEqual(await migrate('rollback'), [...names].reverse());
    assert.deepEqual(await tables(), ['migrations', 'migrations_lock']);
    assert.deepEqual(await migrate(), names);
    assert.deepEqual(await tables(), before);
  });

  it('takes back one and does one', async () => {
    assert.deepEqual(await migrate('down'), names.slice(-1));
    assert.deepEqual(await migrate('up'), names.slice(-1));
  });

  it('is done once by several processes that start at once', async function () {
    await requireService(this, 'postgres');
    const database = await createDatabase();
    try {
      const children = [1, 2, 3].map(() => startDatabaseProcess({ dataDir: '/nowhere', databaseUrl: database.url }, 'migrate'));
      const done = await Promise.all(children.map(async (child) => {
        await child.next();
        return (await child.next()).migrated as string[];
      }));
      assert.deepEqual(done.flat(), names);
    } finally {
      await database.drop();
    }
  });
});
