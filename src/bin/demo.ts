import { writeFile } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { WebSocket } from 'ws';
import { type Env, loadEnv } from '../env.js';
import { StartupError } from '../startupError.js';
import { run } from './run.js';
import { addressOf, serve } from './serve.js';

/**
 * `npm run demo -- "<request>"`: gives the request to the demo persona's most fitting agent and shows the run as it happens.
 * It uses the documented API alone: the server that runs already, or else one that it starts and stops again.
 */
const account = { email: 'demo@persona-platform.local', password: 'demo123' };
const standardRequest = 'Create a PowerPoint for HR presentation about Q1 results';

type Json = Record<string, any>;

/** The documented REST API at one address, signed in or not. */
class Api {
  token = '';

  constructor(readonly address: string) {}

  async fetch(path: string, body?: Json): Promise<Response> {
    const headers: Record<string, string> = body ? { 'content-type': 'application/json' } : {};
    if (this.token) headers.authorization = `Bearer ${this.token}`;
    const response = await fetch(this.address + path, { method: body ? 'POST' : 'GET', headers, body: body && JSON.stringify(body) });
    if (response.ok) return response;
    const answer = (await response.json().catch(() => ({}))) as Json;
    const details = Object.values(answer.details ?? {}).join(', ');
    throw new StartupError(`${path} answered ${response.status}: ${answer.error ?? 'no reason'}${details && `, ${details}`}`);
  }

  async json(path: string, body?: Json): Promise<Json> {
    return (await (await this.fetch(path, body)).json()) as Json;
  }
}

async function signIn(api: Api): Promise<void> {
  const { token } = await api.json('/api/auth/login', account).catch((error: Error) => {
    throw new StartupError(`${account.email} cannot sign in (${error.message}): start the server with SEED_DEMO=true.`);
  });
  api.token = token;
}

/** Whether the platform answers there: undefined when nobody does, false when it is somebody else. */
async function isPlatform(address: string): Promise<boolean | undefined> {
  try {
    const response = await fetch(`${address}/healthz`, { signal: AbortSignal.timeout(3000) });
    return ((await response.json()) as Json).status === 'ok';
  } catch (error) {
    return (error as Json).cause?.code === 'ECONNREFUSED' ? undefined : false;
  }
}

/** Finds a server or starts one; `stop` ends only what was started here. */
async function findServer(env: Env): Promise<{ address: string; stop(): Promise<void> }> {
  const address = addressOf(env);
  const answer = await isPlatform(address);
  if (answer === false) throw new StartupError(`${address} is not this platform: set PORT or PUBLIC_URL to where it is.`);
  if (answer) return { address, stop: async () => {} };
  if (env.PUBLIC_URL) throw new StartupError(`Nobody answers at ${address}: start the server there, or unset PUBLIC_URL.`);
  return { address, stop: await serve(env).then((server) => () => server.stop()) };
}

const wordsOf = (text: string): string[] => text.toLowerCase().match(/\p{L}{3,}/gu) ?? [];

/** The agent whose name and description have most words of the request in them; a word counts by its first five letters. */
async function pickAgent(api: Api, request: string): Promise<Json> {
  const personas = (await api.json('/api/personas?limit=100')).data as Json[];
  const details = await Promise.all(personas.filter(({ isActive }) => isActive).map(({ id }) => api.json(`/api/personas/${id}`)));
  const agents = details.flatMap((persona) => (persona.agents as Json[]).filter(({ isActive }) => isActive).map((agent) => ({ ...agent, persona })));
  const asked = new Set(wordsOf(request).map((word) => word.slice(0, 5)));
  const score = (agent: Json) => new Set(wordsOf(`${agent.name} ${agent.description}`).map((word) => word.slice(0, 5)).filter((word) => asked.has(word))).size;
  const [best] = agents.sort((one, other) => score(other) - score(one));
  if (!best) throw new StartupError('The demo account has no active agent: make one, or start with SEED_DEMO=true in an empty DATA_DIR.');
  return best;
}

/** Prints a run as its frames come in. */
class Printer {
  private step = 0;
  private inText = false;
  /** What was streamed of the last step that had text. */
  shown = '';

  print(frame: Json): void {
    if (frame.type === 'run:token') this.text(frame);
    else if (frame.step) this.stepLine(frame.step);
  }

