import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { recordSystem } from '../audit/audit.service.js';
import { startAuth } from '../auth/auth.service.js';
import { setRegistration } from '../auth/registration.js';
import { onSessionEnded } from '../auth/sessions.js';
import { useEncryptionKeys } from '../connectors/encryption.js';
import { closeDatabase, type DatabaseInfo, migrate, openDatabase } from '../db.js';
import { closeEmbeddings } from '../embeddings/embeddings.js';
import type { Env } from '../env.js';
import { trustProxies } from '../limits/clientAddress.js';
import { limiter, type LimitSettings, useLimiter } from '../limits/limiter.js';
import { createMemoryLimiter } from '../limits/memoryLimiter.js';
import { live, useLive } from '../live/live.js';
import { MemoryLive } from '../live/memoryLive.js';
import { logger, setLogLevel } from '../logger.js';
import { useMemory } from '../memory/documentFiles.js';
import { expireDocumentLeases } from '../memory/documentLease.js';
import { DocumentProcessor } from '../memory/documentProcessor.js';
import { allowPrivateHosts } from '../outbound/hosts.js';
import { onPersonaDeleted, onRunsDeleted } from '../personas/deletions.js';
import { setProviders } from '../personas/providerChoice.js';
import { createProviders, type Providers } from '../providers/index.js';
import { createLocalProvider } from '../providers/local/index.js';
import { usePrices } from '../providers/prices.js';
import { MemoryQueue } from '../queue/memoryQueue.js';
import { queue, useQueue } from '../queue/queue.js';
import { startRemovingArtifacts } from '../runs/artifactRemovals.js';
import { ArtifactStore } from '../runs/artifactStore.js';
import { announceDeleted } from '../runs/watchRun.js';
import { loadSecrets } from '../secrets.js';
import { demoAccounts, seedDemo } from '../seed.js';
import { refuseDemoAccounts } from './refuseDemoAccounts.js';
import { findBuiltin } from '../tools/registry.js';
import { syncTools } from '../tools/syncTools.js';
import { startTracing, stopTracing } from '../tracing/tracing.js';
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
  /** Hands the runs and documents under way back and takes no more. */
  stopWorking(): Promise<void>;
  /** Ends what is left: call it when nobody asks for anything any more. */
  close(): Promise<void>;
}

/**
 * Opens the database, brings it up to date and starts to work on runs and documents. Says what it is doing through `say`.
 * @throws StartupError with one sentence for the person at the terminal
 */
export async function compose(env: Env, say: (doing: string) => void = () => {}): Promise<Platform> {
  setLogLevel(env.LOG_LEVEL);
  await startTracing({
    endpoint: env.OTEL_EXPORTER_OTLP_ENDPOINT, headers: env.OTEL_EXPORTER_OTLP_HEADERS,
    serviceName: env.OTEL_SERVICE_NAME, exporter: env.OTEL_TRACES_EXPORTER,
  });
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
  const { jwtSecret, ...encryptionKeys } = loadSecrets(env.DATA_DIR, {
    jwtSecret: env.JWT_SECRET, encryptionKey: env.ENCRYPTION_KEY, previousEncryptionKey: env.PREVIOUS_ENCRYPTION_KEY,
  });
  useEncryptionKeys(encryptionKeys);
  allowPrivateHosts(env.ALLOW_PRIVATE_HOSTS);
  await startAuth({ jwtSecret, jwtExpiresIn: env.JWT_EXPIRES_IN, isOnlyProcess: isEmbedded });
  setRegistration(env.ALLOW_REGISTRATION);
  await connect(env);
  const providers = providersOf(env);
  setProviders(providers.all());
  usePrices(env.MODEL_PRICES);
  await syncTools();
  if (env.SEED_DEMO) await seedDemo();
  if (isEmbedded) await Promise.all([expireAllLeases(), expireDocumentLeases()]);
  useMemory({ folder: join(env.DATA_DIR, 'documents'), maxUploadBytes: env.MAX_UPLOAD_BYTES });
  onPersonaDeleted((personaId) => removeFiles(env.DATA_DIR, personaId));
  await recordSystem('started');
  const artifacts = new ArtifactStore(join(env.DATA_DIR, 'artifacts'));
  const stopRemoving = startRemovingArtifacts(artifacts);
  const workers = env.WORKER_CONCURRENCY > 0 ? [startWorker(env, providers, artifacts), new DocumentProcessor()] : [];
  return {
    database, providers, artifacts, accounts: env.SEED_DEMO ? demoAccounts : [], dataDir: env.DATA_DIR,
    stopWorking: async () => void (await Promise.all([stopRemoving(), ...workers.map((worker) => worker.stop())])),
    close: async () => {
      await Promise.all([queue().close(), live().close(), limiter().close(), closeEmbeddings(), stopTracing()]);
      await recordSystem('stopped').finally(closeDatabase);
    },
  };
}

/** Removes what a deleted persona had on disk, but the bytes of its artifacts, which others may have too: see artifactRemovals.ts. */
function removeFiles(dataDir: string, personaId: string): void {
  for (const kind of ['workspaces', 'documents']) {
    rm(join(dataDir, kind, personaId), { recursive: true, force: true })
      .catch((error: unknown) => logger.error({ err: error, personaId }, 'The files of a deleted persona could not be removed'));
  }
}

/** Sets what wakes workers, carries live messages and counts requests: within this process, or through Redis among many. */
async function connect({ REDIS_URL, WORKER_CONCURRENCY, ...env }: Env): Promise<void> {
  const limits: LimitSettings = { requests: env.RATE_LIMIT_REQUESTS, uploads: env.RATE_LIMIT_UPLOADS, runs: env.RATE_LIMIT_RUNS };
  if (REDIS_URL) {
    const [{ checkRedis }, { RedisLive }, { RedisQueue }, { createRedisLimiter }] = await Promise.all([
      import('../redisServer.js'), import('../live/redisLive.js'), import('../queue/beeQueue.js'), import('../limits/redisLimiter.js'),
    ]);
    await checkRedis(REDIS_URL);
    useLive(new RedisLive(REDIS_URL));
    useQueue(new RedisQueue(REDIS_URL, WORKER_CONCURRENCY > 0));
    useLimiter(await createRedisLimiter(REDIS_URL, limits));
  } else {
    useLive(new MemoryLive());
    useQueue(new MemoryQueue());
    useLimiter(createMemoryLimiter(limits));
  }
  trustProxies(env.TRUST_PROXY);
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
