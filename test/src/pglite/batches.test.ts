import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { Batches } from '../../../src/pglite/batches.js';

const { serialize } = createRequire(createRequire(import.meta.url).resolve('pg'))('pg-protocol');
const startup: Buffer = serialize.startup({ user: 'postgres', database: 'postgres' });
const prepared = Buffer.concat([
  serialize.parse({ text: 'select $1' }),
  serialize.bind({ values: ['a'] }),
  serialize.execute({}),
  serialize.sync(),
]);

describe('Batches', () => {
  let batches: Batches;
  beforeEach(() => {
    batches = new Batches();
    batches.add([startup]);
  });

  it('gives nothing for half a message, then all of it', () => {
    const message: Buffer = serialize.query('select 1');
    assert.equal(batches.add([message.subarray(0, 3)]), undefined);
    assert.equal(batches.add([message.subarray(3, 9)]), undefined);
    assert.deepEqual(Buffer.from(batches.add([message.subarray(9)])!), message);
  });

  it('gives nothing before the Sync of a prepared statement', () => {
    assert.equal(batches.add([prepared.subarray(0, -5)]), undefined);
    assert.deepEqual(Buffer.from(batches.add([prepared.subarray(-5)])!), prepared);
  });

  it('gives the same batches wherever the bytes are cut', () => {
    const all = Buffer.concat([startup, prepared, serialize.query('select 2'), prepared]);
    for (let size = 1; size < all.length; size += 3) {
      const cut = new Batches();
      const given: Uint8Array[] = [];
      for (let at = 0; at < all.length; at += size) given.push(cut.add([all.subarray(at, at + size)]) ?? Buffer.alloc(0));
      assert.deepEqual(Buffer.concat(given), all, `in parts of ${size}`);
    }
  });

  it('takes the first message as the startup message', () => {
    const fresh = new Batches();
    assert.equal(fresh.add([startup.subarray(0, 10)]), undefined);
    assert.deepEqual(Buffer.from(fresh.add([startup.subarray(10)])!), startup);
  });

  it('keeps the start of the next batch back', () => {
    const first: Buffer = serialize.query('select 1');
    assert.deepEqual(Buffer.from(batches.add([first, prepared.subarray(0, 20)])!), first);
    assert.deepEqual(Buffer.from(batches.add([prepared.subarray(20)])!), prepared);
  });

  it('gives memory that can be transferred to a thread', () => {
    const given = batches.add([serialize.query('select 1')])!;
    assert.equal(given.byteLength, given.buffer.byteLength);
  });
});
