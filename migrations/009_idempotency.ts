import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- One row per Idempotency-Key of a user. Without a status its request is being answered, or was when its process died: the
    -- claim then ends by itself. Key and request are known only by their hashes: a request may hold a password.
    create table idempotency_keys (
      user_id uuid not null references users on delete cascade,
      key_hash text not null,
      request_hash text not null,
      claim uuid not null,
      claimed_until timestamptz not null,
      expires_at timestamptz not null,
      status smallint,
      body text,
      primary key (user_id, key_hash)
    );
    create index idempotency_keys_expiry on idempotency_keys (expires_at);
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table idempotency_keys;');
}
