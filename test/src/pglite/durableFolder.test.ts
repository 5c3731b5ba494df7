import assert from 'node:assert/strict';
import fs from 'node:fs';
import { join } from 'node:path';
import { mock } from 'node:test';
import { PGlite } from '@electric-sql/pglite';
import { DurableFolder, durableStartParams } from '../../../src/pglite/durableFolder.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';

describe('DurableFolder', function () {
  this.timeout(60_000);
  let folder: string;
  let database: PGlite;
  let written: string[];

  before(async () => {
    folder = await temporaryFolder();
    const startParams = durableStartParams(PGlite.defaultStartParams);
    database = await PGlite.create({ fs: new DurableFolder(join(folder, 'database')), startParams });
    await database.exec('create table letters (body text)');
    const names = new Map<number, string>();
    const { openSync, fsyncSync } = fs;
    mock.method(fs, 'openSync', (...args: Parameters<typeof openSync>) => {
      const file = openSync(...args);
      names.set(file, String(args[0]));
      return file;
    });
    mock.method(fs, 'fsyncSync', (file: number) => {
      written.push(names.get(file) ?? 'opened earlier');
      fsyncSync(file);
    });
  });
  beforeEach(() => {
    written = [];
  });
  after(async () => {
    mock.restoreAll();
    await database.close();
    fs.rmSync(folder, { recursive: true, force: true });
  });

  it('brings each commit to the disk before it is answered', async () => {
    await database.query(`insert into letters values ('a')`);
    assert.equal(written.length, 1);
    await database.query(`insert into letters values ('b')`);
    assert.equal(written.length, 2);
  });

  it('brings nothing to the disk for a read or for what is rolled back', async () => {
    await database.query('select body from letters');
    await database.exec(`begin; insert into letters values ('c'); rollback`);
    assert.deepEqual(written, []);
  });

  it('brings files and folders of a checkpoint to the disk', async () => {
    await database.exec(`insert into letters values ('d'); checkpoint`);
    assert.ok(written.some((path) => path.endsWith('global/pg_control')), written.join());
    assert.ok(written.some((path) => path.endsWith('/pg_xact')), written.join());
  });
});
