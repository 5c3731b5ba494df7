import { createServer, type RequestListener, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
  bytes: Buffer;
  /** The body as JSON. */
  json: any;
}

export interface SendOptions {
  headers?: Record<string, string | string[]>;
  /** Text and bytes go as they are, anything else as JSON with its content type. */
  body?: unknown;
}

/** A server on a free port of the loopback, and a client that sends exactly what it is told. */
export interface Listening {
  server: Server;
  port: number;
  send(method: string, path: string, options?: SendOptions): Promise<Answer>;
  close(): Promise<void>;
}

export async function listen(listener: RequestListener): Promise<Listening> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    server,
    port,
    send: (method, path, options) => sendTo(port, method, path, options),
    close: () => new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    }),
  };
}

/** One request on a connection of its own. */
export function sendTo(port: number, method: string, path: string, { headers = {}, body }: SendOptions = {}): Promise<Answer> {
  const isRaw = body === undefined || typeof body === 'string' || Buffer.isBuffer(body);
  const payload = (isRaw ? body : JSON.stringify(body)) as string | Buffer | undefined;
  const length = payload === undefined ? {} : { 'content-length': String(Buffer.byteLength(payload)) };
  const type = isRaw ? {} : { 'content-type': 'application/json' };
  return new Promise((resolve, reject) => {
    const outgoing = request({ port, host: '127.0.0.1', method, path, headers: { ...type, ...length, ...headers } }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const bytes = Buffer.concat(chunks);
        const text = bytes.toString();
        const isJson = String(response.headers['content-type']).startsWith('application/json');
        const json = isJson && text ? JSON.parse(text) : undefined;
        resolve({ status: response.statusCode!, headers: response.headers, bytes, text, json });
      });
    });
    outgoing.on('error', reject);
    outgoing.end(payload);
  });
}
