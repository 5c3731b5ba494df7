import type { Viewer } from '../auth/viewer.js';
import { notFound } from '../errors.js';
import { offsetOf, pagination, type Page, type PageArgs } from '../paging.js';
import { plainFields, readRows, type Reading, type Selection } from '../reading.js';
import type { RunStatus } from './run.model.js';
import { artifactShape, runShape, runStepShape, stepAttemptShape, type ArtifactRow, type RunRow, type RunStepRow, type StepAttemptRow } from './runShape.js';

export interface RunFilter {
  personaId?: string | null;
  agentId?: string | null;
  status?: RunStatus | null;
}

/** What each filter asks of the personas, so that only theirs are looked through, and of the runs. */
const narrowing: Record<keyof RunFilter, { personas?: string; runs?: string }> = {
  personaId: { personas: 'id = :personaId' },
  agentId: { personas: 'id = (select persona_id from agents where id = :agentId)', runs: 'r.agent_id = :agentId' },
  status: { runs: 'r.status = :status' },
};

/**
 * Keys first: of each persona the newest runs are taken from its index, of all these the page is found, and only its rows
 * are read whole. Each set of filters has a statement of its own, because one for all of them could use no index.
 */
function makeRunPage(filters: (keyof RunFilter)[]): Reading {
  const ofPersonas = filters.flatMap((filter) => narrowing[filter].personas ?? []);
  const ofRuns = filters.map((filter) => narrowing[filter].runs).filter(Boolean).map((condition) => ` and ${condition}`).join('');
  return {
    name: 'run_page',
    shape: runShape,
    from: `(
      with mine as materialized (
        select id from (
          select id from personas where owner_id = :viewerId
          union select persona_id from persona_members where user_id = :viewerId
        ) visible ${ofPersonas.length > 0 ? `where ${ofPersonas.join(' and ')}` : ''}
      )
      select newest.id, (select count(*) from mine join runs r on r.persona_id = mine.id${ofRuns}) as total
      from mine, lateral (
        select r.id, r.created_at from runs r where r.persona_id = mine.id${ofRuns}
        order by r.created_at desc, r.id desc limit :limit::bigint + :offset
      ) newest order by newest.created_at desc, newest.id desc limit :limit offset :offset
    ) page join runs r using (id)`,
    tail: 'order by r.created_at desc, r.id desc',
    extra: 'page.total',
  };
}

const runPages = new Map<string, Reading>();

function runPage(filter: RunFilter): Reading {
  const given = (Object.keys(narrowing) as (keyof RunFilter)[]).filter((name) => filter[name]);
  const key = given.join();
  let reading = runPages.get(key);
  if (!reading) runPages.set(key, (reading = makeRunPage(given)));
  return reading;
}

/** The runs of the personas that the viewer owns or is a member of, newest first. */
export async function listRuns(viewer: Viewer, args: PageArgs & RunFilter, selection: Selection): Promise<Page<RunRow>> {
  const offset = offsetOf(args);
  const reading = runPage(args);
  const find = (limit: number, from: number) => {
    const parameters = { viewerId: viewer.id, ...args, limit, offset: from };
    return readRows<RunRow & { total: number }>(reading, selection.data ?? noFields, parameters);
  };
  const data = await find(args.limit, offset);
  // Behind the last page no row tells the total.
  const counted = data.length > 0 || offset === 0 ? data : await find(1, 0);
  return { data, pagination: pagination(args, counted[0]?.total ?? 0) };
}

const noFields: Selection = {};

const runById: Reading = { name: 'run_by_id', shape: runShape, from: 'runs r', tail: 'where r.id = :id' };

/** One run. Throws NOT_FOUND. */
export async function readRun(_viewer: Viewer, id: string, selection: Selection): Promise<RunRow> {
  const [run] = await readRows<RunRow>(runById, selection, { id });
  if (!run) throw notFound('Run');
  return run;
}

const visibleRunById: Reading = {
  ...runById,
  name: 'visible_run_by_id',
  tail: `where r.id = :id and ((select p.owner_id from personas p where p.id = r.persona_id) = :viewerId
    or exists (select from persona_members m where m.persona_id = r.persona_id and m.user_id = :viewerId))`,
};

/** One run, if it is there and the viewer has a role on its persona: the right to read it is part of the statement. */
export async function readVisibleRun(viewer: Viewer, id: string, selection: Selection): Promise<RunRow | undefined> {
  const [run] = await readRows<RunRow>(visibleRunById, selection, { id, viewerId: viewer.id });
  return run;
}

const stepByNumber: Reading = { name: 'step_by_number', shape: runStepShape, from: 'run_steps s', tail: 'where s.run_id = :runId and s.step_number = :stepNumber' };

/** One step of a run. Throws NOT_FOUND. */
export async function readStep(_viewer: Viewer, runId: string, stepNumber: number, selection: Selection): Promise<RunStepRow> {
  const [step] = await readRows<RunStepRow>(stepByNumber, selection, { runId, stepNumber });
  if (!step) throw notFound('Step');
  return step;
}

const artifactById: Reading = { name: 'artifact_by_id', shape: artifactShape, from: 'artifacts f', tail: 'where f.id = :id and f.run_id = :runId' };

/** One artifact of a run. Throws NOT_FOUND, also when it belongs to another run. */
export async function readArtifact(_viewer: Viewer, runId: string, id: string, selection: Selection): Promise<ArtifactRow> {
  const [artifact] = await readRows<ArtifactRow>(artifactById, selection, { id, runId });
  if (!artifact) throw notFound('Artifact');
  return artifact;
}

const stepsOfRuns: Reading = { name: 'steps_of_runs', shape: runStepShape, from: 'run_steps s', tail: 'where s.run_id = any(:ids) order by s.step_number' };
const artifactsOfRuns: Reading = { name: 'artifacts_of_runs', shape: artifactShape, from: 'artifacts f', tail: 'where f.run_id = any(:ids) order by f.created_at, f.id' };
const attemptsOfSteps: Reading = { name: 'attempts_of_steps', shape: stepAttemptShape, from: 'step_attempts sa', tail: 'where sa.step_id = any(:ids) order by sa.attempt_number' };

const stepFields = plainFields(runStepShape);
const artifactFields = plainFields(artifactShape);
const attemptFields = plainFields(stepAttemptShape);

/** Those steps whose number is `from` or higher. */
export const stepsFrom = (steps: RunStepRow[], from: number): RunStepRow[] => (from > 1 ? steps.filter(({ stepNumber }) => stepNumber >= from) : steps);

/** The steps of several runs, in order of their numbers. */
export const readStepsOf = (ids: readonly string[]) => readRows<RunStepRow>(stepsOfRuns, stepFields, { ids });
/** The artifacts of several runs, oldest first. */
export const readArtifactsOf = (ids: readonly string[]) => readRows<ArtifactRow>(artifactsOfRuns, artifactFields, { ids });
/** The attempts of several steps, in order. */
export const readAttemptsOf = (ids: readonly string[]) => readRows<StepAttemptRow>(attemptsOfSteps, attemptFields, { ids });
