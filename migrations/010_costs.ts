import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table step_attempts
      -- What the provider told, also of a try that failed; null when it told nothing.
      add column prompt_tokens integer,
      add column completion_tokens integer,
      -- In US dollars by the prices of that time; null when no price was known.
      add column cost numeric(20, 10);
    -- Of a step, only the try that answered was counted so far.
    update step_attempts a set prompt_tokens = s.prompt_tokens, completion_tokens = s.completion_tokens,
      cost = case when a.provider = 'local' then 0 end
    from run_steps s where s.id = a.step_id and a.status = 'completed';
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('alter table step_attempts drop column prompt_tokens, drop column completion_tokens, drop column cost;');
}
