import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { z } from 'zod';
import { projectRoot } from './root.js';
import { StartupError } from './startupError.js';

const wholeNumber = (from: number, to: number) =>
  z.string().regex(/^\d+$/, `must be a whole number from ${from} to ${to}`).transform(Number)
    .refine((value) => value >= from && value <= to, `must be a whole number from ${from} to ${to}`);
const yesOrNo = z.enum(['true', 'false'], 'must be true or false').transform((value) => value === 'true');
const text = z.string();
const address = z.string().refine((value) => URL.canParse(value), 'must be a URL such as http://127.0.0.1:11434/v1');
const duration = z.string().regex(/^\d+[smhd]$/, 'must be a number and a unit, such as 15m, 24h or 7d');
const compatibleServer = z.object({
  name: z.string().regex(/^[a-z][a-z0-9-]*$/), baseUrl: address, model: z.string(), apiKey: z.string().optional(),
}).strict();
const price = z.object({ prompt: z.number().nonnegative(), completion: z.number().nonnegative() }).strict();
const json = <Value>(value: z.ZodType<Value>, mustBe: string) => z.string().transform((text, context) => {
  try {
    return value.parse(JSON.parse(text));
  } catch {
    context.addIssue(mustBe);
    return z.NEVER;
  }
});
const compatibleServers = json(z.array(compatibleServer), 'must be a JSON list such as [{"name":"ollama","baseUrl":"http://127.0.0.1:11434/v1","model":"qwen3"}]');
const prices = json(z.record(z.string(), z.record(z.string(), price)), 'must be JSON such as {"openai":{"gpt-5.4-mini":{"prompt":1,"completion":4}},"ollama":{"*":{"prompt":0,"completion":0}}}');

