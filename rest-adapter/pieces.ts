import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { create as contentDisposition } from 'content-disposition';
import { withAllowance } from './limits.js';
import type { Data, Piece } from './route.js';

/**
 * Answers with a file that comes in pieces: the next is asked for when the client has taken the one before, so a file of any
 * length takes the memory of two. When one cannot be read, the connection is cut, so that nobody takes a part for the whole.
 */
export async function sendPieces(
  req: IncomingMessage,
  res: ServerResponse,
  first: Piece,
  read: (next: Data) => Promise<Piece>,
  requestId: string,
): Promise<void> {
  res.writeHead(200, withAllowance(res, {
    'content-type': first.mimeType,
    'content-disposition': contentDisposition(first.fileName),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'x-request-id': requestId,
  }));
  if (req.method === 'HEAD') return void res.end();
  await pipeline(textOf(first, read), res).catch((error: NodeJS.ErrnoException) => {
    // The client has gone away.
    if (error.code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
  });
}

async function* textOf(first: Piece, read: (next: Data) => Promise<Piece>): AsyncGenerator<string> {
  let piece = first;
  for (;;) {
    if (piece.text !== '') yield piece.text;
    if (!piece.next) return;
    piece = await read(piece.next);
  }
}
