import type { Knex } from 'knex';

/*
 * The audit log. No foreign keys: a row outlives what it speaks of.
 *
 * Rows are only ever added. Each is a link of `audit_chain`: numbered without gap, with a SHA-256 hash over the row and the hash
 * of the link before, so that a row that was changed, taken out or put elsewhere no longer fits. What exactly is hashed is
 * said in src/audit/auditChain.ts, which checks it without the functions here.
 *
 * A link is added when the transaction of its row commits (a deferred trigger), not when the row is inserted. Taking the next
 * number makes others wait; at the commit it is the last lock that a transaction takes, so it is held for a moment and no
 * two transactions can wait for each other.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(tables);
  await knex.raw(chain);
  await knex.raw(appendOnly);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop table audit_head, audit_chain, audit_logs;
    drop function add_audit_link(), refuse_audit_change(), refuse_audit_rewind();
  `);
}

const tables = `
  create table audit_logs (
    id uuid primary key,
    user_id uuid,
    user_name text,
    persona_id uuid,
    persona_name text,
    run_id uuid,
    event_type text not null,
    event_category text not null check (event_category in ('action', 'access', 'error', 'system')),
    description text not null,
    metadata jsonb not null default '{}',
    -- The moment of the row, not of the transaction, so that rows of one transaction keep their order.
    created_at timestamptz not null default clock_timestamp()
  );
  create index audit_logs_recent on audit_logs (created_at desc, id desc);
  create index audit_logs_user on audit_logs (user_id, created_at desc, id desc);
  create index audit_logs_persona on audit_logs (persona_id, created_at desc, id desc);
  create index audit_logs_run on audit_logs (run_id, created_at desc, id desc);
  create index audit_logs_type on audit_logs (event_type, created_at desc, id desc);
  create index audit_logs_category on audit_logs (event_category, created_at desc, id desc);

  create table audit_chain (
    seq bigint primary key,
    audit_id uuid not null unique,
    previous_hash text not null,
    hash text not null
  );

  -- One row: the newest link, which also serves as the lock. It tells when links are missing at the end.
  create table audit_head (
    is_only boolean primary key default true check (is_only),
    seq bigint not null default 0,
    hash text not null default repeat('0', 64)
  );
  insert into audit_head default values;
`;

const chain = `
  create function add_audit_link() returns trigger language plpgsql as $$
  declare
    head audit_head;
    form text;
    link text;
  begin
    select * into strict head from audit_head for update;
    select string_agg(coalesce(octet_length(part) || ':' || part, '-'), '' order by place) into form
    from unnest(array[
      head.hash, (head.seq + 1)::text, new.id::text, new.user_id::text, new.user_name, new.persona_id::text, new.persona_name,
      new.run_id::text, new.event_type, new.event_category, new.description, new.metadata::text,
      to_char(new.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
    ]) with ordinality as parts (part, place);
    link := encode(sha256(convert_to(form, 'UTF8')), 'hex');
    insert into audit_chain (seq, audit_id, previous_hash, hash) values (head.seq + 1, new.id, head.hash, link);
    update audit_head set seq = head.seq + 1, hash = link;
    return null;
  end $$;

  create constraint trigger audit_logs_link after insert on audit_logs
    deferrable initially deferred for each row execute function add_audit_link();
`;

const appendOnly = `
  create function refuse_audit_change() returns trigger language plpgsql as $$
  begin
    raise exception 'The audit log is append-only: % on % is refused', tg_op, tg_table_name using errcode = 'insufficient_privilege';
  end $$;
  create trigger audit_logs_keep before update or delete or truncate on audit_logs execute function refuse_audit_change();
  create trigger audit_chain_keep before update or delete or truncate on audit_chain execute function refuse_audit_change();
  create trigger audit_head_keep before delete or truncate on audit_head execute function refuse_audit_change();

  create function refuse_audit_rewind() returns trigger language plpgsql as $$
  begin
    if new.seq <> old.seq + 1 then
      raise exception 'The audit log is append-only: its newest link cannot go from % to %', old.seq, new.seq using errcode = 'insufficient_privilege';
    end if;
    return new;
  end $$;
  create trigger audit_head_advance before update on audit_head for each row execute function refuse_audit_rewind();
`;
