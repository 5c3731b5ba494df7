import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table connectors (
      id uuid primary key,
      persona_id uuid not null references personas on delete cascade,
      kind text not null check (kind in ('email', 'browser', 'desktopVm')),
      is_enabled boolean not null default false,
      settings jsonb not null default '{}',
      -- Encrypted, never plain; null when the connector needs none.
      secrets bytea,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      unique (persona_id, kind)
    );
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table connectors;');
}
