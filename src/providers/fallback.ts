import { setTimeout as sleep } from 'node:timers/promises';
import { orStop } from '../orStop.js';
import { traced } from '../tracing/tracing.js';
import { ProviderError, type Provider, type ProviderAnswer, type ProviderErrorKind, type ProviderRequest, type Usage } from './provider.js';

/** One try with one provider. */
export interface Attempt {
  /** 1 and upwards within one `llm_call`. */
  number: number;
  provider: string;
  model: string;
  status: 'completed' | 'failed' | 'skipped';
  /** `stopped` when the request was aborted; null when it completed, and when what was thrown is no ProviderError. */
  errorKind: ProviderErrorKind | 'stopped' | null;
  errorMessage: string | null;
  /** How long the provider asked us to wait, in milliseconds. */
  retryAfterMs?: number;
  /** What the provider told of its tokens; null when it told nothing. */
  usage: Usage | null;
  startedAt: Date;
  durationMs: number;
}

export interface FallbackHooks {
  /** Called after each attempt; awaited before the next one. */
  onAttempt?(attempt: Attempt): void | Promise<void>;
  /** The text streamed so far is void: the next attempt starts it again. */
  onRestart?(): void;
}

export interface RetryPolicy {
  /** How often the last usable provider is tried again. */
  retries: number;
  /** The first wait of the exponential backoff, in milliseconds. */
  baseMs: number;
  /** A provider that asks for a longer wait, in milliseconds, is not waited for. */
  longestWaitMs: number;
}

export const defaultRetryPolicy: RetryPolicy = { retries: 2, baseMs: 500, longestWaitMs: 10_000 };

export interface FallbackAnswer extends ProviderAnswer {
  /** The name of the provider that answered. */
  provider: string;
  attempts: Attempt[];
}

/** No provider gave an answer; the message is one sentence that says why, or what to set. */
export class ProvidersExhausted extends Error {
  constructor(
    message: string,
    readonly attempts: Attempt[],
  ) {
    super(message);
    this.name = 'ProvidersExhausted';
  }
}

/**
 * Asks the providers in their order until one answers. One that cannot be used is skipped; one that fails is followed by
 * the next at once, and only the last that can be used is tried again (see `waitBeforeRetry`). Throws
 * ProvidersExhausted when all have failed, and the signal's reason when the request is aborted, waits included.
 */
export async function completeWithFallback(
  providers: Provider[],
  request: ProviderRequest,
  hooks: FallbackHooks = {},
  policy: RetryPolicy = defaultRetryPolicy,
): Promise<FallbackAnswer> {
  const call = new Call(request, hooks);
  const order = [...new Set(providers)];
  for (const [place, provider] of order.entries()) {
    if (provider.unavailable) {
      await call.skip(provider, provider.unavailable);
      continue;
    }
    const last = order.slice(place + 1).every((other) => other.unavailable);
    const answer = await tryProvider(call, provider, last ? policy : { ...policy, retries: 0 });
    if (answer) return { ...answer, provider: provider.name, attempts: call.attempts };
  }
  throw new ProvidersExhausted(exhausted(call.attempts), call.attempts);
}

/** One provider with its retries; null when it failed for good. */
async function tryProvider(call: Call, provider: Provider, policy: RetryPolicy): Promise<ProviderAnswer | null> {
  for (let retry = 0; ; retry++) {
    const result = await call.attempt(provider);
    if (!(result instanceof ProviderError)) return result;
    const wait = retry < policy.retries ? waitBeforeRetry(result, retry, policy) : null;
    if (wait === null) return null;
    await sleep(wait, undefined, { signal: call.request.signal }).catch(() => call.request.signal.throwIfAborted());
  }
}

/**
 * How long to wait before the same provider is tried again, in milliseconds; null when that makes no sense. A full provider is
 * waited for when it names a short time. A passing trouble gets exponential backoff, half of it random, so that runs
 * which failed together do not come back together. Everything else would fail in the same way again.
 */
function waitBeforeRetry(error: ProviderError, retry: number, policy: RetryPolicy): number | null {
  const asked = error.retryAfterMs;
  if (asked !== undefined && asked > policy.longestWaitMs) return null;
  if (error.kind === 'rate_limited') return asked ?? null;
  if (error.kind !== 'overloaded' && error.kind !== 'unreachable' && error.kind !== 'cut_off') return null;
  const backoff = policy.baseMs * 2 ** retry * (0.5 + Math.random() / 2);
  return Math.max(backoff, asked ?? 0);
}

