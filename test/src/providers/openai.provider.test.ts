import assert from 'node:assert/strict';
import { createOpenAiProvider } from '../../../src/providers/openai.provider.js';
import { ProviderError, type Message, type Provider, type ProviderRequest } from '../../../src/providers/provider.js';
import { startOpenAiServer } from '../../support/openaiServer.js';
import type { ProviderServer } from '../../support/providerServer.js';

const tool = { name: 'list_files', description: 'Lists files', parameters: { type: 'object', properties: {} } };

const request = (overrides: Partial<ProviderRequest> = {}): ProviderRequest => ({
  messages: [{ role: 'user', content: 'Hello' }],
  tools: [tool],
  signal: new AbortController().signal,
  onDelta: () => {},
  ...overrides,
});

const kindOf = (provider: Provider) =>
  provider.complete(request()).then(
    () => 'answered',
    (error: unknown) => (error instanceof ProviderError ? error.kind : error),
  );

/** A whole stream written by hand, for what other servers do differently. */
const handwritten = (...chunks: object[]) => ({
  status: 200,
  headers: { 'content-type': 'text/event-stream' },
  body: [...chunks.map((chunk) => JSON.stringify(chunk)), '[DONE]'].map((data) => `data: ${data}\n\n`).join(''),
});
const delta = (value: object, finish: string | null = null) => ({ choices: [{ delta: value, finish_reason: finish }] });

