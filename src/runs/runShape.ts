import type { Shape } from '../reading.js';
import type { Run } from './run.model.js';
import type { Artifact } from './artifact.model.js';
import type { RunStep } from './runStep.model.js';
import type { StepAttempt } from './stepAttempt.model.js';

export type ArtifactRow = Pick<Artifact, 'id' | 'runId' | 'stepId' | 'name' | 'filePath' | 'fileSize' | 'mimeType' | 'sha256' | 'createdAt'>;
export type StepAttemptRow = Pick<StepAttempt, 'stepId' | 'attemptNumber' | 'provider' | 'model' | 'status'>;
export type RunStepRow = Pick<RunStep, 'id' | 'runId' | 'stepNumber' | 'stepType' | 'status'> & { attempts?: StepAttemptRow[] };

/** Lists are there only where the selection asked for them. */
export type RunRow = Pick<Run, 'id' | 'agentId' | 'personaId' | 'status' | 'lastSeq'> & { steps?: RunStepRow[]; waitingStep?: RunStepRow[]; artifacts?: ArtifactRow[] };

/** A try with a provider as it is read, from `step_attempts sa`. */
export const stepAttemptShape: Shape = {
  always: [],
  fields: {
    stepId: 'sa.step_id', attemptNumber: 'sa.attempt_number', provider: 'sa.provider', model: 'sa.model', status: 'sa.status',
    errorKind: 'sa.error_kind', errorMessage: 'sa.error_message',
    promptTokens: 'sa.prompt_tokens', completionTokens: 'sa.completion_tokens', cost: 'sa.cost', durationMs: 'sa.duration_ms', createdAt: 'sa.created_at',
  },
};

/** The arguments by which people know a call again, the best first. */
const telling = ['query', 'expression', 'subject', 'title', 'fileName', 'url', 'path'].map((name) => `s.input->>'${name}'`);

/** A step as it is read, from `run_steps s`. */
export const runStepShape: Shape = {
  always: ['id', 'stepNumber'],
  fields: {
    id: 's.id', runId: 's.run_id', stepNumber: 's.step_number', stepType: 's.step_type', status: 's.status',
    toolId: 's.tool_id', toolName: 's.tool_name', toolCallId: 's.tool_call_id', input: 's.input', output: 's.output',
    text: "case when s.step_type = 'llm_call' then s.output->>'message' end",
    calls: "case when s.step_type = 'llm_call' and s.output is not null then jsonb_path_query_array(s.output, '$.toolCalls[*].name') else '[]' end",
    subject: `case when s.step_type = 'tool_call' then left(coalesce(${telling.join(', ')}), 200) end`,
    errorCode: 's.error_code', errorMessage: 's.error_message', provider: 's.provider', model: 's.model',
    promptTokens: 's.prompt_tokens', completionTokens: 's.completion_tokens',
    cost: '(select sum(sa.cost) from step_attempts sa where sa.step_id = s.id)', durationMs: 's.duration_ms',
    createdAt: 's.created_at', completedAt: 's.completed_at',
    attempts: { list: stepAttemptShape, from: 'step_attempts sa', where: 'sa.step_id = s.id', order: 'sa.attempt_number' },
  },
};

/** An artifact as it is read, from `artifacts f`. */
export const artifactShape: Shape = {
  always: ['id'],
  fields: {
    id: 'f.id', runId: 'f.run_id', stepId: 'f.step_id', name: 'f.name', filePath: 'f.file_path', fileSize: 'f.file_size',
    mimeType: 'f.mime_type', sha256: 'f.sha256', createdAt: 'f.created_at',
  },
};

/** What all tries of a run come to. */
const ofAttempts = (sum: string) => `(select ${sum} from run_steps s join step_attempts sa on sa.step_id = s.id where s.run_id = r.id)`;

/** A run as it is read, from `runs r`. */
export const runShape: Shape = {
  always: ['id', 'agentId', 'personaId'],
  fields: {
    id: 'r.id', agentId: 'r.agent_id', personaId: 'r.persona_id', userId: 'r.user_id',
    agentName: { sql: 'ra.name', join: 'join agents ra on ra.id = r.agent_id' },
    personaName: { sql: 'rp.name', join: 'join personas rp on rp.id = r.persona_id' },
    userName: { sql: 'ru.name', join: 'join users ru on ru.id = r.user_id' },
    status: 'r.status', waitingFor: 'r.waiting_for', retryOf: 'r.retry_of', input: 'r.input', output: 'r.output',
    errorCode: 'r.error_code', errorMessage: 'r.error_message', lastSeq: 'r.last_seq',
    startedAt: 'r.started_at', completedAt: 'r.completed_at', createdAt: 'r.created_at', updatedAt: 'r.updated_at',
    promptTokens: ofAttempts('coalesce(sum(sa.prompt_tokens), 0)'), completionTokens: ofAttempts('coalesce(sum(sa.completion_tokens), 0)'),
    totalTokens: ofAttempts('coalesce(sum(coalesce(sa.prompt_tokens, 0) + coalesce(sa.completion_tokens, 0)), 0)'),
    cost: ofAttempts('sum(sa.cost)'),
    steps: { list: runStepShape, from: 'run_steps s', where: 's.run_id = r.id', order: 's.step_number' },
    // At most one: nothing else of the run goes on until it is decided about.
    waitingStep: {
      list: runStepShape, from: 'run_steps s', order: 's.step_number',
      where: "s.run_id = r.id and r.waiting_for in ('approval', 'outcome') and s.status in ('waiting', 'started')",
    },
    artifacts: { list: artifactShape, from: 'artifacts f', where: 'f.run_id = r.id', order: 'f.created_at, f.id' },
  },
};
