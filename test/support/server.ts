import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createDocs } from '../../rest-adapter/docs.js';
import { createRestAdapter } from '../../rest-adapter/index.js';
import { createLiveSocket } from '../../rest-adapter/ws/ws.js';
import { createSchema } from '../../schema/index.js';
import { startAuth, viewerFromToken } from '../../src/auth/auth.service.js';
import { hashPassword } from '../../src/auth/passwords.js';
import { onSessionEnded } from '../../src/auth/sessions.js';
import { viewerFromTicket } from '../../src/auth/socketTickets.js';
import { useEncryptionKeys } from '../../src/connectors/encryption.js';
import { databaseInfo, knex } from '../../src/db.js';
import { begin, finish, forget } from '../../src/idempotency/idempotency.service.js';
import { clientAddress } from '../../src/limits/clientAddress.js';
import { allowanceLeft, takeRequest } from '../../src/limits/limits.js';
import { live, useLive } from '../../src/live/live.js';
import { MemoryLive } from '../../src/live/memoryLive.js';
import { useMemory } from '../../src/memory/documentFiles.js';
import { MemoryQueue } from '../../src/queue/memoryQueue.js';
import { queue, useQueue } from '../../src/queue/queue.js';
import { ArtifactStore } from '../../src/runs/artifactStore.js';
import { syncTools } from '../../src/tools/syncTools.js';
import { User, type UserRole } from '../../src/users/user.model.js';
import { useDatabase } from './database.js';
import { setLimits } from './limits.js';
import { type Answer, listen, type SendOptions } from './listen.js';
import { temporaryFolder } from './temporaryFolder.js';

/** The password of every user that `signIn` makes. */
export const password = 'password123';

/** Someone who is signed in. */
export interface Account {
  id: string;
  email: string;
  name: string;
  token: string;
  refreshToken: string;
}

export interface RequestOptions extends SendOptions {
  token?: string;
}

/** The real schema behind REST and `/ws` on a free port, without a worker: runs stay pending until a test changes them. */
export interface TestServer {
  port: number;
  artifacts: ArtifactStore;
  request(method: string, path: string, options?: RequestOptions): Promise<Answer>;
  /** Signs a user in through the API; makes one with `password` when there is none of that address. */
  signIn(email: string, role?: UserRole): Promise<Account>;
  /** Where `/ws` is, for the holder of a token. */
  liveUrl(token: string): string;
  close(): Promise<void>;
}

/** Call it at the top of a `describe`, in place of `useDatabase()`. */
export function useServer(): TestServer {
  useDatabase();
  const server = {} as TestServer; // filled in when it has started
  before('start the server', async function () {
    this.timeout(30_000);
    Object.assign(server, await startTestServer());
  });
  after('stop the server', () => server.close?.());
  return server;
}

/** Starts a server on the open database. */
export async function startTestServer(): Promise<TestServer> {
  await startAuth({ jwtSecret: randomUUID(), jwtExpiresIn: '24h', isOnlyProcess: databaseInfo().kind === 'embedded' });
  useEncryptionKeys({ encryptionKey: randomUUID() });
  setLimits();
  useLive(new MemoryLive());
  useQueue(new MemoryQueue());
  const stopListening = onSessionEnded((sessionId) => live().endSession(sessionId));
  await syncTools();
  const folder = await temporaryFolder();
  const artifacts = new ArtifactStore(join(folder, 'artifacts'));
  useMemory({ folder: join(folder, 'documents'), maxUploadBytes: 4 * 1024 * 1024 });
  const doors = await openDoors(artifacts);
  const { port } = doors;

  const request: TestServer['request'] = (method, path, { token, headers, ...rest } = {}) =>
    doors.send(method, path, { ...rest, headers: { ...(token && { authorization: `Bearer ${token}` }), ...headers } });

  async function signIn(email: string, role: UserRole = 'user'): Promise<Account> {
    await addUser(email, role);
    const { status, json, text } = await request('POST', '/api/auth/login', { body: { email, password } });
    if (status !== 200) throw new Error(`${email} could not sign in: ${text}`);
    return { id: json.user.id, email, name: json.user.name, token: json.token, refreshToken: json.refreshToken };
  }

  return {
    port, artifacts, request, signIn,
    liveUrl: (token) => `ws://127.0.0.1:${port}/ws?token=${token}`,
    async close() {
      await doors.close();
      stopListening();
      await Promise.all([live().close(), queue().close()]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function openDoors(artifacts: ArtifactStore) {
  const schema = createSchema();
  const limits = { clientAddress, takeRequest, allowanceLeft };
  const logError = (error: unknown) => console.error(error);
  const rest = createRestAdapter(schema, { viewerFromToken, logError, limits, idempotency: { begin, finish, forget }, openArtifact: ({ sha256 }) => artifacts.pathOf(sha256!) });
  const sockets = createLiveSocket(schema, { viewerFromToken, viewerFromTicket, logError, limits, onSessionEnd: (listener) => live().onSessionEnd(listener) });
  const docs = createDocs(schema, logError);
  const http = await listen((req, res) => docs(req, res, () => rest(req, res, () => res.writeHead(404).end())));
  http.server.on('upgrade', (req, socket, head) => sockets.upgrade(req, socket, head) || socket.destroy());
  return { ...http, close: async () => void (await sockets.close(), await http.close()) };
}

let hashed: Promise<string> | undefined;

/** Makes a user, named by what stands before the @, unless there is one. */
async function addUser(email: string, role: UserRole): Promise<void> {
  if (await User.query(knex()).findOne({ email })) return;
  hashed ??= hashPassword(password);
  await User.query(knex()).insert({ email, role, name: email.split('@')[0]!, passwordHash: await hashed });
}
