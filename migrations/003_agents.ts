import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table agents (
      id uuid primary key,
      persona_id uuid not null references personas on delete cascade,
      name text not null,
      description text,
      system_prompt_override text,
      preferred_provider text,
      is_active boolean not null default true,
      created_at timestamptz not null default clock_timestamp(),
      updated_at timestamptz not null default now()
    );
    create index agents_persona on agents (persona_id, created_at, id);
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table agents;');
}
