import { createHash, randomUUID } from 'node:crypto';
import type { Endpoint } from './endpoint.js';
import { endedEarly, failureOf } from './failure.js';
import { ProviderError, type ProviderAnswer, type ProviderRequest, type ToolCall } from './provider.js';
import { Transport } from './transport.js';

/** A tool call as its pieces arrive. */
export interface CallPieces {
  id: string;
  name: string;
  /** The arguments as JSON text. */
  json: string;
}

/** Why the model stopped, as far as it matters to us. */
export type Ending = 'done' | 'length' | 'context' | 'refused';

/** What both wire formats come down to. */
export interface Draft {
  text: string;
  calls: CallPieces[];
  /** Null until the provider says that the answer is whole. */
  ending: Ending | null;
  usage: ProviderAnswer['usage'];
  model: string;
}

/** Opens a stream of events through the SDK and writes each event into the draft. */
export interface Protocol<Event> {
  open(transport: Transport): Promise<AsyncIterable<Event>>;
  take(event: Event, draft: Draft): void;
}

/**
 * Reads one streamed answer to its end. Throws ProviderError, and the reason of the request's signal when aborted.
 * An answer that the provider has declared whole stands, even if the connection breaks after it.
 */
export async function readAnswer<Event>(
  endpoint: Endpoint,
  request: ProviderRequest,
  stallMs: number,
  protocol: Protocol<Event>,
): Promise<ProviderAnswer> {
  request.signal.throwIfAborted();
  if (endpoint.unavailable) throw new ProviderError('not_configured', endpoint.name, `${endpoint.unavailable}.`);
  const transport = new Transport(request.signal, stallMs);
  const draft: Draft = { text: '', calls: [], ending: null, usage: { promptTokens: 0, completionTokens: 0 }, model: endpoint.model };
  try {
    for await (const event of await protocol.open(transport)) {
      // `null` or a number is valid JSON, but no event of either protocol.
      if (typeof event !== 'object' || event === null) throw badAnswer(endpoint, 'sent an event that is not an object');
      const { usage } = draft;
      protocol.take(event, draft);
      if (draft.usage !== usage) request.onUsage?.(draft.usage);
    }
  } catch (error) {
    const failure = failureOf(error, request.signal, transport, endpoint);
    if (!draft.ending || !(failure instanceof ProviderError)) throw failure;
  } finally {
    transport.close();
  }
  // An aborted stream ends without a word.
  request.signal.throwIfAborted();
  if (!draft.ending) throw endedEarly(transport, endpoint);
  return assemble(endpoint, draft, request);
}

/** Adds text to the draft and shows it to who watches. */
export function addText(draft: Draft, text: string, request: ProviderRequest): void {
  if (!text) return;
  draft.text += text;
  request.onDelta(text);
}

/**
 * An id that every server accepts. Ids come from whichever provider made the call, and after a fallback another
 * one has to take them: OpenAI allows 40 characters, Anthropic only letters, digits, `_` and `-`.
 */
export function wireId(id: string): string {
  return /^[\w-]{1,40}$/.test(id) ? id : `call_${createHash('sha256').update(id).digest('hex').slice(0, 32)}`;
}

function assemble(endpoint: Endpoint, draft: Draft, request: ProviderRequest): ProviderAnswer {
  const { name } = endpoint;
  if (draft.ending === 'refused') throw badAnswer(endpoint, 'declined to answer this request');
  if (draft.calls.some((call) => !call.name)) throw badAnswer(endpoint, 'called a tool without naming it');
  const unfinished = draft.ending !== 'done' && draft.calls.some((call) => parseArguments(call.json) === null);
  const empty = draft.text.trim() === '' && draft.calls.length === 0;
  if (draft.ending === 'context' && (unfinished || empty)) {
    throw new ProviderError('context_too_long', name, `The conversation is too long for ${draft.model} of ${name}.`);
  }
  if (unfinished) {
    throw new ProviderError('cut_off', name, `${name} reached its length limit in the middle of a tool call.`);
  }
  if (empty) throw badAnswer(endpoint, draft.ending === 'length' ? 'reached its length limit before it said anything' : 'gave an empty answer');
  return { message: draft.text, toolCalls: finishCalls(draft.calls, request), usage: draft.usage, model: draft.model };
}

function finishCalls(calls: CallPieces[], request: ProviderRequest): ToolCall[] {
  // Some servers number their calls anew in each answer; ids have to be unique in the run.
  const taken = new Set(request.messages.flatMap((message) => (message.role === 'assistant' ? message.toolCalls.map(({ id }) => id) : [])));
  return calls.map(({ id, name, json }) => {
    const unique = id && !taken.has(id) ? id : `call_${randomUUID().replaceAll('-', '')}`;
    taken.add(unique);
    // A tool without parameters is often called with no arguments at all.
    const parsed = json.trim() === '' ? {} : parseArguments(json);
    return { id: unique, name, arguments: parsed, ...(parsed ? {} : { rawArguments: json }) };
  });
}

function parseArguments(json: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

const badAnswer = ({ name }: Endpoint, what: string) => new ProviderError('bad_answer', name, `${name} ${what}.`);