  private text({ stepNumber, offset, text }: Json): void {
    // Who subscribes in the middle of a step may hear its text before anything else of it; only models write text.
    this.heading(stepNumber, 'llm_call', null);
    if (!this.inText || offset === 0) process.stdout.write(`${this.inText ? '\n' : ''}   `);
    this.shown = (offset === 0 ? '' : this.shown) + text;
    this.inText = true;
    process.stdout.write(String(text).replaceAll('\n', '\n   '));
  }

  private stepLine({ stepNumber, stepType, toolName, status, durationMs }: Json): void {
    if (this.inText) process.stdout.write('\n');
    this.inText = false;
    this.heading(stepNumber, stepType, toolName);
    if (status !== 'started') console.log(`   ${status}${durationMs === null ? '' : ` in ${durationMs} ms`}`);
  }

  private heading(stepNumber: number, stepType: string, toolName: string | null): void {
    if (stepNumber === this.step) return;
    console.log(`${stepNumber}. ${stepType}${toolName ? ` ${toolName}` : ''}`);
    this.step = stepNumber;
  }
}

/** Watches a run over `/ws` until it ends, and prints its output unless that was streamed. */
function watch(api: Api, runId: string): Promise<void> {
  const socket = new WebSocket(`${api.address.replace(/^http/, 'ws')}/ws?token=${encodeURIComponent(api.token)}`);
  const printer = new Printer();
  return new Promise<void>((resolve, reject) => {
    const fail = (sentence: string) => reject(new StartupError(sentence));
    socket.on('open', () => socket.send(JSON.stringify({ type: 'subscribe:run', runId })));
    socket.on('error', (error) => fail(`The connection to ${api.address}/ws failed: ${error.message}.`));
    socket.on('close', (code) => fail(`The server closed the connection (${code}) before the run had ended.`));
    socket.on('message', (data) => {
      const frame = JSON.parse(String(data)) as Json;
      printer.print(frame);
      if (frame.type === 'run:completed') resolve(frame.output === printer.shown ? undefined : console.log(`\n${frame.output}`));
      else if (frame.type === 'run:error') fail(`The run failed. ${[frame.error, frame.errorMessage].filter(Boolean).join(': ')}`);
      else if (frame.type === 'error') fail(`The server refused: ${frame.error ?? frame.message}.`);
      else if (frame.status === 'cancelled') fail('The run was cancelled.');
      else if (frame.step?.status === 'waiting') fail(`The run waits for a person to decide about step ${frame.step.stepNumber}.`);
    });
  }).finally(() => socket.removeAllListeners('close').close());
}

/** Writes the bytes under the name, or name-2, name-3, … when that is taken. */
async function save(folder: string, name: string, bytes: Uint8Array): Promise<string> {
  const extension = extname(name);
  const stem = basename(name, extension);
  for (let number = 1; ; number++) {
    const path = join(folder, number === 1 ? stem + extension : `${stem}-${number}${extension}`);
    try {
      await writeFile(path, bytes, { flag: 'wx' });
      return path;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

async function saveArtifacts(api: Api, runId: string): Promise<void> {
  const run = await api.json(`/api/runs/${runId}`);
  // npm changes to the project's folder; INIT_CWD is the one it was called in.
  const folder = process.env.INIT_CWD ?? process.cwd();
  for (const { id, name } of run.artifacts as Json[]) {
    const response = await api.fetch(`/api/runs/${runId}/artifacts/${id}`);
    const bytes = new Uint8Array(await response.arrayBuffer());
    console.log(`Saved ${await save(folder, basename(name), bytes)} (${Math.ceil(bytes.length / 1024)} KB)`);
  }
}

async function demo(request: string): Promise<void> {
  const server = await findServer(loadEnv());
  try {
    const api = new Api(server.address);
    await signIn(api);
    const agent = await pickAgent(api, request);
    console.log(`\nRequest  ${request}\nPersona  ${agent.persona.name} (${agent.persona.defaultProvider})\nAgent    ${agent.name}`);
    const { id } = await api.json('/api/runs', { agentId: agent.id, input: request });
    console.log(`Run      ${id}\n`);
    await watch(api, id);
    console.log('');
    await saveArtifacts(api, id);
  } finally {
    await server.stop();
  }
}

await run(() => demo(process.argv.slice(2).join(' ').trim() || standardRequest));
