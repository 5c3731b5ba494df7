import type { Knex } from 'knex';
import { databaseInfo } from '../src/db.js';
import { vectorColumnType } from '../src/embeddings/vectorColumn.js';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table tools (
      id uuid primary key,
      name text not null unique,
      description text not null,
      category text not null,
      schema jsonb not null,
      config_schema jsonb,
      code_type text not null default 'builtin',
      is_builtin boolean not null default true,
      -- The text that was embedded, so that a changed description is embedded again.
      embedded_text text,
      embedding ${vectorColumnType(databaseInfo().hasVector)},
      search tsvector generated always as (
        to_tsvector('english', replace(name, '_', ' ') || ' ' || description || ' ' || category)
      ) stored,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now()
    );
    create index tools_category on tools (category, name);
    create index tools_search on tools using gin (search);

    create table persona_tools (
      id uuid primary key,
      persona_id uuid not null references personas on delete cascade,
      tool_id uuid not null references tools on delete cascade,
      is_enabled boolean not null default true,
      config jsonb not null default '{}',
      created_at timestamptz not null default clock_timestamp(),
      updated_at timestamptz not null default now(),
      unique (persona_id, tool_id)
    );
    create index persona_tools_tool on persona_tools (tool_id);
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table persona_tools; drop table tools;');
}
