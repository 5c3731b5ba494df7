import assert from 'node:assert/strict';
import { PlatformError } from '../../src/errors.js';
import { logger } from '../../src/logger.js';
import { adapterWith, id, persona, remember, resolvers, seen, signedIn, useAdapter, viewer } from './plainAdapter.js';

describe('REST adapter: errors', () => {
  const secret = new Error('relation "users" does not exist');
  const server = useAdapter(() =>
    adapterWith({
      ...resolvers,
      personas: remember(secret),
      persona: remember({ ...persona, agents: null }),
      createPersona: remember(new PlatformError('RATE_LIMIT_EXCEEDED', 'Rate limit exceeded', { retryAfter: 60 })),
      me: remember(new PlatformError('INVALID_STATE', 'Not now', { why: 'because' })),
    }, {
      viewerFromToken: (token) => {
        if (token === 'broken') throw secret;
        return viewer;
      },
    }),
  );

  const { level } = logger;
  before(() => { logger.level = 'silent'; });
  after(() => { logger.level = level; });

  it('answers {error, code, details} with the status of the code', async () => {
    const answer = await server.send('GET', '/api/users/me', { headers: signedIn });
    assert.equal(answer.status, 409);
    assert.deepEqual(answer.json, { error: 'Not now', code: 'INVALID_STATE', details: { why: 'because' } });
  });

  it('answers 429 with retryAfter and Retry-After', async () => {
    const answer = await server.send('POST', '/api/personas', { headers: signedIn, body: { name: 'A', systemPrompt: 'S' } });
    assert.equal(answer.status, 429);
    assert.equal(answer.headers['retry-after'], '60');
    assert.deepEqual(answer.json, { error: 'Rate limit exceeded', code: 'RATE_LIMIT_EXCEEDED', retryAfter: 60 });
  });

  it('answers 500 with the request id and nothing of the cause', async () => {
    for (const [path, token] of [['/api/personas', 'good'], [`/api/personas/${id}`, 'good'], ['/api/users/me', 'broken']]) {
      const answer = await server.send('GET', path!, { headers: { authorization: `Bearer ${token}` } });
      assert.equal(answer.status, 500);
      assert.deepEqual(answer.json, {
        error: 'Internal server error', code: 'INTERNAL_ERROR', details: { requestId: answer.headers['x-request-id'] },
      });
    }
    assert.deepEqual(seen.logged, [secret]);
  });
});
