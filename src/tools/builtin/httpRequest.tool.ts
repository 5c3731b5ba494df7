import { sendRequest, textOfAnswer } from '../web/request.js';
import { ToolError } from '../tool.js';
import type { Tool } from '../tool.js';

const mostBytes = 1024 * 1024;
const longestBody = 50_000;

interface Arguments { url: string; method?: string; headers?: { name: string; value: string }[]; body?: string }

export const httpRequest: Tool = {
  name: 'http_request',
  description: 'Call an HTTP API with a method, headers and a body, and return the response. Use it for REST and JSON services, webhooks and web endpoints.',
  category: 'web',
  parameters: {
    type: 'object',
    properties: {
      url: { type: 'string', description: 'Such as https://api.example.com/items?page=2.', minLength: 1, maxLength: 4000 },
      method: { type: 'string', description: 'GET when left out.', enum: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'] },
      headers: {
        type: 'array', description: 'Such as content-type: application/json.', maxItems: 50,
        items: {
          type: 'object', properties: { name: { type: 'string', minLength: 1, maxLength: 200 }, value: { type: 'string', maxLength: 8000 } },
          required: ['name', 'value'], additionalProperties: false,
        },
      },
      body: { type: 'string', description: 'The text to send, such as JSON.', maxLength: 1_000_000 },
    },
    required: ['url'],
    additionalProperties: false,
  },
  // What is sent may take effect each time.
  idempotent: false,
  needsApproval: false,
  async run({ url, method = 'GET', headers = [], body }: Arguments, { signal }) {
    if (body !== undefined && ['GET', 'HEAD'].includes(method)) throw new ToolError(`A ${method} request has no body; use POST, PUT or PATCH.`);
    const answer = await sendRequest({ url, method, headers: Object.fromEntries(headers.map(({ name, value }) => [name, value])), body, mostBytes }, signal);
    const text = textOfAnswer(answer);
    const isCut = answer.isCut || (text?.length ?? 0) > longestBody;
    const shown = text === null ? { note: `The response is no text: ${answer.bytes.length} bytes of ${answer.headers['content-type'] ?? 'unknown type'}.` } : { body: text.slice(0, longestBody) };
    return { output: { url: answer.url, status: answer.status, headers: answer.headers, ...shown, ...(isCut ? { isCut } : {}) } };
  },
};
