import { createHash } from 'node:crypto';
import { signAccessToken } from '../../src/auth/accessToken.js';
import { knex } from '../../src/db.js';
import { answer, personaName, request, stepsOf, systemPrompt, toolCalls } from './content.js';

/** How much there is. */
export const amounts = { users: 50, personas: 40, agentsPerPersona: 3, membersPerPersona: 12, runs: 5000, viewers: 8, runsPerViewer: 12 };

/** Someone who asks, and runs that they may see. */
export interface BenchViewer {
  token: string;
  runIds: string[];
}

type Row = Record<string, unknown>;

/** The same id on every seeding. */
function id(kind: string, n: number): string {
  const hex = createHash('sha256').update(`${kind} ${n}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** With microseconds, as the database writes them. */
const moment = (second: number) => `${new Date(Date.UTC(2026, 0, 5) + second * 1000).toISOString().slice(0, -1)}${String((second * 37) % 1000).padStart(3, '0')}Z`;

const count = <T>(length: number, make: (n: number) => T): T[] => Array.from({ length }, (_, n) => make(n));

/** Fills the empty tables. Call it after `setTokenSettings`. */
export async function seed(): Promise<BenchViewer[]> {
  await insertPeople();
  await insertPersonas();
  await insertRuns();
  // As autovacuum leaves the tables some minutes later.
  await knex().raw('vacuum analyze');
  return count(amounts.viewers, viewer);
}

const insert = (table: string, rows: Row[]) => knex().batchInsert(table, rows, 400);

async function insertPeople(): Promise<void> {
  const users = count(amounts.users, (n) => ({
    id: id('user', n), email: `user${n}@example.com`, name: `User ${n}`, password_hash: 'none', created_at: moment(n), updated_at: moment(n),
  }));
  await insert('users', users);
  await insert('sessions', users.map((user, n) => ({ id: id('session', n), user_id: user.id, created_at: moment(n) })));
}

const ownerOf = (persona: number) => persona % amounts.viewers;

async function insertPersonas(): Promise<void> {
  const { personas, agentsPerPersona, membersPerPersona, users } = amounts;
  await insert('personas', count(personas, (n) => ({
    id: id('persona', n), owner_id: id('user', ownerOf(n)), name: personaName(n), description: `Office work of team ${n + 1}`, system_prompt: systemPrompt(n),
    default_provider: 'openai', fallback_providers: JSON.stringify(['anthropic', 'groq']), created_at: moment(n * 60), updated_at: moment(n * 61),
  })));
  // Persona n has the members n + 1, n + 5, n + 9, … counted around, so everyone is a member of some.
  await insert('persona_members', count(personas * membersPerPersona, (n) => {
    const persona = n % personas;
    const user = (persona + 1 + 4 * Math.floor(n / personas)) % users;
    return { id: id('member', n), persona_id: id('persona', persona), user_id: id('user', user), role: n % 3 === 0 ? 'editor' : 'viewer' };
  }).filter(({ persona_id, user_id }) => !ownsIt(persona_id, user_id)));
  await insert('agents', count(personas * agentsPerPersona, (n) => ({
    id: id('agent', n), persona_id: id('persona', n % personas), name: `Agent ${n + 1}`, description: 'Makes presentations and documents', created_at: moment(n), updated_at: moment(n),
  })));
  await insert('tools', toolCalls.map((name, n) => ({ id: id('tool', n), name, description: `Use it to ${name}`, category: 'office', schema: { name }, created_at: moment(n) })));
}

const ownsIt = (personaId: string, userId: string) => count(amounts.personas, (n) => n).some((n) => id('persona', n) === personaId && id('user', ownerOf(n)) === userId);

async function insertRuns(): Promise<void> {
  const chunk = 250;
  for (let from = 0; from < amounts.runs; from += chunk) {
    const numbers = count(chunk, (n) => from + n);
    await insert('runs', numbers.map(runRow));
    await insert('run_steps', numbers.flatMap(stepRows));
    await insert('artifacts', numbers.flatMap(artifactRows));
  }
}

const startOf = (run: number) => 100_000 + run * 300;

function runRow(n: number): Row {
  const persona = n % amounts.personas;
  const agent = persona + amounts.personas * (n % amounts.agentsPerPersona);
  return {
    id: id('run', n), agent_id: id('agent', agent), persona_id: id('persona', persona), user_id: id('user', ownerOf(persona)), status: 'completed',
    input: request(n), output: answer(n), last_seq: 22, created_at: moment(startOf(n)), updated_at: moment(startOf(n) + 200),
    started_at: moment(startOf(n) + 1), completed_at: moment(startOf(n) + 200),
  };
}

const stepRows = (run: number): Row[] =>
  stepsOf(run).map(({ stepType, toolName, input, output }, i) => ({
    id: id(`step of ${run}`, i), run_id: id('run', run), step_number: i + 1, step_type: stepType, status: 'completed', input, output,
    tool_id: toolName && id('tool', toolCalls.indexOf(toolName as (typeof toolCalls)[number])), tool_name: toolName,
    tool_call_id: toolName && `call_${run}_${i >> 1}`, ...(!toolName && { provider: 'openai', model: 'gpt-5', prompt_tokens: 900 + i, completion_tokens: 210 }),
    duration_ms: 900 + i * 120, created_at: moment(startOf(run) + 2 + i * 10), completed_at: moment(startOf(run) + 4 + i * 10),
  }));

const files = [
  { step: 7, name: 'presentation.pptx', file_size: 182_344, mime_type: 'application/vnd.openxmlformats-officedocument.presentationml.presentation' },
  { step: 9, name: 'summary.pdf', file_size: 40_112, mime_type: 'application/pdf' },
];

const artifactRows = (run: number): Row[] =>
  files.map(({ step, ...file }, i) => ({
    id: id(`artifact of ${run}`, i), run_id: id('run', run), step_id: id(`step of ${run}`, step), ...file, file_path: `/workspace/${file.name}`,
    sha256: createHash('sha256').update(`${run} ${i}`).digest('hex'), created_at: moment(startOf(run) + 100 + i),
  }));

/** The owner of every eighth persona, with runs of those, from all times. */
function viewer(n: number): BenchViewer {
  const personas = count(amounts.personas, (persona) => persona).filter((persona) => ownerOf(persona) === n);
  const runsPerPersona = amounts.runs / amounts.personas;
  const runIds = count(amounts.runsPerViewer, (i) => id('run', personas[i % personas.length]! + amounts.personas * ((i * 11) % runsPerPersona)));
  return { token: signAccessToken(id('user', n), id('session', n)), runIds };
}
