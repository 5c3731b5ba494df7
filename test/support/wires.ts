import assert from 'node:assert/strict';
import { createAnthropicProvider } from '../../src/providers/anthropic.provider.js';
import type { EndpointOptions } from '../../src/providers/endpoint.js';
import { createOpenAiProvider } from '../../src/providers/openai.provider.js';
import { ProviderError, type Message, type Provider, type ProviderErrorKind, type ProviderRequest } from '../../src/providers/provider.js';
import { startAnthropicServer } from './anthropicServer.js';
import { startOpenAiServer } from './openaiServer.js';

export const apiKey = 'sk-very-secret-0123456789';

/** Both wire formats, each with its loopback server and its adapter: one suite runs over both. */
export const wires = [
  {
    name: 'openai',
    start: startOpenAiServer,
    create: (url: string, options: Partial<EndpointOptions> = {}) =>
      createOpenAiProvider({ name: 'openai', model: 'gpt-test', apiKey, baseUrl: `${url}/v1`, ...options }),
  },
  {
    name: 'anthropic',
    start: startAnthropicServer,
    create: (url: string, options: Partial<EndpointOptions> = {}) =>
      createAnthropicProvider({ name: 'anthropic', model: 'claude-test', apiKey, baseUrl: url, ...options }),
  },
];

export const listFiles = { name: 'list_files', description: 'Lists files', parameters: { type: 'object', properties: { folder: { type: 'string' } } } };

/** A request whose streamed text is gathered in `text`. */
export function request(overrides: Partial<ProviderRequest> = {}): ProviderRequest & { text: string } {
  const made = {
    messages: [
      { role: 'system', content: 'You are helpful.' },
      { role: 'user', content: 'Hello' },
    ] as Message[],
    tools: [listFiles],
    signal: new AbortController().signal,
    text: '',
    onDelta: (piece: string) => void (made.text += piece),
    ...overrides,
  };
  return made;
}

/** The error of a request that has to fail in this way; checks what holds for every such error. */
export async function failure(provider: Provider, kind: ProviderErrorKind, made = request()): Promise<ProviderError> {
  const error = await provider.complete(made).then(
    () => assert.fail('it answered'),
    (thrown: unknown) => thrown,
  );
  assert.ok(error instanceof ProviderError, String(error));
  assert.equal(error.kind, kind, error.message);
  assert.equal(error.provider, provider.name);
  assert.match(error.message, /^[^\n]+\.$/, 'one sentence');
  assert.ok(!error.message.includes(apiKey), 'the key is in the message');
  return error;
}
