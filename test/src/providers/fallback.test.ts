import assert from 'node:assert/strict';
import { createAnthropicProvider } from '../../../src/providers/anthropic.provider.js';
import { completeWithFallback, ProvidersExhausted, type Attempt, type FallbackHooks } from '../../../src/providers/fallback.js';
import { createOpenAiProvider } from '../../../src/providers/openai.provider.js';
import { ProviderError, type Provider, type ProviderErrorKind, type ProviderRequest } from '../../../src/providers/provider.js';
import { startAnthropicServer } from '../../support/anthropicServer.js';
import { startOpenAiServer } from '../../support/openaiServer.js';

const fast = { retries: 2, baseMs: 1, longestWaitMs: 10_000 };

/** What a provider does at one call: streams pieces of text, then fails or answers. */
type Turn = { text?: string[]; fail?: unknown };

const failing = (kind: ProviderErrorKind, retryAfterMs?: number): Turn => ({ fail: new ProviderError(kind, 'x', `It is ${kind}.`, retryAfterMs) });

/** Takes one turn per call; the last one is repeated. */
function scripted(name: string, ...turns: Turn[]): Provider & { calls: number } {
  const provider = {
    name,
    model: `${name}-model`,
    unavailable: null,
    calls: 0,
    async complete(request: ProviderRequest) {
      const { text = [], fail } = turns[Math.min(provider.calls++, turns.length - 1)];
      for (const piece of text) request.onDelta(piece);
      if (fail) throw fail;
      return { message: text.join(''), toolCalls: [], usage: { promptTokens: 1, completionTokens: 1 }, model: `${name}-model-1` };
    },
  };
  return provider;
}

const missing = (name: string): Provider => ({ ...scripted(name, {}), unavailable: `${name} needs ${name.toUpperCase()}_API_KEY to be set` });

/** Notes everything the watcher sees, in order. */
function watch(signal = new AbortController().signal) {
  const seen: string[] = [];
  const attempts: Attempt[] = [];
  const request: ProviderRequest = { messages: [{ role: 'user', content: 'Hello' }], tools: [], signal, onDelta: (text) => void seen.push(text) };
  const hooks: FallbackHooks = { onAttempt: (attempt) => void attempts.push(attempt), onRestart: () => void seen.push('restart') };
  return { seen, attempts, request, hooks, outcomes: () => attempts.map(({ provider, status, errorKind }) => [provider, status, errorKind]) };
}

const exhausted = (providers: Provider[], { request, hooks }: ReturnType<typeof watch>) =>
  completeWithFallback(providers, request, hooks, fast).then(
    () => assert.fail('it answered'),
    (error: unknown) => {
      assert.ok(error instanceof ProvidersExhausted, String(error));
      return error;
    },
  );

describe('tokens of an attempt', () => {
  const usageOf = async (...providers: Provider[]) => {
    const seen = watch();
    await completeWithFallback(providers, seen.request, seen.hooks, fast);
    return seen.attempts.map(({ usage }) => usage);
  };

  it('are unknown where none were told', async () => {
    const silent: Provider = { ...scripted('silent', {}), complete: async () => ({ message: 'x', toolCalls: [], usage: { promptTokens: 0, completionTokens: 0 }, model: 'm' }) };
    assert.deepEqual(await usageOf(missing('openai'), scripted('a', failing('overloaded')), silent), [null, null, null]);
  });

  it('are kept of one that failed, as far as they were told', async () => {
    const server = await startAnthropicServer();
    try {
      const start = { type: 'message_start', message: { model: 'm', usage: { input_tokens: 7, output_tokens: 1 } } };
      server.reply({ status: 200, headers: { 'content-type': 'text/event-stream' }, body: `event: message_start\ndata: ${JSON.stringify(start)}\n\n` });
      const broken = createAnthropicProvider({ name: 'anthropic', model: 'm', apiKey: 'k', baseUrl: server.url });
      assert.deepEqual(await usageOf(broken, scripted('b', { text: ['hi'] })), [{ promptTokens: 7, completionTokens: 1 }, { promptTokens: 1, completionTokens: 1 }]);
    } finally {
      await server.close();
    }
  });
});

