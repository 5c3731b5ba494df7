import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { knex } from '../db.js';
import { logger } from '../logger.js';

/**
 * What the platform tells Prometheus. Runs and the queue are those of the whole platform, read from the database when they are
 * asked for; all else is of this process since its start.
 */
export const metrics = new Registry();
const registers = [metrics];

/** A count of runs that takes longer than this is left out of the answer, in milliseconds. */
const longestCount = 2000;

const requestDuration = new Histogram({
  name: 'persona_http_request_duration_seconds', help: 'How long requests took, by route and GraphQL operation.',
  labelNames: ['method', 'route', 'operation', 'status'], buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10], registers,
});

const steps = new Counter({ name: 'persona_steps_total', help: 'Steps that were committed, by type and status.', labelNames: ['type', 'status'], registers });
const tokens = new Counter({
  name: 'persona_tokens_total', help: 'Tokens that models read (prompt) and wrote (completion).', labelNames: ['provider', 'model', 'kind'], registers,
});
const attempts = new Counter({
  name: 'persona_provider_attempts_total', help: 'Tries of llm_calls by provider and how they ended.', labelNames: ['provider', 'status'], registers,
});
const sockets = new Gauge({ name: 'persona_open_sockets', help: 'WebSockets that are open, by path.', labelNames: ['path'], registers });

new Gauge({
  name: 'persona_runs', help: 'Runs there are, by status.', labelNames: ['status'], registers,
  async collect() {
    this.reset();
    const counted = await countRuns();
    if (counted) for (const status of statuses) this.set({ status }, counted.get(status) ?? 0);
  },
});
new Gauge({
  name: 'persona_queue_depth', help: 'Runs that wait for a worker.', registers,
  async collect() {
    const counted = await countRuns('pending');
    if (counted) this.set(counted.get('pending') ?? 0);
    else this.set(Number.NaN);
  },
});

const statuses = ['pending', 'running', 'completed', 'failed', 'cancelled'];

/** How many runs there are by status, of all or of one. Undefined when the database does not answer: the other metrics are needed most then. */
async function countRuns(only?: string): Promise<Map<string, number> | undefined> {
  const query = knex()('runs').select('status').count('* as count').groupBy('status').timeout(longestCount);
  if (only) query.where({ status: only });
  try {
    const rows = (await query) as { status: string; count: string | number }[];
    return new Map(rows.map(({ status, count }) => [status, Number(count)]));
  } catch (error) {
    logger.warn({ err: error }, 'Runs could not be counted');
    return undefined;
  }
}

let watching = false;

/** Begins to measure memory, processor, garbage collection and the event loop of this process. */
export function watchProcess(): void {
  if (watching) return;
  watching = true;
  collectDefaultMetrics({ register: metrics });
}

/** Counts an answered request. @param seconds from its arrival to the end of the answer */
export function countRequest(labels: { method: string; route: string; operation: string; status: number }, seconds: number): void {
  requestDuration.observe(labels, seconds);
}

/** What is counted of a step. */
export interface CountedStep {
  stepType: string;
  status: string;
  provider?: string | null;
  model?: string | null;
  promptTokens?: number | null;
  completionTokens?: number | null;
}

/** Counts a step that was committed, with the tries that it took. */
export function countStep(step: CountedStep, tries: readonly { provider?: string; status?: string }[] = []): void {
  const { stepType: type, status, provider, model, promptTokens, completionTokens } = step;
  steps.inc({ type, status });
  const labels = { provider: provider ?? '', model: model ?? '' };
  if (promptTokens) tokens.inc({ ...labels, kind: 'prompt' }, promptTokens);
  if (completionTokens) tokens.inc({ ...labels, kind: 'completion' }, completionTokens);
  for (const attempt of tries) attempts.inc({ provider: attempt.provider ?? '', status: attempt.status ?? '' });
}

/** Counts a socket for as long as it is open. @param path where it was opened, without its query */
export function countSocket(path: string, socket: { once(event: 'close', listener: () => void): unknown }): void {
  sockets.inc({ path });
  socket.once('close', () => sockets.dec({ path }));
}
