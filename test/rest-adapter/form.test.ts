import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { connect } from 'node:net';
import { dirname } from 'node:path';
import { Document } from '../../src/memory/document.model.js';
import { pathOf } from '../../src/memory/documentFiles.js';
import { bomb } from '../src/memory/files.js';
import { eventually } from '../support/eventually.js';
import { formOf, formWith, type FormPart } from '../support/form.js';
import { useServer } from '../support/server.js';
import { makeWorld, type World } from './world.js';

describe('REST adapter: a form with a file', () => {
  const server = useServer();

  const pathFor = (persona: { id: string }) => `/api/personas/${persona.id}/memory/upload`;

  const uploadsLeft = (persona: { id: string }) => {
    const folder = `${dirname(dirname(pathOf(persona.id, 'x')))}/incoming`;
    return existsSync(folder) ? readdirSync(folder) : [];
  };

  let world: World;
  before(async () => {
    world = await makeWorld(server);
  });

  /** Sends a form that has to be refused, and nothing may be left of it. */
  async function refused(parts: FormPart[] | ReturnType<typeof formOf>, status: number, details?: Record<string, unknown>) {
    const { owner, persona } = world;
    const form = Array.isArray(parts) ? formOf(parts) : parts;
    const answer = await server.request('POST', pathFor(persona), { token: owner.token, headers: form.headers, body: form.body });
    assert.equal(answer.status, status, answer.text);
    if (details) assert.deepEqual(answer.json.details, details);
    assert.equal(await Document.query().where({ persona_id: persona.id }).resultSize(), 0);
    assert.deepEqual(uploadsLeft(persona), []);
    return answer;
  }

  it('answers 400 to a form without a file', async () => {
    await refused([], 400);
    await refused([{ name: 'name', content: 'A name' }], 400, { file: 'File is required' });
    await refused([{ name: 'file', content: 'no file but text' }], 400, { file: 'File is required' });
    await refused([{ name: 'other', fileName: 'a.txt', content: 'text' }], 400, { file: 'File is required' });
    await refused([{ name: 'file', fileName: '', content: '' }], 400, { file: 'File is required' });
  });

  it('answers 400 to an empty file and to two files', async () => {
    await refused([{ name: 'file', fileName: 'a.txt', content: '' }], 400, { file: 'File is empty' });
    const file = { name: 'file', fileName: 'a.txt', content: 'text' };
    await refused([file, file], 400, { file: 'File must be sent once' });
  });

  it('answers 400 to a form that is cut off, that has no boundary and that has too many parts', async () => {
    await refused(formOf([{ name: 'file', fileName: 'a.txt', content: 'x'.repeat(300_000) }], { isCut: true }), 400, { body: 'Body is not a whole form' });
    await refused(formOf([{ name: 'name', content: 'A name' }, { name: 'file', fileName: 'a.txt', content: '' }], { isCut: true }), 400, { body: 'Body is not a whole form' });
    await refused({ headers: { 'content-type': 'multipart/form-data' }, body: Buffer.from('x') }, 400, { body: 'Body must have a boundary' });
    await refused({ headers: { 'content-type': 'multipart/form-data; boundary=x' }, body: Buffer.alloc(0) }, 400);
    await refused(Array.from({ length: 50 }, () => ({ name: 'name', content: 'x' })), 400);
  });

  it('answers 400 to names that are paths, have NUL or control characters, or never end', async () => {
    for (const fileName of ['../../etc/passwd', '..\\..\\boot.ini', '/etc/passwd', '..', 'a\u202egpj.exe', 'x'.repeat(300), 'a\0.txt', 'a\u0007.txt']) {
      await refused([{ name: 'file', fileName, content: 'text' }], 400);
    }
    for (const name of ['../x', 'a\0b', 'x'.repeat(256), 'x'.repeat(20_000)]) {
      const answer = await refused(formWith('text', 'a.txt', name), 400);
      assert.deepEqual(Object.keys(answer.json.details), ['name']);
    }
  });

  it('answers 413 to a file over the limit, and keeps nothing of it', async () => {
    const answer = await refused([{ name: 'file', fileName: 'a.txt', content: 'x'.repeat(5 * 1024 * 1024) }], 413);
    assert.equal(answer.json.code, 'PAYLOAD_TOO_LARGE');
  });

  it('answers 413 to a file that unpacks to too much', async () => {
    const answer = await refused([{ name: 'file', fileName: 'a.docx', content: bomb() }], 413, { file: 'The file unpacks to more than can be read.' });
    assert.equal(answer.json.code, 'PAYLOAD_TOO_LARGE');
  });

  it('answers 415 to a body that is no form and to files that cannot be read, whatever they are called', async () => {
    await refused({ headers: { 'content-type': 'application/json' }, body: Buffer.from('{}') }, 415);
    await refused({ headers: { 'content-type': 'text/plain' }, body: Buffer.from('text') }, 415);
    const png = Buffer.from('89504e470d0a1a0a0000000d4948445200000001', 'hex');
    const old = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)]);
    for (const bytes of [png, old, Buffer.from('\x7fELF\x02\x01\x01\0\0\0', 'latin1'), Buffer.from('GIF89a\x01\0\x01\0', 'latin1')]) {
      const answer = await refused([{ name: 'file', fileName: 'report.pdf', content: bytes }], 415);
      assert.equal(answer.json.code, 'UNSUPPORTED_MEDIA_TYPE');
    }
  });

  it('keeps nothing when the client goes away in the middle', async () => {
    const { owner, persona } = await makeWorld(server);
    const { headers, body } = formWith('x'.repeat(1_000_000));
    const socket = connect(server.port, '127.0.0.1');
    socket.write(`POST ${pathFor(persona)} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${owner.token}\r\n`
      + `content-type: ${headers['content-type']}\r\ncontent-length: ${body.length}\r\n\r\n`);
    socket.write(body.subarray(0, 500_000));
    await eventually(() => uploadsLeft(persona).length > 0);
    socket.destroy();
    await eventually(() => uploadsLeft(persona).length === 0);
    assert.equal(await Document.query().where({ persona_id: persona.id }).resultSize(), 0);
  });
});
