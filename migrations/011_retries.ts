import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- The run whose request was given again.
    alter table runs add column retry_of uuid references runs on delete set null;
    create index runs_retry_of on runs (retry_of) where retry_of is not null;
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('alter table runs drop column retry_of;');
}
