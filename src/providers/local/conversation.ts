/** What has happened so far in a run, read from its messages. */

import type { Message, ToolCall } from '../provider.js';

export interface PastCall {
  call: ToolCall;
  /** The result as an object; `{ text }` when it was not a JSON object. */
  output: Record<string, unknown>;
  /** What went wrong, or null. */
  error: string | null;
}

export interface Conversation {
  /** The user's latest request; tool results are never read as requests. */
  request: string;
  /** Calls that have a result, in order, since that request. */
  calls: PastCall[];
  /** How many calls the whole conversation holds; the next one's id is made from it. */
  callCount: number;
}

/** Reads a conversation from any provider: a run may have begun with another one. */
export function readConversation(messages: Message[]): Conversation {
  const lastUser = messages.findLastIndex((message) => message.role === 'user');
  const results = new Map<string, string>();
  let callCount = 0;
  for (const message of messages) {
    if (message.role === 'tool') results.set(message.toolCallId, message.content);
    if (message.role === 'assistant') callCount += message.toolCalls.length;
  }
  const calls = messages
    .slice(lastUser + 1)
    .flatMap((message) => (message.role === 'assistant' ? message.toolCalls : []))
    .filter((call) => results.has(call.id))
    .map((call) => pastCall(call, results.get(call.id)!));
  const request = lastUser < 0 ? '' : messages[lastUser].content;
  return { request, calls, callCount };
}

function pastCall(call: ToolCall, content: string): PastCall {
  const output = parse(content);
  return { call, output, error: errorIn(output, content) };
}

function parse(content: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(content);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
    return { text: typeof value === 'string' ? value : content };
  } catch {
    return { text: content };
  }
}

function errorIn(output: Record<string, unknown>, content: string): string | null {
  const { error } = output;
  if (typeof error === 'string' && error) return error;
  if (typeof error === 'object' && error !== null) return String((error as { message?: unknown }).message ?? JSON.stringify(error));
  return /^error\b/i.test(content.trim()) && typeof output.text === 'string' ? content.trim() : null;
}

/** All `/workspace/…` paths in a result, in order. */
export function pathsIn(output: unknown): string[] {
  const found = new Set<string>();
  const visit = (value: unknown): void => {
    if (typeof value === 'string' && /^\/workspace\/\S/.test(value)) found.add(value);
    else if (Array.isArray(value)) value.forEach(visit);
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(visit);
  };
  visit(output);
  return [...found];
}

/** The text that a reading tool gave back: the longest string under a name that means text, else the longest of all. */
export function textIn(output: Record<string, unknown>): string {
  for (const key of ['content', 'text', 'contents', 'body', 'markdown']) if (typeof output[key] === 'string') return output[key] as string;
  const strings = Object.entries(output).filter(([key, value]) => typeof value === 'string' && !/path|name|type|mime|encoding|note/i.test(key)).map(([, value]) => value as string);
  return strings.sort((one, other) => other.length - one.length)[0] ?? '';
}

/** The passages a memory search gave back, with the name of the document each comes from, and the page where it is known. */
export function passagesIn(output: Record<string, unknown>): { source: string; text: string }[] {
  const list = Object.values(output).find(Array.isArray) as unknown[] | undefined;
  return (list ?? []).flatMap((entry) => {
    if (typeof entry !== 'object' || entry === null) return [];
    const fields = entry as Record<string, unknown>;
    const text = [fields.text, fields.content, fields.passage, fields.chunk, fields.snippet].find((value) => typeof value === 'string') as string | undefined;
    const nested = fields.document as Record<string, unknown> | undefined;
    const source = [fields.documentName, fields.filename, fields.fileName, fields.source, fields.title, fields.name, nested?.name, nested?.filename, fields.document].find((value) => typeof value === 'string');
    const page = typeof fields.page === 'number' ? `, page ${fields.page}` : '';
    return text ? [{ source: `${source ?? 'memory'}${page}`, text }] : [];
  });
}
