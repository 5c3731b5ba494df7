import { readText } from '../../memory/parsing/readDocument.js';
import { UnreadableDocument } from '../../memory/parsing/unreadable.js';
import { sendRequest, textOfAnswer } from '../web/request.js';
import type { WebAnswer } from '../web/request.js';
import { ToolError } from '../tool.js';
import type { Tool } from '../tool.js';

const defaultLimit = 20_000;
const mostBytes = 4 * 1024 * 1024;

export const fetchPage: Tool = {
  name: 'fetch_page',
  description: 'Open a web page by its address and return its readable text. Use it to read websites, articles, news and documents on the internet. Long pages are read in parts.',
  category: 'web',
  parameters: {
    type: 'object',
    properties: {
      url: { type: 'string', description: 'Such as https://example.com/article.', minLength: 1, maxLength: 4000 },
      offset: { type: 'integer', description: 'The character to begin with, 0 when left out.', minimum: 0 },
      limit: { type: 'integer', description: `How many characters at most, ${defaultLimit} when left out.`, minimum: 1, maximum: 100_000 },
    },
    required: ['url'],
    additionalProperties: false,
  },
  idempotent: true,
  needsApproval: false,
  async run({ url, offset = 0, limit = defaultLimit }: { url: string; offset?: number; limit?: number }, { signal }) {
    const headers = { accept: 'text/html,application/xhtml+xml,text/*;q=0.9,*/*;q=0.5' };
    const answer = await sendRequest({ url, method: 'GET', headers, mostBytes }, signal);
    if (answer.status >= 400) throw new ToolError(`The page could not be opened: ${answer.url} answered with status ${answer.status}.`);
    const text = await readable(answer, signal);
    if (offset > 0 && offset >= text.length) throw new ToolError(`The page has ${text.length} characters; offset ${offset} is past its end.`);
    const next = offset + limit;
    return {
      output: {
        url: answer.url, content: text.slice(offset, next), totalCharacters: text.length,
        ...(next < text.length ? { nextOffset: next } : {}), ...(answer.isCut ? { isCut: true } : {}),
      },
    };
  },
};

/** Read as a document is, in a process with limits, so that no page can hold up the server. */
async function readable(answer: WebAnswer, signal: AbortSignal): Promise<string> {
  const text = textOfAnswer(answer);
  if (text?.trim() === '') return '';
  // However a page begins, it is one when it says so. Its head is not read, so its title is put in front.
  const isPage = /\bx?html\b/i.test(answer.headers['content-type'] ?? '');
  const title = /<title[^>]{0,200}>([^<]{1,500})/i.exec((text ?? '').slice(0, 50_000))?.[1].trim();
  const start = title ? `<!doctype html><h1>${title}</h1>` : '<!doctype html>';
  try {
    return (await readText(text === null ? answer.bytes : Buffer.from(isPage ? start + text : text), signal)).text.trim();
  } catch (error) {
    throw error instanceof UnreadableDocument ? new ToolError(`The page cannot be read as text (${answer.headers['content-type'] ?? 'unknown type'}): ${error.message}`) : error;
  }
}
