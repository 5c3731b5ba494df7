import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { sendError } from '../../rest-adapter/errors.js';
import type { Env } from '../env.js';
import { PlatformError } from '../errors.js';
import { StartupError } from '../startupError.js';
import { compose, type Platform } from './compose.js';
import type { Answer, Doors } from './doors.js';

/** A server that answers. */
export interface RunningServer {
  /** Where people reach it, without a slash at the end. */
  address: string;
  platform: Platform;
  /** Takes no more requests, lets those under way end for a moment, closes sockets, hands runs back and closes the database. */
  stop(): Promise<void>;
}

/** The address people use for a server with this configuration. */
export function addressOf({ PUBLIC_URL, HOST, PORT }: Env): string {
  if (PUBLIC_URL) return PUBLIC_URL.replace(/\/+$/, '');
  const host = ['0.0.0.0', '::'].includes(HOST) ? '127.0.0.1' : HOST;
  return `http://${host.includes(':') ? `[${host}]` : host}:${PORT}`;
}

/** How long requests under way may still take when the server stops, in milliseconds. */
const lastRequests = 3000;

/**
 * Starts everything in one process: database, worker, REST, `/ws` and GraphQL. Says what it is doing through `say`.
 * @throws StartupError with one sentence for the person at the terminal
 */
export async function serve(env: Env, say: (doing: string) => void = () => {}): Promise<RunningServer> {
  let answer: Answer = (req, res) =>
    sendError(req, res, new PlatformError('SERVICE_UNAVAILABLE', 'The server is starting'), randomUUID());
  const http = createServer((req, res) => answer(req, res));
  // Before all else, so that a busy port is known before anything was written.
  await listen(http, env);
  try {
    // The database works in a thread of its own while this one loads the schema.
    const [platform, { openDoors }] = await Promise.all([compose(env, say), import('./doors.js')]);
    const doors = await openDoors(http, platform, env.METRICS_TOKEN);
    answer = doors.answer;
    return { address: addressOf(env), platform, stop: () => stop(http, doors, platform) };
  } catch (error) {
    http.close();
    http.closeAllConnections();
    throw error;
  }
}

async function stop(http: Server, doors: Doors, platform: Platform): Promise<void> {
  const closed = once(http, 'close');
  http.close();
  const cut = setTimeout(() => http.closeAllConnections(), lastRequests);
  await Promise.all([doors.close(), closed, platform.stopWorking()]);
  clearTimeout(cut);
  await platform.close();
}

async function listen(http: Server, { HOST, PORT }: Env): Promise<void> {
  try {
    http.listen(PORT, HOST);
    await once(http, 'listening');
  } catch (error) {
    throw listenError(HOST, PORT, error as NodeJS.ErrnoException);
  }
}

function listenError(host: string, port: number, error: NodeJS.ErrnoException): StartupError {
  const sentences: Record<string, string> = {
    EADDRINUSE: `Port ${port} on ${host} is taken by another program: stop that one, or set PORT to another port.`,
    EACCES: `Port ${port} may not be opened by this user: set PORT to a number above 1023.`,
    EADDRNOTAVAIL: `${host} is no address of this machine: set HOST to one that is, such as 127.0.0.1 or 0.0.0.0.`,
    ENOTFOUND: `${host} is not known as an address: set HOST to one of this machine, such as 127.0.0.1 or 0.0.0.0.`,
  };
  const sentence = sentences[error.code ?? ''] ?? `Port ${port} on ${host} cannot be opened (${error.message}): set HOST and PORT to what can.`;
  return new StartupError(sentence, { cause: error });
}
