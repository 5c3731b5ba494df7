import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- One row per ticket that was not used yet; known only by its hash.
    create table socket_tickets (
      ticket_hash text primary key,
      session_id uuid not null references sessions on delete cascade,
      expires_at timestamptz not null
    );
    create index socket_tickets_session on socket_tickets (session_id);
    create index socket_tickets_expiry on socket_tickets (expires_at);
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table socket_tickets;');
}
