import assert from 'node:assert/strict';
import { recordAudit } from '../../../src/audit/audit.service.js';
import { transaction } from '../../../src/db.js';
import { cleanTables, useDatabase } from '../../support/database.js';
import { createPersona, createViewer, operate, rejectsWith } from '../../support/factories.js';

describe('Query.auditLogs and Query.auditExport', () => {
  useDatabase();
  beforeEach(cleanTables);
  const record = (actor: { id: string } | null, description: string) =>
    transaction((trx) => recordAudit(trx, actor, { eventType: 'tested', eventCategory: 'action', description }));

  it('are for everyone signed in, by filters that are theirs', async () => {
    const stranger = await createViewer();
    const persona = await createPersona(await createViewer());
    for (const [field, below] of [['auditLogs', 'pagination { total }'], ['auditExport', 'text']]) {
      const text = `query ($p: UUID) { ${field}(personaId: $p) { ${below} } }`;
      await rejectsWith(operate(null, text), 'UNAUTHORIZED');
      await rejectsWith(operate(stranger, text, { p: persona.id }), 'FORBIDDEN');
      await rejectsWith(operate(stranger, text, { p: crypto.randomUUID() }), 'NOT_FOUND');
      assert.ok(await operate(await createViewer({ role: 'admin' }), text, { p: persona.id }));
    }
  });

  it('show how rows are chained', async () => {
    const viewer = await createViewer();
    await record(viewer, 'a');
    await record(viewer, 'b');
    const { auditLogs } = await operate(viewer, '{ auditLogs { data { description seq previousHash hash } } }');
    const [second, first] = auditLogs.data;
    assert.deepEqual([second.description, second.seq, first.description, first.seq], ['b', 2, 'a', 1]);
    assert.equal(second.previousHash, first.hash);
  });

  it('refuse a piece before the first, and give the next one from the last', async () => {
    const viewer = await createViewer();
    const piece = (after: number) => operate(viewer, 'query ($after: Int!) { auditExport(format: ndjson, after: $after) { text lastSeq isLast } }', { after });
    await rejectsWith(piece(-1), 'VALIDATION_ERROR', { after: 'After must be at least 0' });
    await record(null, 'not theirs');
    assert.deepEqual((await piece(0)).auditExport, { text: '', lastSeq: 0, isLast: true });
    await record(viewer, 'theirs');
    const { auditExport } = await piece(0);
    assert.deepEqual([JSON.parse(auditExport.text).description, auditExport.lastSeq, auditExport.isLast], ['theirs', 2, true]);
    assert.deepEqual((await piece(2)).auditExport, { text: '', lastSeq: 2, isLast: true });
  });
});
