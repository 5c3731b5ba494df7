import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { countAudit } from '../../../src/audit/auditActivity.js';
import type { AuditFilters } from '../../../src/audit/auditFilters.js';
import { AuditLog, type AuditCategory } from '../../../src/audit/auditLog.model.js';
import { useDatabase } from '../../support/database.js';
import { createPersona, createViewer, rejectsWith } from '../../support/factories.js';

const cut = { interval: 'day', timeZone: 'UTC' } as const;
const may = { ...cut, startDate: new Date('2026-05-01T00:00:00Z'), endDate: new Date('2026-05-03T23:59:59.999Z') };

describe('countAudit', () => {
  useDatabase();
  const log = (createdAt: string, eventCategory: AuditCategory, about: { userId?: string; personaId?: string }) =>
    AuditLog.query().insert({ userId: randomUUID(), eventType: 'x', eventCategory, description: 'x', metadata: {}, createdAt: new Date(createdAt), ...about });

  it('refuses windows that cannot be', async () => {
    const viewer = await createViewer();
    const refuse = (given: AuditFilters, details: object) => rejectsWith(countAudit(viewer, { ...may, ...given }), 'VALIDATION_ERROR', details);
    await refuse({ endDate: new Date('2026-04-01') }, { endDate: 'End date must not be before start date' });
    await refuse({ startDate: new Date(0) }, { interval: 'Interval day cuts this window into 20577 pieces, and may cut it into 400' });
  });

  it('counts what the viewer sees by day and category, with zeros for days with nothing; for an admin all', async () => {
    const viewer = await createViewer();
    const { id: personaId } = await createPersona(viewer);
    await log('2026-05-01T00:00:00Z', 'action', { userId: viewer.id });
    await log('2026-05-01T12:00:00Z', 'access', { personaId });
    await log('2026-05-03T23:59:59.999Z', 'error', { personaId });
    await log('2026-05-03T12:00:00Z', 'system', {});
    await log('2026-05-04T00:00:00Z', 'error', { personaId });
    const counts = async (who: typeof viewer, given: AuditFilters = {}) =>
      (await countAudit(who, { ...may, ...given })).map(({ action, access, error, system, total }) => [action, access, error, system, total]);
    assert.deepEqual(await counts(viewer), [[1, 1, 0, 0, 2], [0, 0, 0, 0, 0], [0, 0, 1, 0, 1]]);
    assert.deepEqual(await counts(viewer, { eventCategory: 'error' }), [[0, 0, 0, 0, 0], [0, 0, 0, 0, 0], [0, 0, 1, 0, 1]]);
    assert.deepEqual(await counts(await createViewer()), [[0, 0, 0, 0, 0], [0, 0, 0, 0, 0], [0, 0, 0, 0, 0]]);
    assert.deepEqual((await counts(await createViewer({ role: 'admin' })))[2], [0, 0, 1, 1, 2]);
    assert.equal((await countAudit(viewer, { ...cut })).length, 30);
  });
});
