import type OpenAI from 'openai';
import { addText, readAnswer, wireId, type CallPieces, type Draft, type Ending } from './answer.js';
import { defaultStallMs, toEndpoint, type Endpoint, type EndpointOptions } from './endpoint.js';
import type { Message, OfferedTool, Provider, ProviderRequest } from './provider.js';
import type { Transport } from './transport.js';

type Body = OpenAI.ChatCompletionCreateParamsStreaming;
type Chunk = OpenAI.ChatCompletionChunk;

export const openAiBaseUrl = 'https://api.openai.com/v1';

/**
 * Any server that speaks OpenAI's Chat Completions: OpenAI, Groq, Ollama, llama.cpp, vLLM and others by base URL.
 * Errors are ProviderErrors; the SDK's own retries are off because the fallback decides about those.
 */
export function createOpenAiProvider(options: EndpointOptions): Provider {
  const endpoint = toEndpoint(options, openAiBaseUrl);
  const quirks: Quirks = { noReasoning: false };
  return {
    name: endpoint.name,
    model: endpoint.model,
    unavailable: endpoint.unavailable,
    complete: (request) => {
      const calls: CallsByIndex = new Map();
      return readAnswer<Chunk>(endpoint, request, options.stallMs ?? defaultStallMs, {
        open: (transport) => open(endpoint, request, quirks, transport),
        take: (chunk, draft) => take(chunk, draft, calls, request),
      });
    },
  };
}

/** What a model has told us about itself; kept so that it is told only once. */
interface Quirks {
  noReasoning: boolean;
}

async function open(endpoint: Endpoint, request: ProviderRequest, quirks: Quirks, transport: Transport) {
  // Loaded when first needed: an installation without keys starts faster and smaller.
  const { OpenAI } = await import('openai');
  const client = new OpenAI({
    apiKey: endpoint.apiKey ?? 'none',
    defaultHeaders: endpoint.apiKey ? {} : { Authorization: null },
    baseURL: endpoint.baseUrl,
    organization: null,
    project: null,
    adminAPIKey: null,
    maxRetries: 0,
    logLevel: 'off',
    fetch: transport.fetch,
  });
  const body = toBody(endpoint.model, request);
  const create = () =>
    client.chat.completions.create(quirks.noReasoning && body.tools ? { ...body, reasoning_effort: 'none' } : body, { signal: transport.signal });
  return create().catch((error: unknown) => {
    // The reasoning models from GPT-5.6 on take tools in this protocol only with reasoning switched off, and say so in this way.
    if (quirks.noReasoning || !body.tools || (error as { param?: unknown }).param !== 'reasoning_effort') throw error;
    quirks.noReasoning = true;
    return create();
  });
}

function toBody(model: string, { messages, tools }: ProviderRequest): Body {
  return {
    model,
    messages: messages.map(toMessage),
    // An empty list is refused.
    ...(tools.length > 0 ? { tools: tools.map(toTool) } : {}),
    stream: true,
    stream_options: { include_usage: true },
  };
}

function toTool({ name, description, parameters }: OfferedTool): OpenAI.ChatCompletionTool {
  return { type: 'function', function: { name, description, parameters } };
}

function toMessage(message: Message): OpenAI.ChatCompletionMessageParam {
  if (message.role === 'tool') return { role: 'tool', tool_call_id: wireId(message.toolCallId), content: message.content };
  if (message.role !== 'assistant') return { role: message.role, content: message.content };
  if (message.toolCalls.length === 0) return { role: 'assistant', content: message.content };
  return {
    role: 'assistant',
    content: message.content || null,
    tool_calls: message.toolCalls.map(({ id, name, arguments: args }) => ({
      id: wireId(id),
      type: 'function',
      // Servers parse this text again; the tool's result has told the model about unreadable arguments.
      function: { name, arguments: JSON.stringify(args ?? {}) },
    })),
  };
}

const endings: Record<string, Ending> = { length: 'length', content_filter: 'refused' };

function take(chunk: Chunk, draft: Draft, calls: CallsByIndex, request: ProviderRequest): void {
  if (chunk.model) draft.model = chunk.model;
  if (chunk.usage) {
    draft.usage = { promptTokens: chunk.usage.prompt_tokens ?? 0, completionTokens: chunk.usage.completion_tokens ?? 0 };
  }
  const choice = chunk.choices?.[0];
  if (!choice) return;
  // A refusal is an answer in words; the model gives it in a field of its own.
  addText(draft, choice.delta?.content ?? choice.delta?.refusal ?? '', request);
  for (const piece of choice.delta?.tool_calls ?? []) addCallPiece(piece, draft, calls);
  if (choice.finish_reason) draft.ending = endings[choice.finish_reason] ?? 'done';
}

/** The call that each index of the stream stands for at the moment. */
type CallsByIndex = Map<number, CallPieces>;

/** Pieces of one call share an index. Some servers leave it out, or give every call the index 0 and an id of its own. */
function addCallPiece(piece: OpenAI.ChatCompletionChunk.Choice.Delta.ToolCall, draft: Draft, calls: CallsByIndex): void {
  const known = piece.index === undefined ? draft.calls.at(-1) : calls.get(piece.index);
  const same = known && (!piece.id || !known.id || piece.id === known.id);
  const call = same ? known : { id: '', name: '', json: '' };
  if (!same) draft.calls.push(call);
  calls.set(piece.index, call);
  call.id ||= piece.id ?? '';
  call.name ||= piece.function?.name ?? '';
  call.json += piece.function?.arguments ?? '';
}
