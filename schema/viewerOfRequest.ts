import { viewerFromToken } from '../src/auth/auth.service.js';
import type { Viewer } from '../src/auth/viewer.js';
import { PlatformError } from '../src/errors.js';

/**
 * Who an `Authorization` header speaks for, or null. A token that is not good counts as none: rules then say
 * UNAUTHORIZED, while signing in again still works.
 */
export async function viewerOfRequest(authorization: string | undefined): Promise<Viewer | null> {
  const token = bearer(authorization);
  if (!token) return null;
  try {
    return await viewerFromToken(token);
  } catch (error) {
    if (error instanceof PlatformError && error.code === 'UNAUTHORIZED') return null;
    throw error;
  }
}

/** The token of `Bearer <token>`, in any case. */
export const bearer = (authorization: string | undefined) => /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1];
