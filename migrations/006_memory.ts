import type { Knex } from 'knex';
import { databaseInfo } from '../src/db.js';
import { vectorColumnType, vectorIndexSql } from '../src/embeddings/vectorColumn.js';

export async function up(knex: Knex): Promise<void> {
  const { hasVector } = databaseInfo();
  await knex.raw(`
    create table documents (
      id uuid primary key,
      persona_id uuid not null references personas on delete cascade,
      uploaded_by uuid references users on delete set null,
      name text not null,
      source text not null,
      file_size bigint not null,
      mime_type text not null,
      sha256 text not null,
      status text not null default 'processing' check (status in ('processing', 'completed', 'failed')),
      error_message text,
      chunk_count integer not null default 0,
      attempt_count integer not null default 0,
      lease_expires_at timestamptz,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      unique (persona_id, sha256)
    );
    create index documents_persona on documents (persona_id, created_at desc, id);
    create index documents_uploaded_by on documents (uploaded_by);
    create index documents_to_process on documents (created_at) where status = 'processing';

    create table chunks (
      id uuid primary key,
      document_id uuid not null references documents on delete cascade,
      persona_id uuid not null references personas on delete cascade,
      chunk_index integer not null,
      text text not null,
      metadata jsonb not null default '{}',
      embedding ${vectorColumnType(hasVector)},
      -- The headings say what a passage is about, which its own words may not.
      search tsvector generated always as (to_tsvector('english', coalesce(metadata ->> 'headings', '') || ' ' || text)) stored,
      unique (document_id, chunk_index)
    );
    create index chunks_persona on chunks (persona_id);
    create index chunks_search on chunks using gin (search);
  `);
  const index = vectorIndexSql(hasVector, 'chunks', 'embedding');
  if (index) await knex.raw(index);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table chunks; drop table documents;');
}
