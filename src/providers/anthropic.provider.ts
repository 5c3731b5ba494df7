import type Anthropic from '@anthropic-ai/sdk';
import { addText, readAnswer, wireId, type CallPieces, type Draft, type Ending } from './answer.js';
import { defaultStallMs, toEndpoint, type Endpoint, type EndpointOptions } from './endpoint.js';
import type { Message, OfferedTool, Provider, ProviderRequest } from './provider.js';
import type { Transport } from './transport.js';

type Block = Anthropic.ContentBlockParam;

export const anthropicBaseUrl = 'https://api.anthropic.com';

/** The protocol wants a bound; this one leaves room for a whole document as a tool's argument, and every current model allows it. */
const maxTokens = 32_000;

/** Anthropic's Messages API. Errors are ProviderErrors; the SDK's own retries are off because the fallback decides about those. */
export function createAnthropicProvider(options: EndpointOptions): Provider {
  const endpoint = toEndpoint(options, anthropicBaseUrl);
  return {
    name: endpoint.name,
    model: endpoint.model,
    unavailable: endpoint.unavailable,
    complete: (request) => {
      const progress: Progress = { calls: new Map(), stopReason: null };
      return readAnswer<Anthropic.MessageStreamEvent>(endpoint, request, options.stallMs ?? defaultStallMs, {
        open: (transport) => open(endpoint, request, transport),
        take: (event, draft) => take(event, draft, progress, request),
      });
    },
  };
}

async function open(endpoint: Endpoint, request: ProviderRequest, transport: Transport) {
  // Loaded when first needed: an installation without keys starts faster and smaller.
  const { Anthropic } = await import('@anthropic-ai/sdk');
  const client = new Anthropic({
    // An empty string is sent as it is; null would make the SDK look for credentials on the disk.
    apiKey: endpoint.apiKey ?? '',
    baseURL: endpoint.baseUrl,
    maxRetries: 0,
    logLevel: 'off',
    openTelemetry: false,
    fetch: transport.fetch,
  });
  return client.messages.create(toBody(endpoint.model, request), { signal: transport.signal });
}

function toBody(model: string, { messages, tools }: ProviderRequest): Anthropic.MessageCreateParamsStreaming {
  const system = messages.flatMap((message) => (message.role === 'system' && message.content.trim() ? [message.content] : [])).join('\n\n');
  return {
    model,
    max_tokens: maxTokens,
    ...(system ? { system } : {}),
    messages: toTurns(messages),
    ...(tools.length > 0 ? { tools: tools.map(toTool) } : {}),
    stream: true,
  };
}

function toTool({ name, description, parameters }: OfferedTool): Anthropic.Tool {
  return { name, description, input_schema: { ...parameters, type: 'object' } };
}

/** Turns alternate: neighbours of the same side become one turn, so all results of one answer's calls are in one. */
function toTurns(messages: Message[]): Anthropic.MessageParam[] {
  const turns: { role: 'user' | 'assistant'; content: Block[] }[] = [];
  for (const message of messages) {
    const content = toBlocks(message);
    if (content.length === 0) continue;
    const role = message.role === 'assistant' ? 'assistant' : 'user';
    const last = turns.at(-1);
    if (last?.role === role) last.content.push(...content);
    else turns.push({ role, content });
  }
  return turns;
}

function toBlocks(message: Message): Block[] {
  if (message.role === 'system') return [];
  if (message.role === 'tool') {
    return [{ type: 'tool_result', tool_use_id: wireId(message.toolCallId), content: message.content }];
  }
  // An empty text block is refused.
  const text: Block[] = message.content.trim() ? [{ type: 'text', text: message.content }] : [];
  if (message.role === 'user') return text;
  // Unreadable arguments go back as none; the tool's result has told the model about them.
  const calls = message.toolCalls.map(({ id, name, arguments: args }): Block => ({ type: 'tool_use', id: wireId(id), name, input: args ?? {} }));
  return [...text, ...calls];
}

interface Progress {
  /** The tool calls, by the index of their block. */
  calls: Map<number, CallPieces>;
  /** Told by an earlier event than the one that ends the answer. */
  stopReason: string | null;
}

const endings: Record<string, Ending> = {
  max_tokens: 'length',
  model_context_window_exceeded: 'context',
  refusal: 'refused',
};

function take(event: Anthropic.MessageStreamEvent, draft: Draft, progress: Progress, request: ProviderRequest): void {
  switch (event.type) {
    case 'message_start':
      draft.model = event.message?.model ?? draft.model;
      return addUsage(event.message?.usage, draft);
    case 'content_block_start':
      return startBlock(event, draft, progress, request);
    case 'content_block_delta':
      if (event.delta?.type === 'text_delta') addText(draft, event.delta.text, request);
      if (event.delta?.type === 'input_json_delta') {
        const call = progress.calls.get(event.index);
        if (call) call.json += event.delta.partial_json;
      }
      return;
    case 'message_delta':
      progress.stopReason = event.delta?.stop_reason ?? progress.stopReason;
      return addUsage(event.usage, draft);
    case 'message_stop':
      draft.ending = endings[progress.stopReason ?? ''] ?? 'done';
  }
}

function startBlock(event: Anthropic.RawContentBlockStartEvent, draft: Draft, progress: Progress, request: ProviderRequest): void {
  const block = event.content_block;
  if (block?.type === 'text') addText(draft, block.text, request);
  if (block?.type !== 'tool_use') return;
  // Proxies that do not stream put the whole input here; Anthropic itself an empty object.
  const whole = Object.keys(block.input ?? {}).length > 0 ? JSON.stringify(block.input) : '';
  const call = { id: block.id, name: block.name, json: whole };
  draft.calls.push(call);
  progress.calls.set(event.index, call);
}

/** Counts are totals so far; what was read from or written to the prompt cache is counted apart from the other input. */
function addUsage(usage: Partial<Anthropic.Usage> | Partial<Anthropic.MessageDeltaUsage> | undefined, draft: Draft): void {
  if (!usage) return;
  const input = (usage.input_tokens ?? 0) + (usage.cache_creation_input_tokens ?? 0) + (usage.cache_read_input_tokens ?? 0);
  draft.usage = {
    promptTokens: input || draft.usage.promptTokens,
    completionTokens: usage.output_tokens ?? draft.usage.completionTokens,
  };
}
