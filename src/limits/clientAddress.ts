import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';

let trusted = 0;

/** Says how many proxies stand in front of this process, each of which adds to `X-Forwarded-For` whom it was called by. */
export function trustProxies(count: number): void {
  trusted = count;
}

/**
 * The address that a request comes from. `X-Forwarded-For` is believed as far as proxies of our own wrote it: anyone can send
 * the rest.
 */
export function clientAddress({ socket, headers }: IncomingMessage): string {
  const own = socket.remoteAddress ?? '';
  if (trusted === 0) return own;
  const callers = [...String(headers['x-forwarded-for'] ?? '').split(',').map((text) => text.trim()), own];
  const caller = callers.at(-1 - trusted) ?? callers[0]!;
  return isIP(caller) ? caller : own;
}
