import assert from 'node:assert/strict';
import type { Message, OfferedTool, Provider, ToolCall } from '../../../../src/providers/provider.js';
import { createLocalProvider } from '../../../../src/providers/local/index.js';
import { builtinTools } from '../../../../src/tools/registry.js';
import { validateArguments } from '../../../../src/tools/validateArguments.js';

/** Vectors from the letters of words, so that related spellings are near: enough for what rules decide, and no model. */
export async function spellingVectors(texts: string[]): Promise<Float32Array[]> {
  return texts.map((text) => {
    const vector = new Float32Array(64);
    for (const word of text.toLowerCase().match(/[\p{L}]{4,}/gu) ?? []) {
      let hash = 7;
      for (const letter of word.slice(0, 5)) hash = (hash * 31 + letter.codePointAt(0)!) % 64;
      vector[hash] += 1;
    }
    const length = Math.hypot(...vector) || 1;
    return vector.map((value) => value / length);
  });
}

export const localProvider = (): Provider => createLocalProvider({ embed: spellingVectors });

/** The tools of a persona without memory; a test that wants more offers it itself. */
export const offered: OfferedTool[] = builtinTools.filter(({ category }) => category !== 'memory').map(({ name, description, parameters }) => ({ name, description, parameters }));

export const only = (...names: string[]): OfferedTool[] => offered.filter(({ name }) => names.includes(name));

export interface Setting {
  tools?: OfferedTool[];
  /** Texts of the files that `read_file` finds. */
  files?: Record<string, string>;
  /** Results by tool name, in place of the usual ones; one entry per call, the last is repeated. */
  results?: Record<string, unknown[]>;
  provider?: Provider;
}

export interface Driven {
  calls: ToolCall[];
  tools: string[];
  final: string;
  messages: Message[];
}

/** What a tool of that name would answer. */
function resultOf(call: ToolCall, { files = {}, results = {} }: Setting, before: ToolCall[]): unknown {
  const own = results[call.name];
  if (own) return own[Math.min(before.filter(({ name }) => name === call.name).length, own.length - 1)];
  const args = call.arguments as Record<string, any>;
  const ending: Record<string, string> = { generate_powerpoint: 'pptx', generate_document: 'docx', generate_spreadsheet: 'xlsx', generate_pdf: 'pdf', generate_chart: 'png' };
  if (ending[call.name]) return { filePath: `/workspace/${args.fileName ?? `made.${ending[call.name]}`}` };
  if (call.name === 'read_file') {
    const text = files[args.path.replace('/workspace/', '')];
    return text === undefined ? { error: `There is no file ${args.path}.` } : { filePath: args.path, content: text, totalCharacters: text.length };
  }
  if (call.name === 'write_file') return { filePath: args.path, fileSize: args.content.length };
  if (call.name === 'list_files') return { files: Object.keys(files).map((name) => ({ path: `/workspace/${name}`, kind: 'file', size: files[name].length })) };
  if (call.name === 'current_time') return { timezone: args.timezone ?? 'UTC', date: '2026-03-02', time: '09:30:00', weekday: 'Monday' };
  return call.name === 'search_tools' ? { tools: [] } : { ok: true };
}

/** Runs a request to its end with pretended tools; every call has to fit the schema of a tool that was offered. */
export async function drive(request: string, setting: Setting = {}): Promise<Driven> {
  const provider = setting.provider ?? localProvider();
  const tools = setting.tools ?? offered;
  const messages: Message[] = [{ role: 'system', content: 'You are helpful.' }, { role: 'user', content: request }];
  const calls: ToolCall[] = [];
  for (let step = 0; step < 25; step += 1) {
    const streamed: string[] = [];
    const answer = await provider.complete({ messages, tools, signal: new AbortController().signal, onDelta: (text) => streamed.push(text) });
    assert.equal(streamed.join(''), answer.message);
    if (!answer.toolCalls.length) return { calls, tools: calls.map(({ name }) => name), final: answer.message, messages };
    const [call] = answer.toolCalls;
    const tool = tools.find(({ name }) => name === call.name);
    assert.ok(tool, `${call.name} was not offered`);
    assert.deepEqual(validateArguments(tool.parameters, call.arguments), [], `arguments of ${call.name}`);
    messages.push({ role: 'assistant', content: answer.message, toolCalls: answer.toolCalls });
    messages.push({ role: 'tool', toolCallId: call.id, toolName: call.name, content: JSON.stringify(resultOf(call, setting, calls)) });
    calls.push(call);
  }
  throw new Error(`No end after 25 steps: ${calls.map(({ name }) => name).join(', ')}`);
}
