import type { Viewer } from '../auth/viewer.js';
import { inWindow, pieceOf, readSeries, requireCut, seriesReading, type Window } from '../timeSeries.js';
import { Usage } from './usage.js';
import type { AttemptsRow, RunsRow } from './usageRows.js';

/** A run, and all that was done for it, counts where the run was created: so a total is that of the runs it counts. */
const begun = `,
  mine as materialized (
    select id from (
      select id from personas where owner_id = :viewerId
      union select persona_id from persona_members where user_id = :viewerId
    ) visible where :personaId::uuid is null or id = :personaId
  ),
  begun as materialized (
    select r.id, r.persona_id, r.status, ${pieceOf('r.created_at')} as local
    from mine join runs r on r.persona_id = mine.id where ${inWindow('r.created_at')}
  )`;

const statuses = ['pending', 'running', 'completed', 'failed', 'cancelled'];

const runsReading = seriesReading('usage_runs', ['start', 'personaId', 'personaName', 'runs', ...statuses, 'steps'], `
  select buckets.start, b.persona_id as "personaId", p.name as "personaName", count(b.id) as runs, coalesce(sum(s.steps), 0) as steps,
    ${statuses.map((status) => `count(*) filter (where b.status = '${status}') as ${status}`).join(', ')}
  from buckets left join begun b using (local)
  left join lateral (select count(*) as steps from run_steps where run_id = b.id) s on true
  left join personas p on p.id = b.persona_id
  group by buckets.start, b.persona_id, p.name order by buckets.start`, begun);

const attemptColumns = ['start', 'personaId', 'provider', 'attempts', 'failedAttempts', 'promptTokens', 'completionTokens', 'cost', 'unpricedTokens'];

const attemptsReading = seriesReading('usage_attempts', attemptColumns, `
  select buckets.start, b.persona_id as "personaId", a.provider, count(*) as attempts,
    count(*) filter (where a.status = 'failed') as "failedAttempts",
    coalesce(sum(a.prompt_tokens), 0) as "promptTokens", coalesce(sum(a.completion_tokens), 0) as "completionTokens",
    sum(a.cost) as cost,
    coalesce(sum(coalesce(a.prompt_tokens, 0) + coalesce(a.completion_tokens, 0)) filter (where a.cost is null), 0) as "unpricedTokens"
  from buckets join begun b using (local) join run_steps s on s.run_id = b.id join step_attempts a on a.step_id = s.id
  where a.status <> 'skipped'
  group by buckets.start, b.persona_id, a.provider`, begun);

/** How many pieces a window may be cut into. */
const mostPoints = 100;

/**
 * What the personas of the viewer, owned and shared, have used over time: runs, steps, tokens and cost, in all, by persona and
 * by provider. Throws VALIDATION_ERROR.
 */
export async function readUsage(viewer: Viewer, { personaId = null, ...given }: Window & { personaId?: string | null }): Promise<Usage> {
  const window = requireCut(given, mostPoints);
  const parameters = { ...window, personaId, viewerId: viewer.id };
  const [runs, attempts] = await Promise.all([
    readSeries<RunsRow>(runsReading, parameters), readSeries<AttemptsRow>(attemptsReading, parameters),
  ]);
  return new Usage(window, runs, attempts);
}
