/** What every provider of language models looks like to the run engine. */

/** A JSON Schema object; kept loose because tools and providers only pass it on. */
export type JsonSchema = Record<string, unknown>;

/** A tool as it is offered to the model. */
export interface OfferedTool {
  name: string;
  description: string;
  parameters: JsonSchema;
}

export interface ToolCall {
  /** The provider's id of the call; the tool's result names it. Unique in the run. */
  id: string;
  name: string;
  /** The parsed arguments, or null when the model's text was not a JSON object. */
  arguments: Record<string, unknown> | null;
  /** The model's text when `arguments` is null, so that it can be shown its mistake. */
  rawArguments?: string;
}

export type Message =
  | { role: 'system'; content: string }
  | { role: 'user'; content: string }
  | { role: 'assistant'; content: string; toolCalls: ToolCall[] }
  | { role: 'tool'; toolCallId: string; toolName: string; content: string };

export interface ProviderRequest {
  messages: Message[];
  tools: OfferedTool[];
  /** Ends the request and its stream at once when aborted. */
  signal: AbortSignal;
  /** Called with each piece of text as it arrives. */
  onDelta(text: string): void;
  /** Called with what the provider tells of its tokens, totals so far; what it told counts also when no answer comes of it. */
  onUsage?(usage: Usage): void;
}

export interface Usage {
  promptTokens: number;
  completionTokens: number;
}

export interface ProviderAnswer {
  message: string;
  toolCalls: ToolCall[];
  usage: Usage;
  /** The model that answered, as the provider names it. */
  model: string;
}

export interface Provider {
  /** The name personas use: `openai`, `anthropic`, `groq`, `local`, or one from the configuration. */
  readonly name: string;
  readonly model: string;
  /** One sentence naming the variable to set when the provider cannot be used, else null. */
  readonly unavailable: string | null;
  /** Streams one answer. Throws ProviderError, and the signal's reason when aborted. */
  complete(request: ProviderRequest): Promise<ProviderAnswer>;
}

/** Why a provider gave no usable answer. */
export type ProviderErrorKind =
  | 'rate_limited'
  | 'overloaded'
  | 'unauthorized'
  | 'context_too_long'
  | 'cut_off' // the stream ended before the answer did, or went silent
  | 'bad_answer' // not what the protocol says, or a refused request
  | 'unreachable'
  | 'not_configured';

export class ProviderError extends Error {
  readonly kind: ProviderErrorKind;
  readonly provider: string;
  /** How long the provider asked us to wait, in milliseconds. */
  readonly retryAfterMs?: number;

  constructor(kind: ProviderErrorKind, provider: string, message: string, retryAfterMs?: number) {
    super(message);
    this.name = 'ProviderError';
    this.kind = kind;
    this.provider = provider;
    this.retryAfterMs = retryAfterMs;
  }
}
