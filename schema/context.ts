import type { Viewer } from '../src/auth/viewer.js';
import { createLoaders, type Loaders } from './loaders.js';

/** What one request carries through rules and resolvers. */
export interface Context {
  /** Who is asking; null when nobody has signed in. */
  viewer: Viewer | null;
  /** Names the request in the log. */
  requestId: string;
  /** Where the request comes from; empty when it came over no connection. */
  clientAddress: string;
  loaders: Loaders;
}

/** A context for one request, with loaders of its own that are made when first used. */
export function createContext(viewer: Viewer | null, requestId: string, clientAddress = ''): Context {
  return { viewer, requestId, clientAddress, loaders: createLoaders(viewer) };
}

/** The context of a resolver whose rule asks for a viewer. */
export interface SignedInContext extends Context {
  viewer: Viewer;
}
