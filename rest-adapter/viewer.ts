import type { IncomingMessage } from 'node:http';
import type { Context } from '../schema/context.js';
import { unauthorized } from '../src/errors.js';

/** Who is signed in. */
export type Viewer = NonNullable<Context['viewer']>;

/** The token of an `Authorization: Bearer …` header. Throws UNAUTHORIZED when there is none. */
export function bearerToken({ headers }: IncomingMessage): string {
  const [, token] = /^Bearer +(\S+) *$/i.exec(headers.authorization ?? '') ?? [];
  if (!token) throw unauthorized();
  return token;
}