describe('completeWithFallback', () => {
  describe('no answer', () => {
    it('without a usable provider: one sentence that names the variables to set', async () => {
      const one = await exhausted([missing('openai')], watch());
      assert.equal(one.message, 'No provider can be used: openai needs OPENAI_API_KEY to be set.');
      const seen = watch();
      const two = await exhausted([missing('openai'), missing('groq')], seen);
      assert.equal(two.message, 'No provider can be used: openai needs OPENAI_API_KEY to be set; groq needs GROQ_API_KEY to be set.');
      assert.deepEqual(two.attempts, seen.attempts);
      assert.deepEqual(seen.outcomes(), [
        ['openai', 'skipped', 'not_configured'],
        ['groq', 'skipped', 'not_configured'],
      ]);
    });

    it('without any provider', async () => {
      assert.equal((await exhausted([], watch())).message, 'No provider can be used: none is named.');
    });

    it('all have failed: the last word of each', async () => {
      const seen = watch();
      const error = await exhausted([scripted('a', failing('unauthorized')), missing('b'), scripted('c', failing('bad_answer'))], seen);
      assert.equal(error.message, 'No provider gave an answer: It is unauthorized; b needs B_API_KEY to be set; It is bad_answer.');
      assert.deepEqual(error.attempts.map(({ number }) => number), [1, 2, 3]);
    });
  });

  describe('abort', () => {
    const reason = new Error('cancelled');

    it('before it starts: no provider is asked', async () => {
      const provider = scripted('a', {});
      const { request, hooks } = watch(AbortSignal.abort(reason));
      await assert.rejects(completeWithFallback([provider], request, hooks, fast), reason);
      assert.equal(provider.calls, 0);
    });

    it('while a provider answers: no other is asked and the reason is thrown', async () => {
      const other = scripted('b', {});
      const seen = watch();
      await assert.rejects(completeWithFallback([scripted('a', { fail: reason }), other], seen.request, seen.hooks, fast), reason);
      assert.equal(other.calls, 0);
      assert.deepEqual(seen.outcomes(), [['a', 'failed', null]]);
    });

    it('while it waits: the wait ends and the reason is thrown', async () => {
      const controller = new AbortController();
      const { request } = watch(controller.signal);
      const provider = scripted('a', failing('rate_limited', 9_999));
      const answer = completeWithFallback([provider], request, { onAttempt: () => void setImmediate(() => controller.abort(reason)) }, fast);
      await assert.rejects(answer, (thrown) => thrown === reason);
      assert.equal(provider.calls, 1);
    });
  });

  describe('order', () => {
    it('the first that answers, with its name, model and attempt', async () => {
      const seen = watch();
      const other = scripted('b', { text: ['no'] });
      const { attempts, ...answer } = await completeWithFallback([scripted('a', { text: ['Hel', 'lo'] }), other], seen.request, seen.hooks, fast);
      assert.deepEqual(answer, { message: 'Hello', toolCalls: [], usage: { promptTokens: 1, completionTokens: 1 }, model: 'a-model-1', provider: 'a' });
      assert.deepEqual(attempts, seen.attempts);
      const [{ startedAt, durationMs, ...attempt }] = attempts;
      assert.deepEqual(attempt, { number: 1, provider: 'a', model: 'a-model', status: 'completed', errorKind: null, errorMessage: null, usage: { promptTokens: 1, completionTokens: 1 } });
      assert.ok(startedAt instanceof Date && durationMs >= 0);
      assert.equal(other.calls, 0);
    });

    it('one that cannot be used is skipped with its sentence', async () => {
      const seen = watch();
      const { provider } = await completeWithFallback([missing('openai'), scripted('b', { text: ['Hi'] })], seen.request, seen.hooks, fast);
      assert.equal(provider, 'b');
      assert.equal(seen.attempts[0].errorMessage, 'openai needs OPENAI_API_KEY to be set');
      assert.deepEqual(seen.outcomes(), [['openai', 'skipped', 'not_configured'], ['b', 'completed', null]]);
    });

    for (const kind of ['rate_limited', 'overloaded', 'unauthorized', 'context_too_long', 'cut_off', 'bad_answer', 'unreachable'] as const) {
      it(`after ${kind} the next one at once`, async () => {
        const first = scripted('a', failing(kind, kind === 'rate_limited' ? 5_000 : undefined));
        const { provider } = await completeWithFallback([first, scripted('b', { text: ['Hi'] })], watch().request, {}, fast);
        assert.equal(provider, 'b');
        assert.equal(first.calls, 1);
      });
    }

    it('one that is named twice is asked once', async () => {
      const provider = scripted('a', failing('unauthorized'));
      await exhausted([provider, provider], watch());
      assert.equal(provider.calls, 1);
    });

    it('the attempt is recorded before the next one starts', async () => {
      const order: string[] = [];
      const second = scripted('b', { text: ['Hi'] });
      const onAttempt = async ({ provider }: Attempt) => {
        await new Promise(setImmediate);
        order.push(`${provider} recorded, b asked ${second.calls} times`);
      };
      await completeWithFallback([scripted('a', failing('overloaded')), second], watch().request, { onAttempt }, fast);
      assert.deepEqual(order, ['a recorded, b asked 0 times', 'b recorded, b asked 1 times']);
    });
  });

  describe('retries of the last one', () => {
    for (const kind of ['overloaded', 'unreachable', 'cut_off'] as const) {
      it(`${kind}: two more tries`, async () => {
        const provider = scripted('b', failing(kind));
        const seen = watch();
        await exhausted([scripted('a', failing('unauthorized')), provider], seen);
        assert.equal(provider.calls, 3);
        assert.deepEqual(seen.attempts.map(({ number }) => number), [1, 2, 3, 4]);
      });
    }

    for (const kind of ['unauthorized', 'context_too_long', 'bad_answer'] as const) {
      it(`${kind}: none`, async () => {
        const provider = scripted('a', failing(kind));
        await exhausted([provider], watch());
        assert.equal(provider.calls, 1);
      });
    }

    it('rate_limited with a short Retry-After: waits and tries twice more', async () => {
      const provider = scripted('a', failing('rate_limited', 1));
      await exhausted([provider], watch());
      assert.equal(provider.calls, 3);
    });

    it('rate_limited without Retry-After, or with a long one: none', async () => {
      for (const wait of [undefined, 10_001]) {
        const provider = scripted('a', failing('rate_limited', wait));
        await exhausted([provider], watch());
        assert.equal(provider.calls, 1);
      }
    });

    it('overloaded with a long Retry-After: none', async () => {
      const provider = scripted('a', failing('overloaded', 10_001));
      await exhausted([provider], watch());
      assert.equal(provider.calls, 1);
    });

    it('the last usable one counts as the last', async () => {
      const provider = scripted('a', failing('overloaded'), { text: ['Hi'] });
      const seen = watch();
      await completeWithFallback([provider, missing('b')], seen.request, seen.hooks, fast);
      assert.deepEqual(seen.outcomes(), [['a', 'failed', 'overloaded'], ['a', 'completed', null]]);
    });
  });

  describe('restart', () => {
    it('text of a failed attempt is declared void before the next one starts', async () => {
      const seen = watch();
      const first = scripted('a', { text: ['One '], ...failing('cut_off') });
      await completeWithFallback([first, missing('b'), scripted('c', { text: ['Two'] })], seen.request, seen.hooks, fast);
      assert.deepEqual(seen.seen, ['One ', 'restart', 'Two']);
    });

    it('text is declared void once, not again after an attempt without text', async () => {
      const seen = watch();
      const first = scripted('a', { text: ['One '], ...failing('cut_off') });
      await completeWithFallback([first, scripted('b', failing('overloaded')), scripted('c', { text: ['Two'] })], seen.request, seen.hooks, fast);
      assert.deepEqual(seen.seen, ['One ', 'restart', 'Two']);
    });

    it('an attempt that showed no text is not declared void', async () => {
      const seen = watch();
      await completeWithFallback([scripted('a', failing('overloaded'), { text: ['Hi'] })], seen.request, seen.hooks, fast);
      assert.deepEqual(seen.seen, ['Hi']);
    });
  });

  it('goes from an overloaded OpenAI to Anthropic over the wire', async () => {
    const [openai, anthropic] = [await startOpenAiServer(), await startAnthropicServer()];
    try {
      openai.reply({ text: ['One ', 'two'], trouble: { after: 1, kind: 'cut' } });
      anthropic.reply({ text: ['Whole'], model: 'claude-x' });
      const seen = watch();
      const providers = [
        createOpenAiProvider({ name: 'openai', model: 'gpt-test', apiKey: 'k', baseUrl: `${openai.url}/v1` }),
        createAnthropicProvider({ name: 'anthropic', model: 'claude-test', apiKey: 'k', baseUrl: anthropic.url }),
      ];
      const answer = await completeWithFallback(providers, seen.request, seen.hooks, fast);
      assert.deepEqual([answer.message, answer.provider, answer.model], ['Whole', 'anthropic', 'claude-x']);
      assert.deepEqual(seen.seen, ['One ', 'restart', 'Whole']);
      assert.deepEqual(seen.outcomes(), [['openai', 'failed', 'cut_off'], ['anthropic', 'completed', null]]);
    } finally {
      await openai.close();
      await anthropic.close();
    }
  });
});
