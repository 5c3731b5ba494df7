import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { formWith } from '../support/form.js';
import { type Answer, sendTo, type SendOptions } from '../support/listen.js';
import { freePort, ServerProcess } from '../support/serverProcess.js';
import { temporaryFolder } from '../support/temporaryFolder.js';
import { hostileUploads } from './hostileFiles.js';

const megabyte = 1024 * 1024;

/** How long refusing may take, in milliseconds of the server's processor: those on the clock depend on what else the machine does. */
const mostWork = 100;

/** How much the server may grow, in bytes. */
const mostGrowth = 50 * megabyte;

describe('hostile uploads to npm start', function () {
  this.timeout(240_000);
  let folder: string;
  let server: ServerProcess;
  let send: (method: string, path: string, options?: SendOptions) => Promise<Answer>;
  let uploadPath: string;
  let first: Usage;
  let most = 0;

  before('start the server and let it read one document', async () => {
    folder = await temporaryFolder();
    const port = await freePort();
    server = await new ServerProcess(port, folder, { MAX_UPLOAD_BYTES: '6200000' }).ready();
    const login = await sendTo(port, 'POST', '/api/auth/login', { body: { email: 'demo@persona-platform.local', password: 'demo123' } });
    send = (method, path, { headers, ...rest } = {}) =>
      sendTo(port, method, path, { ...rest, headers: { ...headers, authorization: `Bearer ${login.json.token}` } });
    const [{ id }] = (await send('GET', '/api/personas')).json.data;
    uploadPath = `/api/personas/${id}/memory/upload`;
    // What reading and embedding need once is there before anything is measured, and the heap has the size that this many answers give it:
    // what grows later grows by the uploads.
    for (let asked = 0; asked < 1000; asked++) await usage();
    assert.equal((await ended((await send('POST', uploadPath, formWith('All is well.'))).json.id)).status, 'completed');
    first = await usage();
  });
  after(async () => {
    await server.stop();
    await rm(folder, { recursive: true });
  });

  interface Usage {
    /** Bytes. */
    memory: number;
    /** Milliseconds of the processor since the start. */
    work: number;
  }

  async function usage(): Promise<Usage> {
    const { text } = await send('GET', '/metrics');
    const [memory, seconds] = ['process_resident_memory_bytes', 'process_cpu_seconds_total'].map((name) => Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)![1]));
    most = Math.max(most, memory!);
    return { memory: memory!, work: seconds! * 1000 };
  }

  /** The document once it has been processed, with the reason when it failed. */
  async function ended(id: string): Promise<{ status: string; errorMessage: string | null }> {
    const query = 'query ($personaId: UUID!) { documents(personaId: $personaId, limit: 100) { data { id status errorMessage } } }';
    const personaId = uploadPath.split('/')[3];
    for (;;) {
      const { json } = await send('POST', '/graphql', { body: { query, variables: { personaId } } });
      const document = json.data.documents.data.find((one: { id: string }) => one.id === id);
      if (document.status !== 'processing') return document;
      await usage();
      await pause(20);
    }
  }

  const documents = async () => (await send('GET', uploadPath.replace('/upload', ''))).json.pagination.total as number;

  for (const { name, outcome, make } of hostileUploads) {
    if (typeof outcome === 'number') {
      it(`refuses ${name} with ${outcome}, before it is read`, async () => {
        const [form, count] = [await make(), await documents()];
        let least = Infinity;
        // What else the machine does makes the same work take longer: one of three has to be quick.
        for (let attempt = 0; attempt < 3 && least >= mostWork; attempt++) {
          const [before, started] = [await usage(), performance.now()];
          const answer = await send('POST', uploadPath, form);
          const clock = performance.now() - started;
          least = Math.min(least, (await usage()).work - before.work);
          assert.equal(answer.status, outcome, answer.text);
          assert.match(answer.json.error, /\w+ \w+/);
          console.log(`        ${least.toFixed(0)} ms of work, ${clock.toFixed(0)} ms on the clock`);
        }
        assert.equal(await documents(), count);
        assert.ok(least < mostWork, `${least} ms of work`);
      });
    } else {
      it(`says why it cannot read ${name}`, async () => {
        const answer = await send('POST', uploadPath, await make());
        assert.equal(answer.status, 201, answer.text);
        const { status, errorMessage } = await ended(answer.json.id);
        assert.equal(status, 'failed');
        assert.match(errorMessage!, outcome.failed);
        assert.match(errorMessage!, /^[A-Z][^\n]+\.$/, 'it is a sentence for people');
        console.log(`        ${errorMessage}`);
      });
    }
  }

  it('has grown by less than 50 MB, and goes on reading documents', async () => {
    assert.ok(hostileUploads.length >= 40);
    assert.equal((await ended((await send('POST', uploadPath, formWith('All is still well.'))).json.id)).status, 'completed');
    await usage();
    console.log(`        ${Math.round(first.memory / megabyte)} MB before, ${Math.round(most / megabyte)} MB at most`);
    assert.ok(most - first.memory < mostGrowth, `grew by ${Math.round((most - first.memory) / megabyte)} MB`);
  });
});
