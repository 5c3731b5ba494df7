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
 * A loopback server that speaks OpenAI's Chat Completions, streamed, and refuses what the real one refuses.
 * Its base URL for a client is `${url}/v1`.
 *
 *     const server = await startOpenAiServer();
 *     server.reply({ text: ['Hel', 'lo'] }, { toolCalls: [{ name: 'list_files', arguments: {} }] }, { status: 503 });
 */
export const startOpenAiServer = (): Promise<ProviderServer> => startProviderServer(openAiFormat);

const openAiFormat: WireFormat = {
  path: '/v1/chat/completions',
  frames,
  errorFrame: (error) => data(errorBody(500, error)),
  errorBody,
  refusal,
};

const data = (value: unknown) => `data: ${JSON.stringify(value)}\n\n`;

function frames(script: StreamScript, body: any): Frame[] {
  const base = { id: 'chatcmpl-test', object: 'chat.completion.chunk', created: 1_790_000_000, model: script.model ?? body.model };
  const chunk = (delta: object, finish: string | null = null) =>
    data({ ...base, choices: [{ index: 0, delta, logprobs: null, finish_reason: finish }], usage: null });
  const content = (delta: object): Frame => ({ bytes: chunk(delta), content: true });
  const calls = (script.toolCalls ?? []).flatMap((call, index) => {
    const id = call.id ?? `call_${Math.random().toString(36).slice(2)}`;
    return [
      content({ tool_calls: [{ index, id, type: 'function', function: { name: call.name, arguments: '' } }] }),
      ...argumentPieces(call).map((piece) => content({ tool_calls: [{ index, function: { arguments: piece } }] })),
    ];
  });
  const { promptTokens = 11, completionTokens = 7 } = script.usage ?? {};
  const usage = { prompt_tokens: promptTokens, completion_tokens: completionTokens, total_tokens: promptTokens + completionTokens };
  const finish = { done: calls.length > 0 ? 'tool_calls' : 'stop', length: 'length', refused: 'content_filter' }[script.ending ?? 'done'];
  return [
    { bytes: chunk({ role: 'assistant', content: '', refusal: null }), content: false },
    ...textPieces(script).map((piece) => content({ content: piece })),
    ...calls,
    // Trouble after the last piece comes before this.
    { bytes: chunk({}, finish), content: true },
    ...(body.stream_options?.include_usage ? [{ bytes: data({ ...base, choices: [], usage }), content: false }] : []),
    { bytes: 'data: [DONE]\n\n', content: false },
  ];
}

const types: Record<number, string> = { 400: 'invalid_request_error', 401: 'invalid_request_error', 429: 'requests' };

function errorBody(status: number, { type, code, param, message }: ScriptedError): object {
  const error = { message: message ?? `scripted ${status}`, type: type ?? types[status] ?? 'server_error', param: param ?? null, code: code ?? null };
  return { error };
}

function refusal(body: any, headers: IncomingHttpHeaders): string | null {
  if (!headers['content-type']?.startsWith('application/json')) return 'the content type is not JSON';
  if (typeof body.model !== 'string' || body.stream !== true) return 'you must provide a model parameter, and this server only streams';
  if (!Array.isArray(body.messages) || body.messages.length === 0) return "'messages' is too short";
  return toolsRefusal(body.tools) ?? messagesRefusal(body.messages);
}

function toolsRefusal(tools: any): string | null {
  if (tools === undefined) return null;
  if (!Array.isArray(tools) || tools.length === 0) return "'tools' is too short";
  const bad = tools.find(
    ({ type, function: fn }: any) => type !== 'function' || !/^[\w-]{1,64}$/.test(fn?.name ?? '') || fn?.parameters?.type !== 'object',
  );
  return bad ? `invalid schema for function '${bad.function?.name}'` : null;
}

/** Every call has to be answered by tool messages that follow it directly. */
function messagesRefusal(messages: any[]): string | null {
  let open = new Set<string>();
  for (const message of messages) {
    if (message.role === 'tool') {
      if (!open.delete(message.tool_call_id)) return "messages with role 'tool' must be a response to a preceding message with 'tool_calls'";
    } else if (open.size > 0) {
      return "an assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'";
    }
    const wrong = messageRefusal(message);
    if (wrong) return wrong;
    if (message.role === 'assistant') open = new Set(message.tool_calls?.map(({ id }: any) => id));
  }
  return open.size > 0 ? "an assistant message with 'tool_calls' must be followed by tool messages" : null;
}

function messageRefusal({ role, content, tool_calls: calls }: any): string | null {
  if (!['system', 'developer', 'user', 'assistant', 'tool'].includes(role)) return `invalid role '${role}'`;
  if (typeof content !== 'string' && !(role === 'assistant' && calls)) return `invalid content of a message with role '${role}'`;
  if (calls === undefined) return null;
  const bad = calls.find(
    ({ id, type, function: fn }: any) => typeof id !== 'string' || id === '' || id.length > 40 || type !== 'function' || typeof fn?.arguments !== 'string' || !fn.name,
  );
  return bad || calls.length === 0 ? "invalid 'tool_calls'" : null;
}