/** Every variable that the platform reads, with the sentence that `.env.example` and error messages show. */
export const variables = {
  PORT: wholeNumber(1, 65535).default(3000).describe('The port that the server listens on.'),
  HOST: text.default('127.0.0.1').describe('The address that the server listens on; 0.0.0.0 lets other machines in.'),
  DATA_DIR: text.default('./data').describe('The folder that holds the embedded database, files, artifacts and secrets.'),
  PUBLIC_URL: address.optional().describe('The address people use, when it is not http://HOST:PORT.'),
  DATABASE_URL: text.optional().describe('A PostgreSQL server to use instead of the embedded database.'),
  REDIS_URL: text.optional().describe('A Redis server; with it, many API and worker processes work together.'),
  JWT_SECRET: z.string().min(32, 'must have at least 32 characters').optional().describe('Signs access tokens; made and kept in DATA_DIR when not set.'),
  JWT_EXPIRES_IN: duration.default('24h').describe('How long an access token is good for.'),
  ENCRYPTION_KEY: z.string().min(32, 'must have at least 32 characters').optional().describe('Encrypts stored passwords; made and kept in DATA_DIR when not set.'),
  PREVIOUS_ENCRYPTION_KEY: z.string().min(32, 'must have at least 32 characters').optional().describe('The encryption key before ENCRYPTION_KEY, which still opens stored passwords until npm run rotate-keys has encrypted them anew.'),
  ALLOW_REGISTRATION: yesOrNo.default(false).describe("Whether anyone may make an account; otherwise only the first, which is the administrator's, and those that an administrator makes."),
  SEED_DEMO: yesOrNo.optional().describe('Whether the demo accounts and persona are made; true unless NODE_ENV is production.'),
  NODE_ENV: text.optional().describe('"production" refuses demo accounts.'),
  OPENAI_API_KEY: text.optional().describe('Makes the provider openai usable.'),
  OPENAI_BASE_URL: address.optional().describe('Another server that speaks the Chat Completions protocol; it may need no key.'),
  OPENAI_MODEL: text.optional().describe('The model that openai is asked for.'),
  ANTHROPIC_API_KEY: text.optional().describe('Makes the provider anthropic usable.'),
  ANTHROPIC_BASE_URL: address.optional().describe('Another server that speaks the Messages protocol.'),
  ANTHROPIC_MODEL: text.optional().describe('The model that anthropic is asked for.'),
  GROQ_API_KEY: text.optional().describe('Makes the provider groq usable.'),
  GROQ_BASE_URL: address.optional().describe('Another address for groq.'),
  GROQ_MODEL: text.optional().describe('The model that groq is asked for.'),
  COMPATIBLE_PROVIDERS: compatibleServers.optional().describe('More OpenAI-compatible servers by name, as a JSON list.'),
  MODEL_PRICES: prices.optional().describe('What models cost, as JSON: by provider, then by model or "*", US dollars for a million tokens read (prompt) and written (completion). Without a price a cost is unknown.'),
  WORKER_CONCURRENCY: wholeNumber(0, 64).default(4).describe('How many runs one process works on at once; 0 for an API-only process.'),
  RUN_MAX_STEPS: wholeNumber(1, 1000).default(25).describe('The most steps one run may take.'),
  RUN_MAX_SECONDS: wholeNumber(1, 86_400).default(900).describe('The longest one run may work, in seconds.'),
  RATE_LIMIT_REQUESTS: wholeNumber(1, 1_000_000).default(100).describe('How many requests a user may make in a minute, over REST, GraphQL and sockets together.'),
  RATE_LIMIT_UPLOADS: wholeNumber(1, 1_000_000).default(10).describe('How many files a user may upload in a minute.'),
  RATE_LIMIT_RUNS: wholeNumber(1, 1_000_000).default(5).describe('How many runs a user may start in a minute.'),
  TRUST_PROXY: wholeNumber(0, 10).default(0).describe('How many proxies stand in front and name the client in X-Forwarded-For; with 0 that header is not believed.'),
  MAX_UPLOAD_BYTES: wholeNumber(1, 1_073_741_824).default(26_214_400).describe('The largest document that may be uploaded, in bytes.'),
  ALLOW_PRIVATE_HOSTS: yesOrNo.default(false).describe('Whether mail servers, web pages and desktops that users name may be on this machine or in its network.'),
  METRICS_TOKEN: z.string().min(16, 'must have at least 16 characters').optional().describe('Who sends it as a bearer token may read /metrics; without it this machine alone may.'),
  OTEL_EXPORTER_OTLP_ENDPOINT: address.optional().describe('Where traces are sent by OTLP over HTTP, such as http://127.0.0.1:4318; without it there are none. The other OTEL_* variables work from the environment, not from .env.'),
  OTEL_EXPORTER_OTLP_HEADERS: text.optional().describe('Headers that the collector of traces asks for: name=value,name=value.'),
  OTEL_SERVICE_NAME: text.default('persona-platform').describe('What this process is called in traces.'),
  OTEL_TRACES_EXPORTER: z.enum(['otlp', 'none'], 'must be otlp or none').optional().describe('"none" sends no traces; "otlp" sends them also when no address is set, to this machine.'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent'], 'must be fatal, error, warn, info, debug or silent').default('warn').describe('How much is written to the log.'),
} as const;

const schema = z.object(variables);
export type Env = Omit<z.infer<typeof schema>, 'SEED_DEMO'> & { SEED_DEMO: boolean; isProduction: boolean };

function dotenvFile(): Record<string, string | undefined> {
  try {
    return parseEnv(readFileSync(resolve(projectRoot, '.env'), 'utf8')) as Record<string, string>;
  } catch {
    return {};
  }
}

/**
 * Reads and checks the environment, `.env` beside package.json below it; an empty value counts as not set.
 * Throws StartupError naming the first variable that is wrong.
 */
export function loadEnv(source: Record<string, string | undefined> = { ...dotenvFile(), ...process.env }): Env {
  const given = Object.fromEntries(Object.entries(source).filter(([name, value]) => name in variables && value !== ''));
  const result = schema.safeParse(given);
  if (!result.success) {
    const { path, message } = result.error.issues[0]!;
    const name = String(path[0]) as keyof typeof variables;
    throw new StartupError(`${name} ${message}: set it right or leave it out. ${variables[name].description}`);
  }
  const isProduction = result.data.NODE_ENV === 'production';
  if (isProduction && result.data.SEED_DEMO) {
    throw new StartupError('SEED_DEMO is true in production, where anyone could sign in with the documented passwords: set SEED_DEMO=false.');
  }
  return { ...result.data, SEED_DEMO: result.data.SEED_DEMO ?? !isProduction, DATA_DIR: resolve(projectRoot, result.data.DATA_DIR), isProduction };
}
