import type { IncomingHttpHeaders } from 'node:http';
import {
  argumentPieces,
  startProviderServer,
  textPieces,
  type Frame,
  type ProviderServer,
  type ScriptedError,
  type StreamScript,
  type WireFormat,
} from './providerServer.js';

/**
 * A loopback server that speaks Anthropic's Messages API, streamed, and refuses what the real one refuses.
 * Its base URL for a client is `url`.
 *
 *     const server = await startAnthropicServer();
 *     server.reply({ text: ['Hel', 'lo'], trouble: { after: 1, kind: 'error', error: { type: 'overloaded_error' } } });
 */
export const startAnthropicServer = (): Promise<ProviderServer> => startProviderServer(anthropicFormat);

const anthropicFormat: WireFormat = {
  path: '/v1/messages',
  frames,
  errorFrame: (error) => event('error', errorBody(500, error)),
  errorBody,
  refusal,
};

const event = (type: string, fields: object) => `event: ${type}\ndata: ${JSON.stringify({ type, ...fields })}\n\n`;

function frames(script: StreamScript, body: any): Frame[] {
  const { promptTokens = 11, completionTokens = 7 } = script.usage ?? {};
  const message = { id: 'msg_test', type: 'message', role: 'assistant', model: script.model ?? body.model, content: [], stop_reason: null, stop_sequence: null };
  const calls = script.toolCalls ?? [];
  const text = textPieces(script);
  const texts = text.length > 0 ? block(0, { type: 'text', text: '' }, text.map((piece) => ({ type: 'text_delta', text: piece }))) : [];
  const uses = calls.flatMap((call, index) =>
    block(
      index + Math.min(text.length, 1),
      { type: 'tool_use', id: call.id ?? `toolu_${Math.random().toString(36).slice(2)}`, name: call.name, input: {} },
      argumentPieces(call).map((piece) => ({ type: 'input_json_delta', partial_json: piece })),
    ),
  );
  const stop = { done: calls.length > 0 ? 'tool_use' : 'end_turn', length: 'max_tokens', refused: 'refusal' }[script.ending ?? 'done'];
  const delta = { delta: { stop_reason: stop, stop_sequence: null }, usage: { output_tokens: completionTokens } };
  return [
    { bytes: event('message_start', { message: { ...message, usage: { input_tokens: promptTokens, output_tokens: 1 } } }), content: false },
    { bytes: event('ping', {}), content: false },
    ...texts,
    ...uses,
    // Trouble after the last piece comes before this.
    { bytes: event('message_delta', delta), content: true },
    { bytes: event('message_stop', {}), content: false },
  ];
}

function block(index: number, start: object, deltas: object[]): Frame[] {
  return [
    { bytes: event('content_block_start', { index, content_block: start }), content: false },
    ...deltas.map((delta) => ({ bytes: event('content_block_delta', { index, delta }), content: true })),
    { bytes: event('content_block_stop', { index }), content: false },
  ];
}

const types: Record<number, string> = {
  400: 'invalid_request_error',
  401: 'authentication_error',
  403: 'permission_error',
  404: 'not_found_error',
  413: 'request_too_large',
  429: 'rate_limit_error',
  529: 'overloaded_error',
};

function errorBody(status: number, { type, message }: ScriptedError): object {
  return { type: 'error', error: { type: type ?? types[status] ?? 'api_error', message: message ?? `scripted ${status}` }, request_id: 'req_test' };
}

function refusal(body: any, headers: IncomingHttpHeaders): string | null {
  if (!headers['x-api-key'] && !headers.authorization?.startsWith('Bearer ')) return 'an API key is required, as Authorization or x-api-key';
  if (!headers['anthropic-version']) return 'anthropic-version: header is required';
  if (typeof body.model !== 'string' || body.stream !== true) return 'model: Field required, and this server only streams';
  if (!(body.max_tokens > 0)) return 'max_tokens: Field required';
  if (body.system !== undefined && (typeof body.system !== 'string' || body.system === '')) return 'system: text content blocks must be non-empty';
  if (!Array.isArray(body.messages) || body.messages.length === 0) return 'messages: at least one message is required';
  if (body.messages[0].role !== 'user') return 'messages: first message must use the "user" role';
  return toolsRefusal(body.tools) ?? messagesRefusal(body.messages);
}

function toolsRefusal(tools: any[] | undefined): string | null {
  const bad = tools?.find((tool) => !/^[\w-]{1,128}$/.test(tool.name ?? '') || tool.input_schema?.type !== 'object');
  return bad ? `tools: the schema of ${bad.name} is invalid` : null;
}

/** Every `tool_use` needs its `tool_result` in the very next message, before anything else there. */
function messagesRefusal(messages: any[]): string | null {
  let open: string[] = [];
  for (const { role, content } of messages) {
    if (role !== 'user' && role !== 'assistant') return `messages: unexpected role "${role}"`;
    const blocks: any[] = typeof content === 'string' ? [{ type: 'text', text: content }] : content;
    const wrong = blocks.map((one, at) => blockRefusal(one, blocks[at - 1], role)).find(Boolean);
    if (wrong) return wrong;
    const results = blocks.filter(({ type }) => type === 'tool_result').map(({ tool_use_id }) => tool_use_id);
    if (results.some((id) => !open.includes(id))) return 'messages: unexpected `tool_use_id` found in `tool_result` blocks';
    if (open.some((id) => !results.includes(id))) return 'messages: `tool_use` ids were found without `tool_result` blocks immediately after';
    open = blocks.filter(({ type }) => type === 'tool_use').map(({ id }) => id);
  }
  return open.length > 0 ? 'messages: `tool_use` ids were found without `tool_result` blocks immediately after' : null;
}

function blockRefusal(block: any, before: any, role: string): string | null {
  switch (`${role} ${block.type}`) {
    case 'user text':
    case 'assistant text':
      return block.text?.trim() ? null : 'messages: text content blocks must contain non-whitespace text';
    case 'assistant tool_use':
      return /^[\w-]+$/.test(block.id ?? '') && block.name && typeof block.input === 'object' && block.input ? null : 'messages: invalid `tool_use` block';
    case 'user tool_result':
      return before && before.type !== 'tool_result' ? 'messages: `tool_result` blocks must come first' : null;
    default:
      return `messages: unexpected ${block.type} block in a message of ${role}`;
  }
}