/** One `llm_call`: its attempts so far, and whether text has been shown that counts no more. */
class Call {
  readonly attempts: Attempt[] = [];
  private stale = false;

  constructor(
    readonly request: ProviderRequest,
    private readonly hooks: FallbackHooks,
  ) {}

  async skip(provider: Provider, why: string): Promise<void> {
    await this.record(provider, new Date(), { status: 'skipped', errorKind: 'not_configured', errorMessage: why, usage: null });
  }

  /** Returns a ProviderError instead of throwing it; throws everything else. */
  async attempt(provider: Provider): Promise<ProviderAnswer | ProviderError> {
    this.request.signal.throwIfAborted();
    if (this.stale) this.hooks.onRestart?.();
    this.stale = false;
    const startedAt = new Date();
    let told: Usage | null = null;
    const onUsage = (usage: Usage) => void (told = usage);
    const outcome = await orStop(ask(provider, { ...this.request, onDelta: this.onDelta, onUsage }), this.request.signal).then(
      (answer) => ({ answer }),
      (error: unknown) => ({ error }),
    );
    if ('answer' in outcome) {
      const { usage } = outcome.answer;
      // No answer is made of no tokens: the provider has not told them.
      const isTold = usage.promptTokens + usage.completionTokens > 0;
      await this.record(provider, startedAt, { status: 'completed', errorKind: null, errorMessage: null, usage: isTold ? usage : null });
      return outcome.answer;
    }
    const { error } = outcome;
    const isStopped = this.request.signal.aborted;
    const errorKind = isStopped ? 'stopped' : error instanceof ProviderError ? error.kind : null;
    const retryAfterMs = error instanceof ProviderError ? error.retryAfterMs : undefined;
    const errorMessage = error instanceof Error ? error.message : String(error);
    await this.record(provider, startedAt, { status: 'failed', errorKind, errorMessage, usage: told, ...(retryAfterMs !== undefined && { retryAfterMs }) });
    if (error instanceof ProviderError) return error;
    throw error;
  }

  private readonly onDelta = (text: string): void => {
    this.stale = true;
    this.request.onDelta(text);
  };

  private async record(
    { name, model }: Provider,
    startedAt: Date,
    outcome: Pick<Attempt, 'status' | 'errorKind' | 'errorMessage' | 'usage' | 'retryAfterMs'>,
  ): Promise<void> {
    const durationMs = Date.now() - startedAt.getTime();
    const attempt: Attempt = { number: this.attempts.length + 1, provider: name, model, ...outcome, startedAt, durationMs };
    this.attempts.push(attempt);
    await this.hooks.onAttempt?.(attempt);
  }
}

/** Asks a provider, as a span with the names that OpenTelemetry has for calls of models. */
const ask = (provider: Provider, request: ProviderRequest): Promise<ProviderAnswer> =>
  traced(`chat ${provider.model}`, {
    kind: 'client',
    attributes: { 'gen_ai.operation.name': 'chat', 'gen_ai.provider.name': provider.name, 'gen_ai.request.model': provider.model },
  }, async (span) => {
    const tellTokens = ({ promptTokens, completionTokens }: Usage) =>
      span.set({ 'gen_ai.usage.input_tokens': promptTokens, 'gen_ai.usage.output_tokens': completionTokens });
    const onUsage = (usage: Usage) => {
      tellTokens(usage);
      request.onUsage?.(usage);
    };
    const answer = await provider.complete({ ...request, onUsage });
    tellTokens(answer.usage);
    span.set({ 'gen_ai.response.model': answer.model });
    return answer;
  });

/** The last word of each provider, as one sentence. */
function exhausted(attempts: Attempt[]): string {
  if (attempts.length === 0) return 'No provider can be used: none is named.';
  const lastWords = new Map(attempts.map(({ provider, errorMessage }) => [provider, errorMessage?.replace(/\.$/, '')]));
  const verdict = attempts.every(({ status }) => status === 'skipped') ? 'No provider can be used' : 'No provider gave an answer';
  return `${verdict}: ${[...lastWords.values()].join('; ')}.`;
}
