import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- Bytes that a deletion may have left without an artifact, to be looked at when it is due. See src/runs/artifactRemovals.ts.
    create table artifact_removals (
      sha256 text primary key,
      due_at timestamptz not null
    );
    create index artifact_removals_due on artifact_removals (due_at);
    create index artifacts_sha256 on artifacts (sha256);
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop index artifacts_sha256; drop table artifact_removals;');
}
