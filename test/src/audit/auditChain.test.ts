import assert from 'node:assert/strict';
import { createHash, randomUUID } from 'node:crypto';
import { recordAudit } from '../../../src/audit/audit.service.js';
import { verifyAudit } from '../../../src/audit/auditChain.js';
import { AuditLog } from '../../../src/audit/auditLog.model.js';
import { knex, transaction } from '../../../src/db.js';
import { cleanTables, useDatabase } from '../../support/database.js';
import { createUser, createPersona } from '../../support/factories.js';

const entry = (description: string) => ({ eventType: 'tested', eventCategory: 'system' as const, description });
const write = (...descriptions: string[]) =>
  transaction(async (trx) => {
    for (const description of descriptions) await recordAudit(trx, null, entry(description));
  });

/** What someone does who owns the database: triggers off, and on again. */
const tamper = (sql: string, bindings: unknown[] = []) =>
  transaction(async (trx) => {
    await trx.raw('set local session_replication_role = replica');
    await trx.raw(sql, bindings as never);
  });

const links = async () => (await knex()('audit_chain').orderBy('seq')) as { seq: number; audit_id: string; previous_hash: string; hash: string }[];

describe('the audit log in the database', () => {
  useDatabase();
  beforeEach(cleanTables);

  it('refuses to change, delete and empty rows, links and the note of the newest', async () => {
    await write('a');
    const refused = [
      `update audit_logs set description = 'b'`, 'delete from audit_logs', 'truncate audit_logs', `update audit_chain set hash = ''`,
      'delete from audit_chain', 'truncate audit_chain', 'delete from audit_head', 'truncate audit_head', 'update audit_head set seq = 0',
    ];
    for (const sql of refused) await assert.rejects(knex().raw(sql), /The audit log is append-only/, sql);
    assert.equal((await AuditLog.query()).length, 1);
    assert.deepEqual((await verifyAudit()).faults, []);
  });

  it('numbers rows without gap in the order in which they are committed, none for what is rolled back', async () => {
    await write('a', 'b');
    await assert.rejects(transaction(async (trx) => {
      await recordAudit(trx, null, entry('never'));
      throw new Error('no');
    }));
    await write('c');
    const rows = await knex()('audit_chain as c').join('audit_logs as a', 'a.id', 'c.audit_id').orderBy('c.seq').select('c.seq', 'a.description');
    assert.deepEqual(rows, [{ seq: 1, description: 'a' }, { seq: 2, description: 'b' }, { seq: 3, description: 'c' }]);
  });

  it('chains rows by SHA-256 over what they say, as anyone can check', async () => {
    const user = await createUser({ name: 'Ünal' });
    const persona = await createPersona(user);
    const runId = randomUUID();
    await transaction((trx) => recordAudit(trx, user, { ...entry('Grüße 👋\n"x"'), personaId: persona.id, runId, metadata: { b: 1, aa: [null, 'ß'] } }));
    const [link] = await links();
    const { rows: [row] } = await knex().raw(`select *, to_char(created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at from audit_logs`);
    const parts = [
      '0'.repeat(64), '1', row.id, user.id, 'Ünal', persona.id, persona.name, runId, 'tested', 'system', 'Grüße 👋\n"x"',
      '{"b": 1, "aa": [null, "ß"]}', row.at,
    ];
    const text = parts.map((part) => `${Buffer.byteLength(part)}:${part}`).join('');
    assert.equal(link!.hash, createHash('sha256').update(text).digest('hex'));
    assert.deepEqual(await verifyAudit(), { links: 1, head: { seq: 1, hash: link!.hash }, faults: [] });
  });

  it('is one unbroken chain when many write at once, whether they record before or after they lock what they change', async () => {
    const { id } = await createUser();
    const record = (trx: Parameters<typeof recordAudit>[0]) => recordAudit(trx, null, entry('x'));
    const lock = (trx: Parameters<typeof recordAudit>[0]) => trx('users').where({ id }).update({ name: 'x' });
    // Were the chain locked when a row comes in, one of each kind would wait for the other.
    const orders = [[record, lock], [lock, record]] as const;
    const work = (index: number) => transaction(async (trx) => {
      for (const step of orders[index % 2]!) await step(trx);
    });
    await Promise.all(Array.from({ length: 60 }, (_, index) => work(index)));
    const report = await verifyAudit();
    assert.deepEqual([report.links, report.head.seq, report.faults], [60, 60, []]);
  });
});

