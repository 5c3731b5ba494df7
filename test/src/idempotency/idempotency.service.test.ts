import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { knex } from '../../../src/db.js';
import { begin, type Claim, finish, forget, purge } from '../../../src/idempotency/idempotency.service.js';
import { useDatabase } from '../../support/database.js';
import { createViewer, rejectsWith } from '../../support/factories.js';

const answer = { status: 201, body: { id: '1', list: [1, 'é'], none: null } };

describe('idempotency: begin, finish, forget', () => {
  useDatabase();
  let ann: { id: string };
  let key: string;
  before(async () => {
    ann = await createViewer();
  });
  beforeEach(() => {
    key = randomUUID();
  });

  async function claim(who = ann, request = 'request'): Promise<Claim> {
    const begun = await begin(who, key, request);
    assert.ok('claim' in begun, JSON.stringify(begun));
    return begun.claim;
  }
  /** Lets time pass for the key: its claim, or all of it, is over. */
  const end = (column: 'claimed_until' | 'expires_at') =>
    knex()('idempotency_keys').where({ user_id: ann.id }).update({ [column]: knex().raw(`now() - interval '1 second'`) });

  it('refuses another request, before and after it was answered', async () => {
    const mine = await claim();
    await rejectsWith(begin(ann, key, 'another'), 'IDEMPOTENCY_MISMATCH');
    await finish(mine, answer);
    await rejectsWith(begin(ann, key, 'another'), 'IDEMPOTENCY_MISMATCH');
  });

  it('refuses the same request while it is being answered', async () => {
    await claim();
    await rejectsWith(begin(ann, key, 'request'), 'INVALID_STATE');
  });

  it('gives the answer again', async () => {
    await finish(await claim(), answer);
    assert.deepEqual(await begin(ann, key, 'request'), { saved: answer });
    assert.deepEqual(await begin(ann, key, 'request'), { saved: answer });
  });

  it('keeps the keys of users apart', async () => {
    await finish(await claim(), answer);
    await claim(await createViewer());
  });

  it('gives the claim to one of many at once', async () => {
    const all = await Promise.allSettled(Array.from({ length: 10 }, () => begin(ann, key, 'request')));
    assert.equal(all.filter(({ status }) => status === 'fulfilled').length, 1);
  });

  it('is free again once forgotten, also for another request', async () => {
    await forget(await claim());
    await claim(ann, 'another');
  });

  it('is free again when the process died, whose late answer then does not count', async () => {
    const dead = await claim();
    await end('claimed_until');
    const mine = await claim();
    await finish(dead, { status: 201, body: 'late' });
    await rejectsWith(begin(ann, key, 'request'), 'INVALID_STATE');
    await forget(dead);
    await finish(mine, answer);
    assert.deepEqual(await begin(ann, key, 'request'), { saved: answer });
  });

  it('keeps an answer when its claim is over, and for a day', async () => {
    await finish(await claim(), answer);
    await end('claimed_until');
    assert.deepEqual(await begin(ann, key, 'request'), { saved: answer });
    const { rows } = await knex().raw<{ rows: { hours: number }[] }>(
      'select extract(epoch from expires_at - now())::float8 / 3600 as hours from idempotency_keys where user_id = ? order by expires_at desc limit 1', [ann.id]);
    assert.ok(rows[0]!.hours > 23.9 && rows[0]!.hours <= 24, String(rows[0]!.hours));
    await end('expires_at');
    await claim(ann, 'another');
  });

  it('stores neither key nor request as they are', async () => {
    await claim(ann, 'a password');
    const rows = JSON.stringify(await knex()('idempotency_keys').where({ user_id: ann.id }));
    assert.ok(!rows.includes(key) && !rows.includes('a password'));
  });

  it('purges what is no longer kept, and nothing else', async () => {
    await finish(await claim(), answer);
    await end('expires_at');
    key = randomUUID();
    await finish(await claim(), answer);
    assert.ok((await purge()) >= 1);
    assert.equal(await purge(), 0);
    assert.deepEqual(await begin(ann, key, 'request'), { saved: answer });
  });
});
