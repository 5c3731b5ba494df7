import findMyWay from 'find-my-way';
import { PlatformError, validationError } from '../src/errors.js';
import type { Route } from './route.js';

/** Every path begins with it. */
const prefix = '/api';

export interface Match<Endpoint> {
  endpoint: Endpoint;
  /** Decoded, by name. */
  parameters: Record<string, string>;
  /** What follows the question mark, as it was sent; empty when there is none. */
  queryString: string;
}

export interface Matcher<Endpoint> {
  /** HEAD finds what GET finds. Throws NOT_FOUND, METHOD_NOT_ALLOWED or, for a badly encoded path, VALIDATION_ERROR. */
  match(method: string, url: string): Match<Endpoint>;
  /** The methods that a path takes; none when there is no such path. */
  allowed(url: string): string[];
}

/** Whether a request belongs to the adapter at all. */
export function isBelowPrefix(url: string): boolean {
  if (!url.startsWith(prefix)) return false;
  const next = url.charAt(prefix.length);
  return next === '' || next === '/' || next === '?';
}

/** Finds the endpoint of a request. Throws when two have the same method and path. */
export function createMatcher<Endpoint extends { route: Route }>(endpoints: Endpoint[]): Matcher<Endpoint> {
  const router = findMyWay({
    ignoreTrailingSlash: true,
    // A parameter of any length reaches the schema, which says what is wrong with it.
    maxParamLength: 16_384,
    querystringParser: (text) => text,
    onBadUrl: () => {},
  });
  for (const endpoint of endpoints) router.on(endpoint.route.method, endpoint.route.path, () => {}, endpoint);
  const methods = ['GET', 'POST', 'PUT', 'DELETE'] as const;

  function allowed(url: string): string[] {
    const found = methods.filter((method) => router.find(method, url)?.store);
    if (found.length === 0) return [];
    return [...found, ...(found.includes('GET') ? ['HEAD'] : []), 'OPTIONS'];
  }

  function match(method: string, url: string): Match<Endpoint> {
    const found = router.find((method === 'HEAD' ? 'GET' : method) as findMyWay.HTTPMethod, url);
    if (found?.store) {
      return { endpoint: found.store, parameters: found.params as Record<string, string>, queryString: found.searchParams as unknown as string };
    }
    // Only a path that cannot be decoded is found without an endpoint.
    if (found) throw validationError({ path: 'Path must be correctly percent-encoded' });
    const allow = allowed(url);
    if (allow.length === 0) throw new PlatformError('NOT_FOUND', 'Route not found');
    throw new PlatformError('METHOD_NOT_ALLOWED', `${method} is not allowed here`, { allow });
  }

  return { match, allowed };
}
