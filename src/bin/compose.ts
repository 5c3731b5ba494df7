import { join } from 'node:path';
import { startAuth } from '../auth/auth.service.js';
import { onSessionEnded } from '../auth/sessions.js';
import { closeDatabase, type DatabaseInfo, migrate, openDatabase } from '../db.js';
import { closeEmbeddings } from '../embeddings/embeddings.js';
import type { Env } from '../env.js';
import { live, useLive } from '../live/live.js';
import { MemoryLive } from '../live/memoryLive.js';
import { setLogLevel } from '../logger.js';
import { onRunsDeleted } from '../personas/deletedRuns.js';
import { setProviders } from '../personas/providerChoice.js';
import { createProviders, type Providers } from '../providers/index.js';
import { createLocalProvider } from '../providers/local/index.js';
import { MemoryQueue } from '../queue/memoryQueue.js';
import { queue, useQueue } from '../queue/queue.js';
import { ArtifactStore } from '../runs/artifactStore.js';
import { announceDeleted } from '../runs/watchRun.js';
import { loadSecrets } from '../secrets.js';
import { demoAccounts, seedDemo } from '../seed.js';
import { refuseDemoAccounts } from './refuseDemoAccounts.js';
import { findBuiltin } from '../tools/registry.js';
import { syncTools } from '../tools/syncTools.js';
import { expireAllLeases } from '../worker/lease.js';
import { Worker } from '../worker/worker.js';
import { openWorkspace } from '../workspaces/localWorkspace.js';

/** Everything behind the schema: what a process needs to work on runs, with or without answering requests. */
export interface Platform {
  database: DatabaseInfo;
  providers: Providers;
  artifacts: ArtifactStore;
  /** The accounts that anyone may sign in with; empty when no demo was asked for. */
  accounts: readonly { email: string; password: string; role: string }[];
  dataDir: string;
  /** Hands the runs under way back and takes no more. */
  stopWorking(): Promise<void>;
  /** Ends what is left: call it when nobody asks for anything any more. */
  close(): Promise<void>;
}

/**
 * Opens the database, brings it up to date and starts to work on runs. Says what it is doing through `say`.
 * @throws StartupError with one sentence for the person at the terminal
 */
export async function compose(env: Env, say: (doing: string) => void = () => {}): Promise<Platform> {
  setLogLevel(env.LOG_LEVEL);
  say(env.DATABASE_URL ? 'Connecting to the database' : 'Opening the embedded database');
  const database = await openDatabase({ databaseUrl: env.DATABASE_URL, dataDir: env.DATA_DIR });
  try {
    return await furnish(env, database, say);
  } catch (error) {
    await closeDatabase();
    throw error;
  }
}

async function furnish(env: Env, database: DatabaseInfo, say: (doing: string) => void): Promise<Platform> {
  const isEmbedded = database.kind === 'embedded';
  const applied = await migrate();
  if (applied.length > 0) say(`${applied.length} migrations were applied`);
  if (env.isProduction) await refuseDemoAccounts();
  const { jwtSecret } = loadSecrets(env.DATA_DIR, { jwtSecret: env.JWT_SECRET, encryptionKey: env.ENCRYPTION_KEY });
  await startAuth({ jwtSecret, jwtExpiresIn: env.JWT_EXPIRES_IN, isOnlyProcess: !env.REDIS_URL });
  await connect(env);
  const providers = providersOf(env);
  setProviders(providers.all());
  await syncTools();
  if (env.SEED_DEMO) await seedDemo();
  if (isEmbedded) await expireAllLeases();
  const artifacts = new ArtifactStore(join(env.DATA_DIR, 'artifacts'));
  const worker = env.WORKER_CONCURRENCY > 0 ? startWorker(env, providers, artifacts) : undefined;
  return {
    database, providers, artifacts, accounts: env.SEED_DEMO ? demoAccounts : [], dataDir: env.DATA_DIR,
    stopWorking: async () => worker?.stop(),
    close: async () => {
      await Promise.all([queue().close(), live().close(), closeEmbeddings()]);
      await closeDatabase();
    },
  };
}

/** Sets what wakes workers and what carries live messages: within this process, or through Redis among many. */
async function connect({ REDIS_URL, WORKER_CONCURRENCY }: Env): Promise<void> {
  if (REDIS_URL) {
    const [{ RedisLive }, { RedisQueue }] = await Promise.all([import('../live/redisLive.js'), import('../queue/beeQueue.js')]);
    useLive(new RedisLive(REDIS_URL));
    useQueue(new RedisQueue(REDIS_URL, WORKER_CONCURRENCY > 0));
  } else {
    useLive(new MemoryLive());
    useQueue(new MemoryQueue());
  }
  onSessionEnded((sessionId) => live().endSession(sessionId));
  onRunsDeleted(announceDeleted);
}

function providersOf(env: Env): Providers {
  return createProviders({
    openai: { apiKey: env.OPENAI_API_KEY, baseUrl: env.OPENAI_BASE_URL, model: env.OPENAI_MODEL },
    anthropic: { apiKey: env.ANTHROPIC_API_KEY, baseUrl: env.ANTHROPIC_BASE_URL, model: env.ANTHROPIC_MODEL },
    groq: { apiKey: env.GROQ_API_KEY, baseUrl: env.GROQ_BASE_URL, model: env.GROQ_MODEL },
    compatible: env.COMPATIBLE_PROVIDERS,
    local: createLocalProvider(),
  });
}

const startWorker = (env: Env, providers: Providers, artifacts: ArtifactStore): Worker =>
  new Worker({
    concurrency: env.WORKER_CONCURRENCY,
    findProvider: providers.get,
    findTool: findBuiltin,
    files: { openWorkspace: (personaId) => openWorkspace(join(env.DATA_DIR, 'workspaces', personaId)), artifacts },
    limits: { maxSteps: env.RUN_MAX_STEPS, maxSeconds: env.RUN_MAX_SECONDS },
  });
