import type { IncomingMessage, ServerResponse } from 'node:http';
import express from 'express';
import { drain } from '../schema/drain.js';
import { PlatformError } from '../src/errors.js';

/** The largest JSON body, in bytes. */
export const longestBody = 1024 * 1024;

const parse = express.json({ limit: longestBody, type: ['application/json', 'application/*+json'] });

/**
 * Reads a JSON object; no body at all counts as an empty one, so that each missing field is named.
 * Throws VALIDATION_ERROR, PAYLOAD_TOO_LARGE or UNSUPPORTED_MEDIA_TYPE.
 */
export function readBody(req: IncomingMessage, res: ServerResponse): Promise<Record<string, unknown>> {
  return new Promise((resolve, reject) => {
    parse(req, res, (error: unknown) => {
      if (error) {
        drain(req);
        return reject(explain(error as ParserError));
      }
      const { body } = req as { body?: Record<string, unknown> };
      if (body === undefined && hasBody(req)) reject(unsupported('The body must have the content type application/json'));
      else if (Array.isArray(body)) reject(invalidBody('must be a JSON object'));
      else resolve(body ?? {});
    });
  });
}

/** What the parser throws: `type` says which fault it is. */
interface ParserError extends Error {
  type?: string;
}

function explain({ type }: ParserError): PlatformError {
  switch (type) {
    case 'entity.too.large':
      return new PlatformError('PAYLOAD_TOO_LARGE', `The body is larger than ${longestBody} bytes`);
    case 'encoding.unsupported':
      return unsupported('The content encoding must be gzip, deflate, br or identity');
    case 'charset.unsupported':
      return unsupported('The charset must be UTF-8');
    case 'entity.parse.failed':
      return invalidBody('must be a JSON object');
    default:
      return invalidBody('could not be read');
  }
}

const unsupported = (message: string) => new PlatformError('UNSUPPORTED_MEDIA_TYPE', message);
const invalidBody = (fault: string) => new PlatformError('VALIDATION_ERROR', `The body ${fault}`, { body: `Body ${fault}` });

const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
