import type { IncomingMessage, ServerResponse } from 'node:http';
import { basename, dirname } from 'node:path';
import { create as contentDisposition } from 'content-disposition';
import send from 'send';
import { PlatformError } from '../src/errors.js';
import { sendError } from './errors.js';
import { withAllowance } from './limits.js';
import type { FileDescription } from './route.js';

/**
 * Answers with a file: whole, a range of it, or 304 when the client has it. What is checked against `If-None-Match` and
 * `If-Range` is the file's checksum.
 * @param path where the bytes are
 * @param log hears of a file that is listed but cannot be read
 */
export function sendFile(
  req: IncomingMessage,
  res: ServerResponse,
  file: FileDescription,
  path: string,
  requestId: string,
  log: (error: unknown, requestId: string) => void,
): void {
  for (const [name, value] of Object.entries(withAllowance(res, headersOf(file, requestId)))) res.setHeader(name, value);

  function refuse(error: SendError): void {
    if (!res.headersSent) for (const name of res.getHeaderNames()) res.removeHeader(name);
    const { code, message, status } = refusals[error.status] ?? { code: 'INTERNAL_ERROR', message: error.message };
    const contentRange = error.headers?.['Content-Range'];
    if (contentRange) res.setHeader('content-range', contentRange);
    if (!status) log(error, requestId);
    sendError(req, res, new PlatformError(code, message), requestId, status);
  }

  // The library decodes the name it is given, and would redirect to a folder.
  send(req, encodeURIComponent(basename(path)), { root: dirname(path), dotfiles: 'allow', index: false, cacheControl: false })
    .on('error', refuse)
    .on('directory', () => refuse({ status: 404, message: `${path} is a folder` }))
    .pipe(res);
}

/** What the library says when it cannot send a file. */
interface SendError {
  status: number;
  message: string;
  headers?: Record<string, string>;
}

function headersOf(file: FileDescription, requestId: string): Record<string, string> {
  return {
    'content-type': file.mimeType,
    'content-disposition': contentDisposition(file.name),
    // A browser may keep it but must ask each time whether it is still allowed to show it.
    'cache-control': 'private, no-cache',
    'x-content-type-options': 'nosniff',
    'x-request-id': requestId,
    ...(file.sha256 && { etag: `"${file.sha256}"` }),
  };
}

/** What the client is told for a status of the library. Those without a status of their own are our fault, and logged. */
const refusals: Record<number, { code: PlatformError['code']; message: string; status?: number }> = {
  404: { code: 'NOT_FOUND', message: 'File not found' },
  412: { code: 'VALIDATION_ERROR', message: 'The file is not the expected one', status: 412 },
  416: { code: 'VALIDATION_ERROR', message: 'The file has no such range', status: 416 },
};