describe('createOpenAiProvider', () => {
  let server: ProviderServer;
  let provider: Provider;
  beforeEach(async () => {
    server = await startOpenAiServer();
    provider = createOpenAiProvider({ name: 'openai', model: 'gpt-test', apiKey: 'sk-1', baseUrl: `${server.url}/v1` });
  });
  afterEach(() => server.close());

  it('context_length_exceeded, by its code or in words, is context_too_long', async () => {
    server.reply(
      { status: 400, code: 'context_length_exceeded' },
      { status: 400, message: "This model's maximum context length is 8192 tokens." },
      { status: 400, type: 'exceed_context_size_error' },
    );
    assert.deepEqual([await kindOf(provider), await kindOf(provider), await kindOf(provider)], Array(3).fill('context_too_long'));
  });

  it('a rate limit told with another status is rate_limited', async () => {
    server.reply({ status: 413, code: 'rate_limit_exceeded' });
    assert.equal(await kindOf(provider), 'rate_limited');
  });

  it('an error inside the stream with a status as its code is judged by it', async () => {
    server.reply({ text: ['a', 'b'], trouble: { after: 1, kind: 'error', error: { code: 429 } } });
    assert.equal(await kindOf(provider), 'rate_limited');
  });

  it('an event that is no object is bad_answer', async () => {
    server.reply({ status: 200, headers: { 'content-type': 'text/event-stream' }, body: 'data: 5\n\n' });
    assert.equal(await kindOf(provider), 'bad_answer');
  });

  it('sends the conversation, the tools and the key', async () => {
    server.reply({ text: 'Hi' });
    const messages: Message[] = [
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'Hello' },
      { role: 'assistant', content: '', toolCalls: [{ id: 'call_1', name: 'list_files', arguments: { a: 1 } }] },
      { role: 'tool', toolCallId: 'call_1', toolName: 'list_files', content: '[]' },
      { role: 'assistant', content: 'None.', toolCalls: [] },
      { role: 'user', content: 'Sure?' },
    ];
    await provider.complete(request({ messages }));
    const [{ body, headers }] = server.requests;
    assert.equal(headers.authorization, 'Bearer sk-1');
    assert.deepEqual(body, {
      model: 'gpt-test',
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'Hello' },
        { role: 'assistant', content: null, tool_calls: [{ id: 'call_1', type: 'function', function: { name: 'list_files', arguments: '{"a":1}' } }] },
        { role: 'tool', tool_call_id: 'call_1', content: '[]' },
        { role: 'assistant', content: 'None.' },
        { role: 'user', content: 'Sure?' },
      ],
      tools: [{ type: 'function', function: tool }],
      stream: true,
      stream_options: { include_usage: true },
    });
  });

  it('sends no Authorization header without a key', async () => {
    server.reply({ text: 'Hi' });
    await createOpenAiProvider({ name: 'ollama', model: 'qwen3', baseUrl: `${server.url}/v1/` }).complete(request());
    assert.equal(server.requests[0].headers.authorization, undefined);
  });

  it('switches reasoning off for a model that takes tools only so, and remembers it', async () => {
    const refusal = { status: 400, param: 'reasoning_effort', message: 'Function tools with reasoning_effort are not supported' };
    server.reply(refusal, { text: 'Hi' }, { text: 'Hi again' });
    await provider.complete(request());
    await provider.complete(request());
    assert.deepEqual(server.requests.map(({ body }) => body.reasoning_effort), [undefined, 'none', 'none']);
  });

  it('asks only once more when reasoning_effort is refused again', async () => {
    const refusal = { status: 400, param: 'reasoning_effort' };
    server.reply(refusal, refusal);
    assert.equal(await kindOf(provider), 'bad_answer');
    assert.equal(server.requests.length, 2);
  });

  it('reads tool calls without index or id, each whole in one piece', async () => {
    server.reply(
      handwritten(
        delta({ tool_calls: [{ id: 'a', function: { name: 'list_files', arguments: '{"a":1}' } }, { id: 'b', function: { name: 'list_files', arguments: '{"b":2}' } }] }),
        delta({}, 'stop'),
      ),
      handwritten(delta({ tool_calls: [{ index: 1, function: { name: 'list_files', arguments: '{"a"' } }] }), delta({ tool_calls: [{ index: 1, function: { arguments: ':1}' } }] }, 'stop')),
    );
    const named = await provider.complete(request());
    assert.deepEqual(named.toolCalls.map(({ id, arguments: args }) => [id, args]), [['a', { a: 1 }], ['b', { b: 2 }]]);
    const nameless = await provider.complete(request());
    assert.deepEqual(nameless.toolCalls.map(({ arguments: args }) => args), [{ a: 1 }]);
    assert.match(nameless.toolCalls[0].id, /^call_\w+$/);
  });

  it('reads tool calls that all have the index 0 and ids of their own', async () => {
    const call = (id: string, json: string) => ({ tool_calls: [{ index: 0, id, function: { name: 'list_files', arguments: json } }] });
    server.reply(handwritten(delta(call('a', '{"a":1}')), delta(call('b', '{"b":2}'), 'tool_calls')));
    const { toolCalls } = await provider.complete(request());
    assert.deepEqual(toolCalls.map(({ id, arguments: args }) => [id, args]), [['a', { a: 1 }], ['b', { b: 2 }]]);
  });

  it('a tool call without a name is bad_answer', async () => {
    server.reply(handwritten(delta({ tool_calls: [{ index: 0, id: 'a', function: { arguments: '{}' } }] }, 'tool_calls')));
    assert.equal(await kindOf(provider), 'bad_answer');
  });

  it('a refusal in words is the answer, and usage may be missing', async () => {
    server.reply(handwritten(delta({ refusal: 'I will not.' }), delta({}, 'stop')));
    const { message, usage } = await provider.complete(request());
    assert.equal(message, 'I will not.');
    assert.deepEqual(usage, { promptTokens: 0, completionTokens: 0 });
  });

  it('an answer declared whole stands although the connection breaks before [DONE]', async () => {
    const whole = handwritten(delta({ content: 'Hi' }, 'stop'));
    server.reply({ ...whole, headers: { ...whole.headers, 'content-length': '9999' } });
    const impatient = createOpenAiProvider({ name: 'openai', model: 'gpt-test', baseUrl: `${server.url}/v1`, stallMs: 30 });
    assert.equal((await impatient.complete(request())).message, 'Hi');
  });
});