describe('verifyAudit', () => {
  useDatabase();
  beforeEach(async () => {
    await cleanTables();
    await write('a', 'b', 'c', 'd');
  });
  const faults = async () => (await verifyAudit()).faults;

  it('finds nothing wrong with a log that nobody touched, and with none', async () => {
    const { head, ...report } = await verifyAudit();
    assert.deepEqual([report, head.seq], [{ links: 4, faults: [] }, 4]);
    await cleanTables();
    assert.deepEqual(await verifyAudit(), { links: 0, head: { seq: 0, hash: '0'.repeat(64) }, faults: [] });
  });

  it('names the row of which any column was changed', async () => {
    const id = (await links())[1]!.audit_id;
    const changes: Record<string, unknown> = {
      user_id: randomUUID(), user_name: '', persona_id: randomUUID(), persona_name: 'x', run_id: randomUUID(), event_type: 'x',
      event_category: 'error', description: 'B', metadata: '{"x": null}', created_at: '2001-01-01T00:00:00Z',
    };
    for (const [column, value] of Object.entries(changes)) {
      const before = (await knex()('audit_logs').where({ id }).first(knex().raw('??::text as value', [column]))) as { value: string | null };
      await tamper('update audit_logs set ?? = ? where id = ?', [column, value, id]);
      assert.deepEqual(await faults(), [`Row ${id} of link 2 was changed`], column);
      await tamper(`update audit_logs set ?? = ? where id = ?`, [column, before.value, id]);
    }
    assert.deepEqual(await faults(), []);
  });

  it('names the row that is missing, with its link and without, also at the end', async () => {
    const [, second, , last] = await links();
    await tamper('delete from audit_logs where id = ?', [second!.audit_id]);
    assert.deepEqual(await faults(), [`Row ${second!.audit_id} of link 2 is missing`]);
    await tamper('delete from audit_chain where seq = 2');
    assert.deepEqual(await faults(), ['Link 2 is missing']);
    await tamper('delete from audit_logs where id = ?', [last!.audit_id]);
    await tamper('delete from audit_chain where seq = 4');
    assert.deepEqual(await faults(), ['Link 2 is missing', 'Link 4 is missing: link 4 was written last']);
  });

  it('names rows that changed places, and links whose hashes were made anew', async () => {
    const [, second, third] = await links();
    await tamper('update audit_chain set audit_id = ? where seq = 2', [randomUUID()]); // no two links may be of one row
    await tamper('update audit_chain set audit_id = ? where seq = 3', [second!.audit_id]);
    await tamper('update audit_chain set audit_id = ? where seq = 2', [third!.audit_id]);
    assert.deepEqual(await faults(), [`Row ${third!.audit_id} of link 2 was changed`, `Row ${second!.audit_id} of link 3 was changed`]);
    await tamper(`update audit_chain set hash = repeat('1', 64) where seq = 1`);
    assert.match((await faults()).join('\n'), /of link 1 was changed\nLink 2 \(row .+\) does not follow link 1/);
  });

  it('names a row that came in without a link', async () => {
    const id = randomUUID();
    await tamper(`insert into audit_logs (id, event_type, event_category, description) values (?, 'x', 'system', 'x')`, [id]);
    assert.deepEqual(await faults(), [`Row ${id} has no link`]);
  });

  it('finds a log that was written anew by a link that was noted before', async () => {
    const noted = (await verifyAudit()).head;
    await write('e');
    assert.deepEqual((await verifyAudit(noted)).faults, []);
    await cleanTables();
    await write('a', 'b', 'c');
    assert.deepEqual(await faults(), []);
    assert.deepEqual((await verifyAudit(noted)).faults, ['Link 4 is missing: link 4 was noted earlier']);
    await write('D');
    assert.deepEqual((await verifyAudit(noted)).faults, ['Link 4 is not the one that was noted earlier']);
  });
});
