import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import { routes } from '../../rest-adapter/routes.js';
import { longestBody } from '../../rest-adapter/body.js';
import { longestFrame } from '../../rest-adapter/ws/protocol.js';
import { everyRow } from '../access/canaries.js';
import { formWith } from '../support/form.js';
import type { Answer } from '../support/listen.js';
import { bomb } from '../src/memory/files.js';
import { isOpen, nameOf, useDoors, withBody } from './doors.js';

const json = { 'content-type': 'application/json' };
const refused = ({ status, json: body }: Answer, what: string, expected = 400, code = 'VALIDATION_ERROR') =>
  assert.deepEqual([status, body?.code ?? body?.errors?.[0]?.extensions.code], [expected, code], what);

describe('bad bodies', () => {
  const doors = useDoors();
  let rows: Map<string, string[]>;
  before(async () => void (rows = await everyRow()));

  const toGraphql = (body: string | Buffer, headers: Record<string, string> = json) => doors.sendGraphql(doors.world.owner.token, { body, headers });

  /** Sends texts to `/ws`, each of which is answered with an error, and the connection goes on. */
  async function toLive(texts: string[]): Promise<void> {
    const client = await doors.live(doors.world.owner.token);
    for (const text of texts) client.socket.send(text);
    client.send({ type: 'ping' });
    await client.until(() => client.frames.length === texts.length + 1);
    const errors = client.frames.filter(({ type }) => type !== 'pong');
    assert.deepEqual(errors.map(({ type, code }) => [type, code]), texts.map(() => ['error', 'VALIDATION_ERROR']));
  }

  /** Sends a text to a socket of GraphQL, which is no message and closes it. */
  async function toSocket(text: string): Promise<void> {
    const client = await doors.socket(doors.world.owner.token);
    assert.ok(isOpen(client));
    client.socket.send(text);
    await client.until(() => client.closed !== undefined);
    assert.equal(client.closed!.code, 4400, text);
  }

  it('malformed JSON is 400 for every route, for GraphQL and for frames', async () => {
    const texts = ['{"name":', '{name:1}', "{'name':1}", '{"name":"x"}}', '{"name":"x",}', 'NaN', '\ufeff{', '{"name":"\n"}'];
    for (const route of withBody) {
      for (const body of texts) refused(await doors.send(route, { body, headers: json }), `${nameOf(route)} ${body}`);
    }
    for (const body of texts) refused(await toGraphql(body), body);
    await toLive(texts);
    for (const text of texts) await toSocket(text);
  });

  it('empty, null and array bodies are 400, or change nothing where nothing has to be given', async () => {
    const texts = ['null', '[]', '[{}]', '5', '"text"', 'true'];
    for (const route of withBody) {
      for (const body of texts) refused(await doors.send(route, { body, headers: json }), `${nameOf(route)} ${body}`);
      for (const body of [undefined, '', '{}']) {
        const { status } = await doors.send(route, { body, headers: json });
        assert.equal(status, changing.includes(nameOf(route)) ? 200 : 400, `${nameOf(route)} ${body}`);
      }
    }
    for (const body of ['', '{}', ...texts]) refused(await toGraphql(body), body);
    await toLive(['', '{}', ...texts]);
    for (const text of ['', '{}', ...texts]) await toSocket(text);
  });

  /** Those that take what is given and leave the rest as it is. */
  const changing = ['PUT /api/personas/:id', 'PUT /api/agents/:id', 'PUT /api/personas/:personaId/tools/:toolId', 'PUT /api/admin/users/:id'];

  it('NUL and lone surrogates are 400 in every text, and are named', async () => {
    const faults: [text: string, says: string][] = [['a\0b', 'the character NUL'], ['\ud83d', 'half a surrogate pair'], ['\udca5\ud83d', 'half a surrogate pair']];
    for (const [text, says] of faults) {
      for (const route of withBody) {
        const fields = [...(route.body ?? []), ...(route.input ?? [])];
        for (const field of fields) {
          const { status, json: body } = await doors.send(route, { body: { [field]: text, config: { [text]: text } } });
          assert.equal(status, 400, `${nameOf(route)} ${field}`);
          assert.ok(body.details[field], `${nameOf(route)} does not name ${field}`);
        }
      }
      const sentence = { name: `Name must not contain ${says}` };
      const variables = { input: { name: text, systemPrompt: 'You help.' } };
      const query = 'mutation ($input: CreatePersonaInput!) { createPersona(input: $input) { id } }';
      assert.deepEqual((await doors.send({ method: 'POST', path: '/api/personas', auth: true }, { body: variables.input })).json.details, sentence);
      assert.deepEqual((await toGraphql(JSON.stringify({ query, variables }))).json.errors[0].extensions.details, sentence);
      const client = await doors.socket(doors.world.owner.token);
      client.send({ type: 'subscribe', id: '1', payload: { query, variables } });
      await client.until(() => client.frames.length === 2);
      assert.deepEqual(client.frames[1]!.payload[0].extensions.details, sentence);
      await toLive([JSON.stringify({ type: 'subscribe:run', runId: text }), JSON.stringify({ type: text })]);
    }
  });

  it('bombs and what is too large are 413, or close the socket with 1009', async () => {
    const large = JSON.stringify({ name: 'x'.repeat(longestBody) });
    const packed = gzipSync(JSON.stringify({ name: 'x'.repeat(10_000_000) }));
    assert.ok(packed.length < 20_000);
    const persona = { method: 'POST', path: '/api/personas', auth: true } as const;
    refused(await doors.send(persona, { body: large, headers: json }), 'large', 413, 'PAYLOAD_TOO_LARGE');
    refused(await doors.send(persona, { body: packed, headers: { ...json, 'content-encoding': 'gzip' } }), 'gzip', 413, 'PAYLOAD_TOO_LARGE');
    refused(await toGraphql(large), 'GraphQL', 413, 'PAYLOAD_TOO_LARGE');
    refused(await toGraphql(packed, { ...json, 'content-encoding': 'gzip' }), 'GraphQL, gzip', 413, 'PAYLOAD_TOO_LARGE');
    const upload = routes.find(({ form }) => form)!;
    for (const content of [bomb(), Buffer.alloc(5 * 1024 * 1024, 'x')]) refused(await doors.send(upload, formWith(content)), 'upload', 413, 'PAYLOAD_TOO_LARGE');
    for (const [client, length] of [[await doors.live(doors.world.owner.token), longestFrame + 1], [await doors.socket(doors.world.owner.token), 1_000_001]] as const) {
      client.socket.send(' '.repeat(length));
      await client.until(() => client.closed !== undefined);
      assert.equal(client.closed!.code, 1009);
    }
  });

  it('a wrong type of body or file is 415, and a file name that leads elsewhere 400', async () => {
    for (const route of withBody) {
      for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'application/xml']) {
        refused(await doors.send(route, { body: '{}', headers: { 'content-type': type } }), `${nameOf(route)} ${type}`, 415, 'UNSUPPORTED_MEDIA_TYPE');
      }
    }
    const upload = routes.find(({ form }) => form)!;
    refused(await doors.send(upload, { body: {} }), 'JSON', 415, 'UNSUPPORTED_MEDIA_TYPE');
    for (const head of ['89504e470d0a1a0a0000000d49484452', '7f454c4602010100', 'd0cf11e0a1b11ae1', '4d5a90000300']) {
      refused(await doors.send(upload, formWith(Buffer.from(head, 'hex'), 'report.pdf')), head, 415, 'UNSUPPORTED_MEDIA_TYPE');
    }
    for (const name of ['../../etc/passwd', '..\\..\\boot.ini', '/etc/passwd', '..', 'C:\\a.txt', 'a/../b.txt']) {
      refused(await doors.send(upload, formWith('text', name)), name);
      refused(await doors.send(upload, formWith('text', 'a.txt', name)), name);
    }
  });

  it('nothing of it has made or changed anything', async () => {
    const now = await everyRow();
    for (const [table, before] of rows) assert.deepEqual(now.get(table)!.sort(), before.sort(), table);
  });
});
