import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Provider, ProviderErrorKind } from '../../../src/providers/provider.js';
import type { ProviderServer, Script, Trouble } from '../../support/providerServer.js';
import { apiKey, failure, request, wires } from '../../support/wires.js';

for (const wire of wires) {
  describe(`provider ${wire.name}: failures`, () => {
    let server: ProviderServer;
    let provider: Provider;
    beforeEach(async () => {
      server = await wire.start();
      provider = wire.create(server.url);
    });
    afterEach(() => server.close());

    const fails = async (script: Script, kind: ProviderErrorKind, using = provider) => {
      server.reply(script);
      return failure(using, kind);
    };

    describe('refusals', () => {
      it('400 is bad_answer with the words of the server, without the key', async () => {
        const error = await fails({ status: 400, message: `something is wrong\nwith ${apiKey}` }, 'bad_answer');
        assert.match(error.message, /refused the request \(HTTP 400\): something is wrong with \[key\]\.$/);
      });

      it('401 and 403 are unauthorized and do not quote the server', async () => {
        for (const status of [401, 403]) {
          const error = await fails({ status, message: `Incorrect API key provided: ${apiKey.slice(0, 9)}***` }, 'unauthorized');
          assert.doesNotMatch(error.message, /sk-/);
        }
      });

      it('404 is bad_answer', () => fails({ status: 404, message: 'no such model' }, 'bad_answer'));

      it('413 is context_too_long', () => fails({ status: 413 }, 'context_too_long'));

      it('429 is rate_limited with Retry-After in seconds', async () => {
        const error = await fails({ status: 429, headers: { 'retry-after': '7' } }, 'rate_limited');
        assert.equal(error.retryAfterMs, 7000);
      });

      it('429 is rate_limited with Retry-After as a date', async () => {
        const date = new Date(Date.now() + 3_600_000).toUTCString();
        const { retryAfterMs } = await fails({ status: 429, headers: { 'retry-after': date } }, 'rate_limited');
        assert.ok(retryAfterMs! > 3_000_000 && retryAfterMs! <= 3_600_000, String(retryAfterMs));
      });

      it('429 is rate_limited without Retry-After or with an unreadable one', async () => {
        assert.equal((await fails({ status: 429 }, 'rate_limited')).retryAfterMs, undefined);
        assert.equal((await fails({ status: 429, headers: { 'retry-after': 'soon' } }, 'rate_limited')).retryAfterMs, undefined);
      });

      for (const status of [500, 502, 503, 529]) {
        it(`${status} is overloaded, asked once`, async () => {
          await fails({ status }, 'overloaded');
          assert.equal(server.requests.length, 1);
        });
      }

      it('an HTML page as an error is judged by its status', async () => {
        const error = await fails({ status: 502, headers: { 'content-type': 'text/html' }, body: '<html>Bad Gateway</html>' }, 'overloaded');
        assert.doesNotMatch(error.message, /</);
      });
    });

    describe('broken answers', () => {
      it('a body that is no stream of events is bad_answer', async () => {
        await fails({ status: 200, body: '{"broken": ' }, 'bad_answer');
        await fails({ status: 200, headers: { 'content-type': 'text/html' }, body: '<html>Log in</html>' }, 'bad_answer');
      });

      it('an event that is not JSON is bad_answer', () =>
        fails({ text: ['One', 'two'], trouble: { after: 1, kind: 'garbage' } }, 'bad_answer'));

      it('an answer with neither text nor tool call is bad_answer', async () => {
        await fails({}, 'bad_answer');
        await fails({ text: [' ', '\n'] }, 'bad_answer');
      });

      it('an answer that the provider declines is bad_answer', () => fails({ text: 'I ca', ending: 'refused' }, 'bad_answer'));

      for (const kind of ['cut', 'end'] as const) {
        for (const after of [0, 1, 2]) {
          it(`a stream that breaks off (${kind}) after ${after} pieces is cut_off`, () =>
            fails({ text: ['One ', 'two'], trouble: { after, kind } }, 'cut_off'));
        }
      }

      it('a stream that breaks off inside a tool call is cut_off', () =>
        fails({ toolCalls: [{ name: 'list_files', arguments: { folder: '/workspace/reports' } }], trouble: { after: 3, kind: 'cut' } }, 'cut_off'));

      it('a length limit inside a tool call is cut_off', () =>
        fails({ toolCalls: [{ name: 'list_files', arguments: '{"folder":"/work' }], ending: 'length' }, 'cut_off'));

      it('a stream that falls silent is cut_off, and its connection is closed', async () => {
        const impatient = wire.create(server.url, { stallMs: 30 });
        const error = await fails({ text: ['One ', 'two'], trouble: { after: 1, kind: 'stall' } }, 'cut_off', impatient);
        assert.match(error.message, /sent nothing for 0\.03 s/);
        assert.equal(await server.requests[0].left, true);
      });

      it('a server that takes the request and says nothing is cut_off', async () => {
        // Long enough for the request to arrive on a busy machine.
        await fails({ silent: true }, 'cut_off', wire.create(server.url, { stallMs: 300 }));
        assert.equal(await server.requests[0].left, true);
      });

      const inStream = (error: Trouble['error']): Script => ({ text: ['One ', 'two'], trouble: { after: 1, kind: 'error', error } });

      it('an error inside the stream is overloaded unless it has a better name', async () => {
        await fails(inStream({ type: 'overloaded_error', message: 'Overloaded' }), 'overloaded');
        await fails(inStream({ type: 'something_new' }), 'overloaded');
        await fails(inStream({ type: 'rate_limit_error' }), 'rate_limited');
        await fails(inStream({ type: 'authentication_error' }), 'unauthorized');
        await fails(inStream({ type: 'invalid_request_error', message: 'no' }), 'bad_answer');
      });
    });

    describe('unreachable', () => {
      it('a refused connection says so and where', async () => {
        const listener = createServer().listen(0, '127.0.0.1');
        await once(listener, 'listening');
        const { port } = listener.address() as { port: number };
        listener.close();
        await once(listener, 'close');
        const error = await failure(wire.create(`http://127.0.0.1:${port}`), 'unreachable');
        assert.match(error.message, new RegExp(`cannot be reached at 127\\.0\\.0\\.1:${port}: the connection was refused\\.$`));
      });

      it('an unknown name', () => failure(wire.create('http://nowhere.invalid'), 'unreachable'));
    });

    describe('abort', () => {
      it('before the request: nothing is sent and the reason is thrown', async () => {
        const reason = new Error('cancelled by the user');
        await assert.rejects(provider.complete(request({ signal: AbortSignal.abort(reason) })), reason);
        assert.equal(server.requests.length, 0);
      });

      it('in mid-stream: closes the connection and throws the reason', async () => {
        server.reply({ text: ['One ', 'two'], trouble: { after: 1, kind: 'stall' } });
        const controller = new AbortController();
        const reason = new Error('cancelled by the user');
        const made = request({ signal: controller.signal, onDelta: () => controller.abort(reason) });
        await assert.rejects(provider.complete(made), (thrown) => thrown === reason);
        assert.equal(await server.requests[0].left, true);
      });

      it('while the server is silent: closes the connection and throws the reason', async () => {
        server.reply({ silent: true });
        const controller = new AbortController();
        const reason = new Error('out of time');
        const answer = provider.complete(request({ signal: controller.signal }));
        while (server.requests.length === 0) await new Promise(setImmediate);
        controller.abort(reason);
        await assert.rejects(answer, (thrown) => thrown === reason);
        assert.equal(await server.requests[0].left, true);
      });

      it('an exception of the watcher ends the stream and is thrown as it is', async () => {
        server.reply({ text: ['One ', 'two'], trouble: { after: 1, kind: 'stall' } });
        const fault = new TypeError('a fault of our own');
        const made = request({
          onDelta: () => {
            throw fault;
          },
        });
        await assert.rejects(provider.complete(made), (thrown) => thrown === fault);
        assert.equal(await server.requests[0].left, true);
      });
    });
  });
}
