import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { createContext } from '../../schema/context.js';
import { prepareOperation, runOperation, type PreparedOperation } from '../../schema/execute.js';
import { createSchema } from '../../schema/index.js';
import { Agent } from '../../src/agents/agent.model.js';
import { startAuth } from '../../src/auth/auth.service.js';
import { hashPassword } from '../../src/auth/passwords.js';
import { Session } from '../../src/auth/session.model.js';
import type { Viewer } from '../../src/auth/viewer.js';
import { knex } from '../../src/db.js';
import { PlatformError, type ErrorCode } from '../../src/errors.js';
import { PersonaMember } from '../../src/members/personaMember.model.js';
import { Document } from '../../src/memory/document.model.js';
import { Persona } from '../../src/personas/persona.model.js';
import { User } from '../../src/users/user.model.js';
import { setLimits } from './limits.js';

/** Rows for tests: valid, and with names of their own. Each takes what the test is about and fills in the rest. */

let made = 0;

/** The password of users that are made here. */
export const password = 'correct horse';
let passwordHash: Promise<string> | undefined;

export async function createUser(given: Partial<User> = {}): Promise<User> {
  made += 1;
  return User.query().insertAndFetch({
    email: `user${made}@example.test`, name: `User ${made}`, role: 'user',
    passwordHash: await (passwordHash ??= hashPassword(password)), ...given,
  } as Partial<User>);
}

/** Someone who has signed in. */
export async function createViewer(given: Partial<User> = {}): Promise<Viewer> {
  const { id, email, name, role } = await createUser(given);
  const session = await Session.query().insert({ userId: id });
  return { id, sessionId: session.id, email, name, role };
}

export const createPersona = async (owner: { id: string }, given: Partial<Persona> = {}): Promise<Persona> =>
  Persona.query().insertAndFetch({
    ownerId: owner.id, name: `Persona ${++made}`, systemPrompt: 'You help.', defaultProvider: 'local', fallbackProviders: [], ...given,
  } as Partial<Persona>);

export const createAgent = async (persona: { id: string }, given: Partial<Agent> = {}): Promise<Agent> =>
  Agent.query().insertAndFetch({ personaId: persona.id, name: `Agent ${++made}`, ...given } as Partial<Agent>);

/** A document whose bytes are nowhere. */
export const createDocument = async (persona: { id: string }, given: Partial<Document> = {}): Promise<Document> =>
  Document.query().insertAndFetch({
    personaId: persona.id, name: `Document ${++made}`, source: 'upload', fileSize: 5, mimeType: 'text/plain', sha256: randomUUID(), ...given,
  } as Partial<Document>);

/** Shares a persona with someone. */
export const addMember = async (persona: { id: string }, user: { id: string }, role: 'editor' | 'viewer'): Promise<PersonaMember> =>
  PersonaMember.query().insertAndFetch({ personaId: persona.id, userId: user.id, role });

/** Makes access tokens work in a suite. Sessions are looked up each time, as where several processes work together. */
export function useAuth({ isOnlyProcess = false } = {}): void {
  before('set the secret of access tokens', async () => {
    setLimits();
    await startAuth({ jwtSecret: 'a secret for tests that is long enough', jwtExpiresIn: '1h', isOnlyProcess });
  });
}

const prepared = new Map<string, PreparedOperation>();

/** Runs a GraphQL operation as someone, or as nobody, the way REST does. Name the operation `Test`, or write it without a name. */
export async function operate(viewer: Viewer | null, text: string, variables: Record<string, unknown> = {}): Promise<any> {
  let operation = prepared.get(text);
  if (!operation) {
    const named = text.trim().startsWith('{') ? `query Test ${text}` : text.replace(/^\s*(query|mutation)\s*(?=[({])/, '$1 Test');
    prepared.set(text, (operation = prepareOperation(createSchema(), named, 'Test')));
  }
  return runOperation(operation, variables, createContext(viewer, randomUUID()));
}

/** How many statements the work sends to the database. */
export async function countStatements(work: () => Promise<unknown>): Promise<number> {
  const client = knex().client;
  const acquire = client.acquireConnection;
  let statements = 0;
  client.acquireConnection = async function counted(this: unknown) {
    statements += 1;
    return acquire.call(this);
  };
  try {
    await work();
  } finally {
    client.acquireConnection = acquire;
  }
  return statements;
}

/** The work fails with a PlatformError of this code, and of these details or this message when they are given. */
export const rejectsWith = (work: Promise<unknown>, code: ErrorCode, expected?: object | string): Promise<void> =>
  assert.rejects(work, (error) => {
    assert.ok(error instanceof PlatformError, String(error));
    assert.equal(error.code, code, error.message);
    if (typeof expected === 'string') assert.equal(error.message, expected);
    else if (expected) assert.deepEqual(error.details, expected);
    return true;
  });
