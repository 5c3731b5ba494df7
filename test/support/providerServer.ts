import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate as tick } from 'node:timers/promises';

export interface ScriptedCall {
  /** Made up when absent. */
  id?: string;
  name: string;
  /** A string is sent as it is: that is how invalid JSON gets in. */
  arguments: object | string;
}

/** What goes wrong in a stream, after so many pieces of text or arguments (0: only the opening is sent). */
export interface Trouble {
  after: number;
  /** `cut` breaks the connection, `end` closes it politely, `stall` falls silent, `error` sends the protocol's error event, `garbage` an event that is not JSON. */
  kind: 'cut' | 'end' | 'stall' | 'error' | 'garbage';
  /** For `error`. */
  error?: ScriptedError;
}

export interface ScriptedError {
  type?: string;
  code?: string | number;
  param?: string;
  message?: string;
}

/** An answer streamed as the real service does it. */
export interface StreamScript {
  /** Each element is one piece. */
  text?: string | string[];
  toolCalls?: ScriptedCall[];
  /** `done` says what fits the content. */
  ending?: 'done' | 'length' | 'refused';
  usage?: { promptTokens: number; completionTokens: number };
  model?: string;
  /** Sends so many bytes at a time; 1 splits every line and every character. */
  splitBytes?: number;
  trouble?: Trouble;
}

/** An answer without a stream: an error of the service, or with `body` anything at all. */
export interface StatusScript extends ScriptedError {
  status: number;
  headers?: Record<string, string>;
  body?: string;
}

/** Takes the request and says nothing, not even a status. */
export interface SilentScript {
  silent: true;
}

export type Script = StreamScript | StatusScript | SilentScript;

export interface ReceivedRequest {
  path: string;
  headers: IncomingHttpHeaders;
  body: any;
  /** Resolves when the connection's answer is over: `true` when the client left before its end. */
  left: Promise<boolean>;
}

/** One event on the wire. Content counts for `Trouble.after`. */
export interface Frame {
  bytes: string;
  content: boolean;
}

/** What makes a protocol: how it writes answers and errors, and which requests it refuses. */
export interface WireFormat {
  path: string;
  frames(script: StreamScript, body: any): Frame[];
  errorFrame(error: ScriptedError): string;
  errorBody(status: number, error: ScriptedError): object;
  /** The sentence of a 400 for a request that the real service would refuse, else null. */
  refusal(body: any, headers: IncomingHttpHeaders): string | null;
}

export interface ProviderServer {
  /** `http://127.0.0.1:port`, without a path. */
  url: string;
  requests: ReceivedRequest[];
  /** Adds answers; each request takes the next. A request without an answer gets a 500. */
  reply(...scripts: Script[]): void;
  /** Answers every request that no script is left for, by what it says. */
  replyBy(choose: (body: any) => Promise<Script>): void;
  close(): Promise<void>;
}

/** Starts a server of one wire format on a free port of the loopback. */
export async function startProviderServer(format: WireFormat): Promise<ProviderServer> {
  const scripts: Script[] = [];
  const requests: ReceivedRequest[] = [];
  let choose = async (_body: any): Promise<Script> => ({ status: 500, message: 'the test has scripted no answer for this request' });
  const server = createServer((request, response) => {
    void answer(request, response).catch(() => response.destroy());
  });
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const left = once(response, 'close').then(() => !response.writableFinished);
    const body = JSON.parse(await textOf(request));
    requests.push({ path: request.url ?? '', headers: request.headers, body, left });
    const refusal = request.url === format.path ? format.refusal(body, request.headers) : null;
    if (request.url !== format.path) return sendStatus(response, { status: 404, message: `no such path: ${request.url}` }, format);
    if (refusal) return sendStatus(response, { status: 400, message: refusal }, format);
    await play(scripts.shift() ?? (await choose(body)), body, response, format);
  }
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    reply: (...more) => void scripts.push(...more),
    replyBy: (chooser) => void (choose = chooser),
    close: async () => {
      server.close();
      server.closeAllConnections();
      if (server.listening) await once(server, 'close');
    },
  };
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

async function play(script: Script, body: any, response: ServerResponse, format: WireFormat): Promise<void> {
  if ('silent' in script) return;
  if ('status' in script) return sendStatus(response, script, format);
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' });
  response.flushHeaders();
  const { trouble, splitBytes } = script;
  let content = 0;
  for (const frame of format.frames(script, body)) {
    if (trouble && frame.content && content === trouble.after) return makeTrouble(trouble, frame, response, format);
    if (frame.content) content++;
    await send(response, frame.bytes, splitBytes);
  }
  response.end();
}

async function makeTrouble(trouble: Trouble, next: Frame, response: ServerResponse, format: WireFormat): Promise<void> {
  switch (trouble.kind) {
    case 'stall':
      return;
    case 'cut':
      // In the middle of a line, as real connections break.
      await send(response, next.bytes.slice(0, next.bytes.length / 2));
      return void response.destroy();
    case 'end':
      return void response.end();
    case 'garbage':
      await send(response, next.bytes.replace(/^data: .*$/m, 'data: {"half an eve'));
      return void response.end();
    case 'error':
      await send(response, format.errorFrame(trouble.error ?? {}));
      return void response.end();
  }
}

function sendStatus(response: ServerResponse, script: StatusScript, format: WireFormat): void {
  const { status, headers, body, ...error } = script;
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(body ?? JSON.stringify(format.errorBody(status, error)));
}

/** Every piece is a chunk of its own for the client. */
async function send(response: ServerResponse, text: string, splitBytes = Infinity): Promise<void> {
  const bytes = Buffer.from(text, 'utf8');
  for (let from = 0; from < bytes.length; from += splitBytes) {
    if (response.destroyed) return;
    // The callback comes with an error when the client has left.
    await new Promise<void>((resolve) => response.write(bytes.subarray(from, from + splitBytes), () => resolve()));
    await tick();
  }
}

/** The pieces in which a call's arguments arrive: a few characters each, at least one. */
export function argumentPieces(call: ScriptedCall): string[] {
  const json = typeof call.arguments === 'string' ? call.arguments : JSON.stringify(call.arguments);
  return json.match(/[\s\S]{1,7}/g) ?? [''];
}

export const textPieces = ({ text = [] }: StreamScript): string[] => (typeof text === 'string' ? [text] : text);
