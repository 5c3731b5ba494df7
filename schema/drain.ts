import type { IncomingMessage } from 'node:http';

/** How much of a refused body is still read, in bytes. */
const stillRead = 64 * 1024 * 1024;

/** Reads the rest of a body that was refused and throws it away, so that the client gets to hear why. Ends the connection of one without end. */
export function drain(req: IncomingMessage): void {
  let read = 0;
  req.unpipe();
  req.on('data', (piece: Buffer) => {
    read += piece.length;
    if (read > stillRead) req.destroy();
  });
  req.resume();
}
