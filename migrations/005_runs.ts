import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table runs (
      id uuid primary key,
      agent_id uuid not null references agents on delete cascade,
      persona_id uuid not null references personas on delete cascade,
      user_id uuid not null references users on delete cascade,
      status text not null default 'pending'
        check (status in ('pending', 'running', 'completed', 'failed', 'cancelled')),
      -- Why a running run does not go on by itself.
      waiting_for text check (waiting_for in ('approval', 'outcome', 'provider')),
      input text not null,
      output text,
      error_code text,
      error_message text,
      -- The number of the last event; the next one is this plus one.
      last_seq integer not null default 0,
      -- The lease. Only the worker that holds the present epoch may write.
      lease_owner text,
      lease_epoch integer not null default 0,
      lease_expires_at timestamptz,
      -- How often a worker died holding this run since the last committed step.
      crash_count integer not null default 0,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      started_at timestamptz,
      completed_at timestamptz
    );
    create index runs_persona on runs (persona_id, created_at desc, id desc);
    create index runs_agent on runs (agent_id, created_at desc, id desc);
    create index runs_user on runs (user_id);
    create index runs_recent on runs (created_at desc, id desc);
    create index runs_claimable on runs (created_at) where status in ('pending', 'running');

    create table run_steps (
      id uuid primary key,
      run_id uuid not null references runs on delete cascade,
      step_number integer not null check (step_number > 0),
      step_type text not null check (step_type in ('llm_call', 'tool_call')),
      status text not null default 'started'
        check (status in ('waiting', 'started', 'completed', 'failed')),
      -- What a person said about a step that waited for them; cleared when the step is started.
      decision text check (decision in ('retry', 'approve')),
      tool_id uuid references tools on delete set null,
      tool_name text,
      -- The provider's id of the call that this step answers.
      tool_call_id text,
      input jsonb not null,
      output jsonb,
      error_code text,
      error_message text,
      provider text,
      model text,
      prompt_tokens integer,
      completion_tokens integer,
      duration_ms integer,
      created_at timestamptz not null default now(),
      completed_at timestamptz,
      unique (run_id, step_number)
    );
    create index run_steps_tool on run_steps (tool_id);

    create table step_attempts (
      id uuid primary key,
      step_id uuid not null references run_steps on delete cascade,
      attempt_number integer not null,
      provider text not null,
      model text not null,
      status text not null check (status in ('completed', 'failed', 'skipped')),
      error_kind text,
      error_message text,
      duration_ms integer not null,
      created_at timestamptz not null default now(),
      unique (step_id, attempt_number)
    );

    create table run_events (
      run_id uuid not null references runs on delete cascade,
      seq integer not null,
      type text not null check (type in ('run:update', 'run:completed', 'run:error')),
      payload jsonb not null,
      created_at timestamptz not null default now(),
      primary key (run_id, seq)
    );

    create table artifacts (
      id uuid primary key,
      run_id uuid not null references runs on delete cascade,
      step_id uuid not null references run_steps on delete cascade,
      name text not null,
      file_path text not null,
      file_size bigint not null,
      mime_type text not null,
      -- Names the bytes in the artifact store.
      sha256 text not null,
      created_at timestamptz not null default clock_timestamp(),
      unique (run_id, file_path)
    );
    create index artifacts_step on artifacts (step_id);
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop table artifacts; drop table run_events; drop table step_attempts; drop table run_steps; drop table runs;
  `);
}
