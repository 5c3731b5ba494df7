import assert from 'node:assert/strict';
import { isAbsolute, join } from 'node:path';
import { loadEnv, variables } from '../../src/env.js';
import { projectRoot } from '../../src/root.js';
import { StartupError } from '../../src/startupError.js';

/** The sentence with which the environment is refused. */
function refusal(source: Record<string, string>): string {
  try {
    loadEnv(source);
  } catch (error) {
    assert.ok(error instanceof StartupError, `not a StartupError: ${error}`);
    return error.message;
  }
  return assert.fail(`accepted: ${JSON.stringify(source)}`);
}

describe('loadEnv', () => {
  const wrong: Record<string, string[]> = {
    PORT: ['0', '65536', '80a', '-1', '3000.5', ' '],
    WORKER_CONCURRENCY: ['65', 'four'],
    RUN_MAX_STEPS: ['0', '1001'],
    RATE_LIMIT_REQUESTS: ['0', '1.5', 'none'],
    RATE_LIMIT_UPLOADS: ['0'],
    RATE_LIMIT_RUNS: ['0'],
    TRUST_PROXY: ['true', '11'],
    RUN_MAX_SECONDS: ['0', '86401'],
    PUBLIC_URL: ['example.com'],
    OPENAI_BASE_URL: ['localhost/v1'],
    JWT_SECRET: ['too short'],
    ENCRYPTION_KEY: ['too short'],
    JWT_EXPIRES_IN: ['24', 'one day', '24 h'],
    SEED_DEMO: ['yes', '1', 'TRUE'],
    LOG_LEVEL: ['loud'],
    COMPATIBLE_PROVIDERS: ['{}', 'ollama', '[{"name":"Bad Name","baseUrl":"http://127.0.0.1/v1","model":"m"}]', '[{"name":"a"}]'],
    MODEL_PRICES: ['[]', '0.5', '{"openai":{"prompt":1,"completion":1}}', '{"openai":{"m":{"prompt":-1,"completion":1}}}', '{"openai":{"m":{"prompt":1}}}'],
  };
  for (const [name, values] of Object.entries(wrong)) {
    for (const value of values) {
      it(`refuses ${name}=${JSON.stringify(value)} with a sentence that names it`, () => {
        const sentence = refusal({ [name]: value });
        assert.match(sentence, new RegExp(`^${name} must be|^${name} must have`));
        assert.ok(sentence.includes(variables[name as keyof typeof variables].description!), sentence);
        assert.ok(!sentence.includes('\n'), 'more than one line');
      });
    }
  }

  it('never repeats the value of a secret that it refuses', () => {
    assert.ok(!refusal({ JWT_SECRET: 'hunter2' }).includes('hunter2'));
  });

  it('refuses demo accounts in production', () => {
    assert.match(refusal({ NODE_ENV: 'production', SEED_DEMO: 'true' }), /SEED_DEMO=false/);
  });

  it('makes no demo accounts in production unless told', () => {
    assert.equal(loadEnv({ NODE_ENV: 'production' }).SEED_DEMO, false);
    assert.equal(loadEnv({ NODE_ENV: 'development' }).SEED_DEMO, true);
    assert.equal(loadEnv({ SEED_DEMO: 'false' }).SEED_DEMO, false);
  });

  it('needs nothing set', () => {
    const env = loadEnv({});
    assert.equal(env.PORT, 3000);
    assert.equal(env.HOST, '127.0.0.1');
    assert.equal(env.SEED_DEMO, true);
    assert.equal(env.isProduction, false);
    assert.equal(env.DATABASE_URL, undefined);
  });

  it('takes an empty value for one that is not set', () => {
    const env = loadEnv({ PORT: '', OPENAI_API_KEY: '', COMPATIBLE_PROVIDERS: '' });
    assert.equal(env.PORT, 3000);
    assert.equal(env.OPENAI_API_KEY, undefined);
    assert.equal(env.COMPATIBLE_PROVIDERS, undefined);
  });

  it('reads numbers, switches and lists', () => {
    const server = { name: 'ollama', baseUrl: 'http://127.0.0.1:11434/v1', model: 'qwen3' };
    const env = loadEnv({ PORT: '8080', WORKER_CONCURRENCY: '0', COMPATIBLE_PROVIDERS: JSON.stringify([server]) });
    assert.equal(env.PORT, 8080);
    assert.equal(env.WORKER_CONCURRENCY, 0);
    assert.deepEqual(env.COMPATIBLE_PROVIDERS, [server]);
    const prices = { openai: { m: { prompt: 0.25, completion: 2 } }, ollama: { '*': { prompt: 0, completion: 0 } } };
    assert.deepEqual(loadEnv({ MODEL_PRICES: JSON.stringify(prices) }).MODEL_PRICES, prices);
  });

  it('takes DATA_DIR from the project, wherever it is started', () => {
    assert.equal(loadEnv({}).DATA_DIR, join(projectRoot, 'data'));
    assert.equal(loadEnv({ DATA_DIR: '/srv/personas' }).DATA_DIR, '/srv/personas');
    assert.ok(isAbsolute(loadEnv({ DATA_DIR: 'elsewhere' }).DATA_DIR));
  });

  it('ignores variables that are not its own', () => {
    assert.ok(!('PATH' in loadEnv({ PATH: '/bin' })));
  });
});
