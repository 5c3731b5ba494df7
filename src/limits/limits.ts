import ipaddr from 'ipaddr.js';
import type { Viewer } from '../auth/viewer.js';
import { type Allowance, limiter } from './limiter.js';

/**
 * The documented limits of a user, wherever the user asks: REST, GraphQL and sockets count together. Each throws
 * RATE_LIMIT_EXCEEDED. Who has not signed in is counted by address.
 */

/** One request: over HTTP, or one that a client sends over a socket. */
export const takeRequest = (viewer: Pick<Viewer, 'id'> | null, clientAddress: string): Promise<Allowance> =>
  limiter().take('requests', viewer ? viewer.id : networkOf(clientAddress));

/** One new run. Call it before anything is written. */
export const takeRun = (viewer: Pick<Viewer, 'id'>): Promise<Allowance> => limiter().take('runs', viewer.id);

/** One file that is sent. Call it before the file is read. */
export const takeUpload = (viewer: Pick<Viewer, 'id'>): Promise<Allowance> => limiter().take('uploads', viewer.id);

/** What a user has left of runs or uploads. */
export const allowanceLeft = (name: 'runs' | 'uploads', viewer: Pick<Viewer, 'id'>): Promise<Allowance> => limiter().left(name, viewer.id);

/** What is counted as one address: an IPv4 address, or the /64 of an IPv6 one, all of which one client has to itself. */
export function networkOf(address: string): string {
  if (!ipaddr.isValid(address)) return 'unknown';
  const parsed = ipaddr.process(address);
  return parsed instanceof ipaddr.IPv6 ? `${parsed.parts.slice(0, 4).map((part) => part.toString(16)).join(':')}::/64` : parsed.toString();
}
