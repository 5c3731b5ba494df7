import assert from 'node:assert/strict';
import { listAuditLogs } from '../../../src/audit/auditLogs.read.js';
import type { AuditFilters } from '../../../src/audit/auditFilters.js';
import { knex } from '../../../src/db.js';
import { useDatabase } from '../../support/database.js';
import { createViewer } from '../../support/factories.js';

interface Sent {
  text: string;
  values: unknown[];
}

/** The statements that the work sends. */
async function statementsOf(work: () => Promise<unknown>): Promise<Sent[]> {
  const { client } = knex();
  const acquire = client.acquireConnection;
  const sent: Sent[] = [];
  client.acquireConnection = async function spied(this: unknown) {
    const connection = await acquire.call(this);
    return { query: (statement: Sent) => (sent.push(statement), connection.query(statement)), real: connection };
  };
  const release = client.releaseConnection;
  client.releaseConnection = function spied(this: unknown, connection: { real: unknown }) {
    return release.call(this, connection.real);
  };
  try {
    await work();
  } finally {
    Object.assign(client, { acquireConnection: acquire, releaseConnection: release });
  }
  return sent;
}

describe('listAuditLogs', () => {
  useDatabase();
  const id = '3f0c2a52-9a52-4f0e-8a0f-6f1f3f8f0a11';
  const filters: Required<AuditFilters> = {
    userId: id, personaId: id, runId: id, eventType: 'login', eventCategory: 'error', startDate: new Date(0), endDate: new Date(),
  };
  const cases: [string, AuditFilters][] = [
    ['no filter', {}],
    ...Object.entries(filters).map(([name, value]): [string, AuditFilters] => [name, { [name]: value }]),
    ['all filters', filters],
  ];

  before('fill the log', async () => {
    await knex().raw(`insert into audit_logs (id, user_id, persona_id, run_id, event_type, event_category, description, created_at)
      select gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 'type' || n % 50, 'action', 'x', now() - n * interval '1 hour'
      from generate_series(1, 3000) n`);
    await knex().raw('analyze audit_logs');
  });

  for (const role of ['user', 'admin'] as const) {
    for (const [name, given] of cases) {
      it(`goes by an index for ${role} with ${name}`, async () => {
        const viewer = await createViewer({ role });
        const [statement] = await statementsOf(() => listAuditLogs(viewer, { page: 1, limit: 50, ...given }, { data: { id: {}, seq: {} } }));
        // Where an index fits, the database does without reading the whole table when it is told that this is dear.
        const plan = await knex().transaction(async (trx) => {
          await trx.raw('set local enable_seqscan = off');
          const connection = await trx.client.acquireConnection();
          const { rows } = await connection.query({ text: `explain ${statement!.text}`, values: statement!.values });
          return rows.map((row: Record<string, string>) => row['QUERY PLAN']).join('\n');
        });
        assert.doesNotMatch(plan, /Seq Scan on audit_logs/, plan);
        assert.match(plan, /audit_logs_/);
      });
    }
  }
});
