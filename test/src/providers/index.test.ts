import assert from 'node:assert/strict';
import { createProviders, defaultModels } from '../../../src/providers/index.js';
import type { Provider } from '../../../src/providers/provider.js';
import { startOpenAiServer } from '../../support/openaiServer.js';

const local: Provider = { name: 'local', model: 'rules', unavailable: null, complete: () => Promise.reject(new Error('not asked here')) };
const request = () => ({ messages: [{ role: 'user' as const, content: 'Hello' }], tools: [], signal: new AbortController().signal, onDelta: () => {} });

describe('createProviders', () => {
  it('two providers with the same name are refused', () => {
    const compatible = [{ name: 'openai', baseUrl: 'http://127.0.0.1:1/v1', model: 'm' }];
    assert.throws(() => createProviders({ local, compatible }), /Two providers are named "openai"/);
  });

  it('a provider without its key says which variable to set', () => {
    const providers = createProviders({ local, groq: { apiKey: '' } });
    const reasons = Object.fromEntries(providers.all().map(({ name, unavailable }) => [name, unavailable]));
    assert.deepEqual(reasons, {
      openai: 'openai needs OPENAI_API_KEY to be set',
      anthropic: 'anthropic needs ANTHROPIC_API_KEY to be set',
      groq: 'groq needs GROQ_API_KEY to be set',
      local: null,
    });
  });

  it('openai needs its key at its own address, however that is written', () => {
    const providers = createProviders({ local, openai: { baseUrl: 'https://api.openai.com/v1/' } });
    assert.match(providers.get('openai')!.unavailable!, /OPENAI_API_KEY/);
  });

  it('finds each by its name, with the model of the settings or the default', () => {
    const compatible = [{ name: 'ollama', baseUrl: 'http://127.0.0.1:11434/v1', model: 'qwen3' }];
    const providers = createProviders({ local, openai: { apiKey: 'k', model: 'gpt-x' }, anthropic: { apiKey: 'k' }, compatible });
    assert.deepEqual(providers.names(), ['openai', 'anthropic', 'groq', 'local', 'ollama']);
    assert.deepEqual(providers.all().map(({ model }) => model), ['gpt-x', defaultModels.anthropic, defaultModels.groq, 'rules', 'qwen3']);
    assert.equal(providers.get('local'), local);
    assert.equal(providers.get('nobody'), undefined);
    assert.equal(providers.get('ollama')!.unavailable, null);
  });

  it('openai, groq and a compatible server reach the address of their settings', async () => {
    const server = await startOpenAiServer();
    const baseUrl = `${server.url}/v1`;
    try {
      const providers = createProviders({
        local,
        openai: { baseUrl },
        groq: { baseUrl, apiKey: 'gsk' },
        compatible: [{ name: 'vllm', baseUrl, apiKey: 'vk', model: 'm' }],
      });
      for (const name of ['openai', 'groq', 'vllm']) {
        server.reply({ text: name });
        assert.equal((await providers.get(name)!.complete(request())).message, name);
      }
      assert.deepEqual(server.requests.map(({ headers }) => headers.authorization), [undefined, 'Bearer gsk', 'Bearer vk']);
    } finally {
      await server.close();
    }
  });
});
