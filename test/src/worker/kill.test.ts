import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { startOpenAiServer } from '../../support/openaiServer.js';
import type { ProviderServer, Script } from '../../support/providerServer.js';
import { freePort, ServerProcess } from '../../support/serverProcess.js';

const kills = 20;

/** Three answers with two, one and no tool calls: six steps. */
const turns: Script[] = [
  { text: 'I write two files.', toolCalls: ['a', 'b'].map((name) => ({ name: 'write_file', arguments: { path: `${name}.txt`, content: name } })) },
  { text: 'Now the slides.', toolCalls: [{ name: 'generate_powerpoint', arguments: { title: 'Q1', slides: [{ title: 'Results', content: 'Good' }] } }] },
  { text: 'Made a.txt, b.txt and the slides.' },
];
const turnOf = (body: any): number => body.messages.filter(({ role }: { role: string }) => role === 'assistant').length;
const requestOf = (body: any): string => body.messages.find(({ role }: { role: string }) => role === 'user').content;

describe(`${kills} kills at random moments`, function () {
  this.timeout(300_000);
  let model: ProviderServer;
  let folder: string;
  let server: ServerProcess;
  let token: string;

  before(async () => {
    model = await startOpenAiServer();
    model.replyBy(async (body) => {
      await sleep(30 + Math.random() * 60);
      return turns[turnOf(body)]!;
    });
    folder = mkdtempSync(join(tmpdir(), 'persona-kill-'));
  });
  after(async () => {
    await server?.stop('SIGKILL');
    await model?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function call(method: string, path: string, body?: object): Promise<any> {
    const response = await fetch(server.address + path, {
      method, body: body && JSON.stringify(body), headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    });
    assert.ok(response.ok, `${method} ${path}: ${response.status} ${await response.clone().text()}`);
    return response.json();
  }

  async function start(): Promise<void> {
    const env = { OPENAI_BASE_URL: `${model.url}/v1`, RATE_LIMIT_RUNS: '1000', RATE_LIMIT_REQUESTS: '10000' };
    server = new ServerProcess(await freePort(), join(folder, 'data'), env);
    await server.ready();
  }

  /** Signs in and gives an agent that asks the scripted model and may use its tools. */
  async function prepareAgent(): Promise<string> {
    ({ token } = await call('POST', '/api/auth/login', { email: 'demo@persona-platform.local', password: 'demo123' }));
    const persona = await call('POST', '/api/personas', { name: 'Killed', systemPrompt: 'You work.', defaultProvider: 'openai' });
    const { data: tools } = await call('GET', '/api/tools?limit=100');
    for (const name of ['write_file', 'generate_powerpoint']) {
      await call('POST', `/api/personas/${persona.id}/tools`, { toolId: tools.find((tool: any) => tool.name === name).id });
    }
    return (await call('POST', `/api/personas/${persona.id}/agents`, { name: 'Agent' })).id;
  }

  /** All that `/ws` tells of a run from its beginning to its end. */
  async function eventsOf(runId: string): Promise<any[]> {
    const socket = new WebSocket(`${server.address.replace('http', 'ws')}/ws?token=${token}`);
    const frames: any[] = [];
    await new Promise<void>((resolve, reject) => {
      socket.on('open', () => socket.send(JSON.stringify({ type: 'subscribe:run', runId })));
      socket.on('message', (data) => {
        const frame = JSON.parse(String(data));
        if (frame.type === 'error') reject(new Error(frame.error));
        if (frame.type.startsWith('run:') && frame.type !== 'run:token') frames.push(frame);
        if (frame.type === 'run:completed' || frame.type === 'run:error') resolve();
      });
      socket.on('error', reject);
    });
    socket.close();
    return frames;
  }

  /** Whether the run was completed; the other end it may have is to be given up after three kills within one step. */
  async function check(runId: string): Promise<boolean> {
    const events = await eventsOf(runId);
    const run = await call('GET', `/api/runs/${runId}`);
    const isCompleted = run.status === 'completed';
    if (!isCompleted) assert.match(run.errorMessage, /ended its worker 3 times in a row/);
    const numbers = run.steps.map((step: any) => step.stepNumber);
    assert.deepEqual(numbers, [1, 2, 3, 4, 5, 6].slice(0, isCompleted ? 6 : numbers.length));
    assert.deepEqual(events.map(({ seq }) => seq), events.map((_, index) => index + 1));
    const committed = events.filter(({ step }) => step?.status === 'completed').map(({ step }) => step.stepNumber);
    assert.deepEqual(committed, numbers.slice(0, committed.length), 'each step is committed once, in order');
    const names = run.artifacts.map(({ name }: any) => name);
    assert.deepEqual(names, ['a.txt', 'b.txt', 'q1.pptx'].slice(0, isCompleted ? 3 : names.length));
    const asked = model.requests.filter(({ body }) => requestOf(body) === run.input).map(({ body }) => turnOf(body));
    assert.deepEqual(asked, [...asked].sort(), 'no model is asked again for an answer that was committed');
    for (const artifact of run.artifacts) {
      const file = await fetch(`${server.address}/api/runs/${runId}/artifacts/${artifact.id}`, { headers: { authorization: `Bearer ${token}` } });
      assert.equal((await file.arrayBuffer()).byteLength, artifact.fileSize);
    }
    return isCompleted;
  }

  it('every run ends, its steps are numbered 1 to 6, none is committed twice, and each artifact exists once', async () => {
    await start();
    const agentId = await prepareAgent();
    const runIds: string[] = [];
    // A busy machine takes longer for a run, and its moments are then spread over that time: killed early only, a run rightly counts as a crash loop.
    const begun = performance.now();
    const { id: first } = await call('POST', '/api/runs', { agentId, input: 'Request 0' });
    await eventsOf(first);
    const length = Math.max(1500, performance.now() - begun);
    for (let kill = 1; kill <= kills; kill++) {
      runIds.push((await call('POST', '/api/runs', { agentId, input: `Request ${kill}` })).id);
      await sleep(Math.random() * length);
      await server.stop('SIGKILL');
      await start();
    }
    const completed = [];
    for (const runId of runIds) if (await check(runId)) completed.push(runId);
    assert.ok(completed.length > kills / 2, `${completed.length} of ${kills} runs were completed`);
  });
});
