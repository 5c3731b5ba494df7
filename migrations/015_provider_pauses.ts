import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- When a run that waits for a provider may be claimed again. No index: claiming walks the few runs that have not ended.
    alter table runs add column resume_at timestamptz;
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('alter table runs drop column resume_at;');
}
