import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { pathParameters } from '../../rest-adapter/route.js';
import type { TestServer } from '../support/server.js';

/** The path with each parameter's value in its place. */
export const fill = (path: string, values: Record<string, string>): string =>
  path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(values[name]!));

/**
 * What every guarded route does with bad ids and with people it does not know.
 * @param body one that the route would take, so that nothing but the caller or the id is wrong
 * @param noun what the route calls the thing of its first parameter, when there is one
 */
export function itIsGuarded(server: TestServer, method: string, path: string, noun?: string, body?: object): void {
  const parameters = pathParameters(path);
  const unknown = Object.fromEntries(parameters.map((name) => [name, randomUUID()]));

  for (const name of parameters) {
    it(`answers 400 naming ${name} when it is malformed`, async () => {
      const stranger = await server.signIn(`${randomUUID()}@example.com`);
      for (const value of ['42', 'undefined', `${randomUUID()}0`, "' or 1=1 --", '\0', '💥']) {
        const answer = await server.request(method, fill(path, { ...unknown, [name]: value }), { token: stranger.token, body });
        assert.equal(answer.status, 400, value);
        assert.deepEqual(Object.keys(answer.json.details), [name]);
        assert.match(answer.json.details[name], /must be a UUID$/);
      }
    });
  }

  it('answers 401 without a good token', async () => {
    const stranger = await server.signIn(`${randomUUID()}@example.com`);
    await server.request('POST', '/api/auth/logout', { token: stranger.token });
    for (const token of [undefined, 'nonsense', `${stranger.token}x`, stranger.token]) {
      const answer = await server.request(method, fill(path, unknown), { token, body });
      assert.equal(answer.status, 401);
      assert.deepEqual(answer.json, { error: 'Authentication required', code: 'UNAUTHORIZED' });
    }
  });

  if (noun) {
    it('answers 404 to an unknown id', async () => {
      const stranger = await server.signIn(`${randomUUID()}@example.com`);
      const answer = await server.request(method, fill(path, unknown), { token: stranger.token, body });
      assert.deepEqual([answer.status, answer.json], [404, { error: `${noun} not found`, code: 'NOT_FOUND' }]);
    });
  }
}

/** The body's keys in order, to be compared with the documented ones. */
export const keysOf = (value: object): string[] => Object.keys(value);

/** Asserts a 403 that tells nothing. */
export function assertDenied(answer: { status: number; json: unknown }): void {
  assert.deepEqual([answer.status, answer.json], [403, { error: 'Access denied', code: 'FORBIDDEN' }]);
}

/** Asserts a 400 whose `details` are these, all of them. */
export function assertInvalid(answer: { status: number; json: any }, details: Record<string, string>): void {
  assert.deepEqual([answer.status, answer.json], [400, { error: 'Validation error', code: 'VALIDATION_ERROR', details }]);
}

/** ISO 8601 in UTC with milliseconds. */
export const isTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
