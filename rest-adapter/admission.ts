import type { IncomingMessage, ServerResponse } from 'node:http';
import { noteAllowance, type RequestLimits } from './limits.js';
import { bearerToken, type Viewer } from './viewer.js';

/** What an admission needs of the adapter's options. */
interface Gate {
  viewerFromToken(token: string): Promise<Viewer> | Viewer;
  limits?: RequestLimits;
}

/**
 * Who is asking, once the request was counted: by user, or by address where nobody has signed in. Throws RATE_LIMIT_EXCEEDED,
 * and UNAUTHORIZED where a good token is asked for.
 * @param isPublic whether no token is asked for
 */
export async function admit({ viewerFromToken, limits }: Gate, isPublic: boolean, address: string, req: IncomingMessage, res: ServerResponse): Promise<Viewer | null> {
  let viewer: Viewer | null = null;
  let refusal: unknown;
  try {
    if (!isPublic) viewer = await viewerFromToken(bearerToken(req));
  } catch (error) {
    refusal = error;
  }
  if (limits) noteAllowance(res, await limits.takeRequest(viewer, address));
  if (refusal) throw refusal;
  return viewer;
}
