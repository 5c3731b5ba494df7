import assert from 'node:assert/strict';
import type { Message, Provider } from '../../../src/providers/provider.js';
import type { ProviderServer } from '../../support/providerServer.js';
import { failure, request, wires } from '../../support/wires.js';

for (const wire of wires) {
  describe(`provider ${wire.name}: streamed answers`, () => {
    let server: ProviderServer;
    let provider: Provider;
    beforeEach(async () => {
      server = await wire.start();
      provider = wire.create(server.url);
    });
    afterEach(() => server.close());

    describe('answers', () => {
      it('text arrives in pieces, with usage and the model that answered', async () => {
        server.reply({ text: ['Hel', 'lo'], model: 'model-2026-01-01', usage: { promptTokens: 20, completionTokens: 3 } });
        const pieces: string[] = [];
        const answer = await provider.complete(request({ onDelta: (piece) => void pieces.push(piece) }));
        assert.deepEqual(pieces, ['Hel', 'lo']);
        assert.deepEqual(answer, { message: 'Hello', toolCalls: [], usage: { promptTokens: 20, completionTokens: 3 }, model: 'model-2026-01-01' });
      });

      it('text and several tool calls whose arguments arrive in pieces', async () => {
        server.reply({
          text: 'I look.',
          toolCalls: [
            { id: 'one_1', name: 'list_files', arguments: { folder: '/workspace/Berichte/März' } },
            { id: 'two_2', name: 'list_files', arguments: {} },
          ],
        });
        const answer = await provider.complete(request());
        assert.equal(answer.message, 'I look.');
        assert.deepEqual(answer.toolCalls, [
          { id: 'one_1', name: 'list_files', arguments: { folder: '/workspace/Berichte/März' } },
          { id: 'two_2', name: 'list_files', arguments: {} },
        ]);
      });

      for (const splitBytes of [1, 2, 5]) {
        it(`chunks of ${splitBytes} bytes split lines and characters without harm`, async () => {
          server.reply({ text: ['Größe 日本 ', '👩‍💻 ok'], toolCalls: [{ id: 'a', name: 'list_files', arguments: { folder: '日本/👩‍💻' } }], splitBytes });
          const made = request();
          const answer = await provider.complete(made);
          assert.equal(answer.message, 'Größe 日本 👩‍💻 ok');
          assert.equal(made.text, answer.message);
          assert.deepEqual(answer.toolCalls[0].arguments, { folder: '日本/👩‍💻' });
        });
      }

      for (const text of ['{"folder": ', '[1, 2]', '"a"', 'null', '{folder: 1}']) {
        it(`arguments that are no JSON object stay as text: ${text}`, async () => {
          server.reply({ toolCalls: [{ id: 'a', name: 'list_files', arguments: text }] });
          const { toolCalls } = await provider.complete(request());
          assert.deepEqual(toolCalls, [{ id: 'a', name: 'list_files', arguments: null, rawArguments: text }]);
        });
      }

      it('no arguments at all are an empty object', async () => {
        server.reply({ toolCalls: [{ id: 'a', name: 'list_files', arguments: '' }] });
        assert.deepEqual((await provider.complete(request())).toolCalls[0].arguments, {});
      });

      it('text at the length limit is an answer', async () => {
        server.reply({ text: 'As long as it', ending: 'length' });
        assert.equal((await provider.complete(request())).message, 'As long as it');
      });

      it('a complete tool call at the length limit is an answer', async () => {
        server.reply({ toolCalls: [{ name: 'list_files', arguments: { folder: 'a' } }], ending: 'length' });
        assert.deepEqual((await provider.complete(request())).toolCalls[0].arguments, { folder: 'a' });
      });

      it('the id of a tool call is new in the run even where the server repeats itself', async () => {
        server.reply({ toolCalls: [{ id: 'call_0', name: 'list_files', arguments: {} }, { id: 'call_0', name: 'list_files', arguments: {} }] });
        const messages: Message[] = [
          { role: 'user', content: 'Hello' },
          { role: 'assistant', content: '', toolCalls: [{ id: 'call_0', name: 'list_files', arguments: {} }] },
          { role: 'tool', toolCallId: 'call_0', toolName: 'list_files', content: '[]' },
        ];
        const { toolCalls } = await provider.complete(request({ messages }));
        assert.equal(new Set(['call_0', ...toolCalls.map(({ id }) => id)]).size, 3);
      });

      it('leaves no listener on the signal', async () => {
        server.reply({ text: 'Hello' });
        const signal = new AbortController().signal;
        let listeners = 0;
        const { addEventListener, removeEventListener } = signal;
        signal.addEventListener = (...args: any) => (listeners++, addEventListener.apply(signal, args));
        signal.removeEventListener = (...args: any) => (listeners--, removeEventListener.apply(signal, args));
        await provider.complete(request({ signal }));
        assert.equal(listeners, 0);
      });
    });

    describe('requests', () => {
      it('carry the whole conversation in the form the API accepts', async () => {
        // The loopback server refuses what the real one refuses.
        server.reply({ text: 'Done.' });
        const messages: Message[] = [
          { role: 'system', content: 'You are helpful.' },
          { role: 'user', content: 'Hello' },
          {
            role: 'assistant',
            content: 'I look.',
            toolCalls: [
              { id: 'call:1', name: 'list_files', arguments: { folder: 'a' } },
              { id: `toolu_${'x'.repeat(60)}`, name: 'list_files', arguments: null, rawArguments: '{"fol' },
            ],
          },
          { role: 'tool', toolCallId: 'call:1', toolName: 'list_files', content: '["a.txt"]' },
          { role: 'tool', toolCallId: `toolu_${'x'.repeat(60)}`, toolName: 'list_files', content: '{"error":"not JSON"}' },
          { role: 'assistant', content: '', toolCalls: [{ id: 'c', name: 'list_files', arguments: {} }] },
          { role: 'tool', toolCallId: 'c', toolName: 'list_files', content: '' },
        ];
        assert.equal((await provider.complete(request({ messages }))).message, 'Done.');
      });

      it('a conversation with an unanswered tool call is refused', async () => {
        const messages: Message[] = [
          { role: 'user', content: 'Hello' },
          { role: 'assistant', content: '', toolCalls: [{ id: 'a', name: 'list_files', arguments: {} }] },
        ];
        await failure(provider, 'bad_answer', request({ messages }));
      });

      it('name no tools when none are offered', async () => {
        server.reply({ text: 'Hello' });
        await provider.complete(request({ tools: [] }));
        assert.ok(!('tools' in server.requests[0].body));
      });

      it('are not sent with a key or an address that cannot work, and the key is not told', async () => {
        const wrongKey = await failure(wire.create(server.url, { apiKey: 'sk-secret\r\nx: y' }), 'not_configured');
        assert.doesNotMatch(wrongKey.message, /secret/);
        await failure(wire.create(server.url, { baseUrl: 'localhost:11434' }), 'not_configured');
        await failure(wire.create(server.url, { baseUrl: 'nowhere' }), 'not_configured');
        assert.equal(server.requests.length, 0);
      });

      it('are not sent when the provider is not configured', async () => {
        const error = await failure(wire.create(server.url, { unavailable: 'It needs A_KEY to be set' }), 'not_configured');
        assert.match(error.message, /A_KEY/);
        assert.equal(server.requests.length, 0);
      });
    });
  });
}
