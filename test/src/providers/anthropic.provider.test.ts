import assert from 'node:assert/strict';
import { createAnthropicProvider } from '../../../src/providers/anthropic.provider.js';
import { ProviderError, type Message, type Provider, type ProviderRequest } from '../../../src/providers/provider.js';
import { startAnthropicServer } from '../../support/anthropicServer.js';
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

/** A whole stream written by hand. */
const handwritten = (...events: { type: string }[]) => ({
  status: 200,
  headers: { 'content-type': 'text/event-stream' },
  body: events.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`).join(''),
});
const end = (stop_reason: string) => [{ type: 'message_delta', delta: { stop_reason }, usage: { output_tokens: 5 } }, { type: 'message_stop' }];

describe('createAnthropicProvider', () => {
  let server: ProviderServer;
  let provider: Provider;
  beforeEach(async () => {
    server = await startAnthropicServer();
    provider = createAnthropicProvider({ name: 'anthropic', model: 'claude-test', apiKey: 'sk-ant-1', baseUrl: server.url });
  });
  afterEach(() => server.close());

  it('"prompt is too long" and a full context window are context_too_long', async () => {
    server.reply(
      { status: 400, message: 'prompt is too long: 210000 tokens > 200000 maximum' },
      { status: 400, message: 'input length and `max_tokens` exceed context limit: 190000 + 32000 > 200000' },
      handwritten(...end('model_context_window_exceeded')),
    );
    assert.deepEqual([await kindOf(provider), await kindOf(provider), await kindOf(provider)], Array(3).fill('context_too_long'));
  });

  it('a key without credit is unauthorized', async () => {
    server.reply({ status: 402, type: 'billing_error' });
    assert.equal(await kindOf(provider), 'unauthorized');
  });

  it('sends the system text apart, merges results into one turn and sends the key', async () => {
    server.reply({ text: 'Hi' });
    const messages: Message[] = [
      { role: 'system', content: 'Be brief.' },
      { role: 'system', content: 'Be kind.' },
      { role: 'user', content: 'Hello' },
      { role: 'user', content: ' ' },
      {
        role: 'assistant',
        content: 'I look.',
        toolCalls: [
          { id: 'one', name: 'list_files', arguments: { a: 1 } },
          { id: 'two', name: 'list_files', arguments: null, rawArguments: '{' },
        ],
      },
      { role: 'tool', toolCallId: 'one', toolName: 'list_files', content: '[]' },
      { role: 'tool', toolCallId: 'two', toolName: 'list_files', content: '{"error":"not JSON"}' },
      { role: 'user', content: 'Go on.' },
    ];
    await provider.complete(request({ messages }));
    const [{ body, headers }] = server.requests;
    assert.equal(headers.authorization, 'Bearer sk-ant-1');
    assert.deepEqual(body, {
      model: 'claude-test',
      max_tokens: 32_000,
      system: 'Be brief.\n\nBe kind.',
      messages: [
        { role: 'user', content: [{ type: 'text', text: 'Hello' }] },
        {
          role: 'assistant',
          content: [
            { type: 'text', text: 'I look.' },
            { type: 'tool_use', id: 'one', name: 'list_files', input: { a: 1 } },
            { type: 'tool_use', id: 'two', name: 'list_files', input: {} },
          ],
        },
        {
          role: 'user',
          content: [
            { type: 'tool_result', tool_use_id: 'one', content: '[]' },
            { type: 'tool_result', tool_use_id: 'two', content: '{"error":"not JSON"}' },
            { type: 'text', text: 'Go on.' },
          ],
        },
      ],
      tools: [{ name: 'list_files', description: 'Lists files', input_schema: tool.parameters }],
      stream: true,
    });
  });

  it('counts what the prompt cache gave as input', async () => {
    const usage = { input_tokens: 3, cache_creation_input_tokens: 10, cache_read_input_tokens: 100, output_tokens: 1 };
    server.reply(
      handwritten(
        { type: 'message_start', message: { model: 'claude-test-1', usage } } as { type: string },
        { type: 'content_block_start', index: 0, content_block: { type: 'text', text: 'Hi' } } as { type: string },
        ...end('end_turn'),
      ),
    );
    const answer = await provider.complete(request());
    assert.deepEqual(answer, { message: 'Hi', toolCalls: [], usage: { promptTokens: 113, completionTokens: 5 }, model: 'claude-test-1' });
  });

  it('takes a tool input that comes whole, and leaves thinking out of the text', async () => {
    server.reply(
      handwritten(
        { type: 'content_block_start', index: 0, content_block: { type: 'thinking', thinking: '', signature: '' } } as { type: string },
        { type: 'content_block_delta', index: 0, delta: { type: 'thinking_delta', thinking: 'Let me see' } } as { type: string },
        { type: 'content_block_start', index: 1, content_block: { type: 'tool_use', id: 'a', name: 'list_files', input: { a: 1 } } } as { type: string },
        ...end('tool_use'),
      ),
    );
    const { message, toolCalls } = await provider.complete(request());
    assert.equal(message, '');
    assert.deepEqual(toolCalls, [{ id: 'a', name: 'list_files', arguments: { a: 1 } }]);
  });
});
