import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table personas (
      id uuid primary key,
      owner_id uuid not null references users on delete cascade,
      name text not null,
      description text,
      system_prompt text not null,
      default_provider text not null,
      fallback_providers jsonb not null default '[]',
      is_active boolean not null default true,
      container_id text,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now()
    );
    create index personas_owner on personas (owner_id, created_at desc, id);

    create table persona_members (
      id uuid primary key,
      persona_id uuid not null references personas on delete cascade,
      user_id uuid not null references users on delete cascade,
      role text not null check (role in ('editor', 'viewer')),
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      unique (persona_id, user_id)
    );
    create index persona_members_user on persona_members (user_id, persona_id);
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table persona_members; drop table personas;');
}
