import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- The W3C traceparent of the request that created the run: whoever works on it adds to that trace.
    alter table runs add column traceparent text;
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('alter table runs drop column traceparent;');
}
