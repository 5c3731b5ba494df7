import type { Knex } from 'knex';

// No foreign keys: an audit row outlives what it speaks of.
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table audit_logs (
      id uuid primary key,
      user_id uuid,
      user_name text,
      persona_id uuid,
      persona_name text,
      run_id uuid,
      event_type text not null,
      event_category text not null check (event_category in ('action', 'access', 'error', 'system')),
      description text not null,
      metadata jsonb not null default '{}',
      created_at timestamptz not null default now()
    );
    create index audit_logs_recent on audit_logs (created_at desc, id);
    create index audit_logs_user on audit_logs (user_id, created_at desc);
    create index audit_logs_persona on audit_logs (persona_id, created_at desc);
    create index audit_logs_run on audit_logs (run_id, created_at desc);
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table audit_logs;');
}
