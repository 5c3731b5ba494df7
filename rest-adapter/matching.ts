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

/**
 * Finds the endpoint of a request: first its path, where a fixed one goes before one with a parameter, then the method. So what a
 * path takes is never what another takes that it would also fit. Throws when two have the same method and path.
 */
export function createMatcher<Endpoint extends { route: Route }>(endpoints: Endpoint[]): Matcher<Endpoint> {
  const router = findMyWay({
    ignoreTrailingSlash: true,
    // A parameter of any length reaches the schema, which says what is wrong with it.
    maxParamLength: 16_384,
    querystringParser: (text) => text,
    onBadUrl: () => {},
  });
  for (const [path, byMethod] of byPath(endpoints)) router.on('GET', path, () => {}, byMethod);
  const find = (url: string) => router.find('GET', url);

  function match(method: string, url: string): Match<Endpoint> {
    const found = find(url);
    if (!found) throw new PlatformError('NOT_FOUND', 'Route not found');
    // Only a path that cannot be decoded is found without endpoints.
    if (!found.store) throw validationError({ path: 'Path must be correctly percent-encoded' });
    const endpoint = (found.store as ByMethod<Endpoint>).get(method === 'HEAD' ? 'GET' : method);
    if (!endpoint) throw new PlatformError('METHOD_NOT_ALLOWED', `${method} is not allowed here`, { allow: methodsOf(found.store) });
    return { endpoint, parameters: found.params as Record<string, string>, queryString: found.searchParams as unknown as string };
  }

  return { match, allowed: (url) => methodsOf(find(url)?.store ?? new Map()) };
}

type ByMethod<Endpoint> = Map<string, Endpoint>;

function byPath<Endpoint extends { route: Route }>(endpoints: Endpoint[]): Map<string, ByMethod<Endpoint>> {
  const paths = new Map<string, ByMethod<Endpoint>>();
  for (const endpoint of endpoints) {
    const { method, path } = endpoint.route;
    const methods = paths.get(path) ?? new Map<string, Endpoint>();
    if (methods.has(method)) throw new Error(`${method} ${path} is already declared`);
    paths.set(path, methods.set(method, endpoint));
  }
  return paths;
}

function methodsOf(endpoints: ByMethod<unknown>): string[] {
  const found = ['GET', 'POST', 'PUT', 'DELETE'].filter((method) => endpoints.has(method));
  return found.length === 0 ? [] : [...found, ...(endpoints.has('GET') ? ['HEAD'] : []), 'OPTIONS'];
}
