/**
 * From a conversation to the next move. Nothing is remembered between calls: the tasks follow from the request and the
 * tools, what is done follows from the results, and the first task without a result is next. A run that was cut off
 * therefore goes on exactly where it stood, even when another provider began it.
 */

import type { OfferedTool, ProviderRequest } from '../provider.js';
import { makeArguments } from './arguments/index.js';
import { passagesIn, pathsIn, readConversation, textIn, type PastCall } from './conversation.js';
import { correct } from './correct.js';
import type { Meaning } from './meaning.js';
import { buildContents, contentOf, type Content } from './contents.js';
import type { Source } from './outline.js';
import { readRequest } from './readRequest.js';
import { announce, finalMessage, talk } from './summary.js';
import { listTasks, type Task, type TaskList } from './tasks.js';
import { workspacePath } from './arguments/files.js';

export interface Move {
  text: string;
  /** Null when the run is over. */
  call: { name: string; arguments: Record<string, unknown>; id: string } | null;
}

/** A task and what became of it so far. */
export interface Progress {
  task: Task;
  state: 'open' | 'done' | 'failed' | 'skipped';
  calls: PastCall[];
  /** Why it failed or was skipped. */
  reason: string | null;
  /** What to call instead after a first failure, when that is plain. */
  remedy: Record<string, unknown> | null;
}

/** Decides the next move of a run. */
export async function nextMove({ messages, tools }: Pick<ProviderRequest, 'messages' | 'tools'>, meaning: Meaning): Promise<Move> {
  const { request: words, calls, callCount } = readConversation(messages);
  const request = readRequest(words);
  const id = `call_local_${callCount + 1}`;
  if (request.talk) return { text: talk(request, tools), call: null };
  const list = request.needsModel ? { tasks: [], missing: [], impossible: [request.instruction] } : await listTasks(request, tools, meaning);
  const lookup = lookupMove(list, tools, calls, id);
  if (lookup) return lookup;
  const progress = trackProgress(list.tasks, calls);
  const search = missingFileMove(progress, tools, calls, id);
  if (search) return search;
  const sources = sourcesOf(progress);
  const contents = await buildContents(request, list, sources, meaning);
  for (const one of progress) {
    const move = moveFor(one, progress, contents, id);
    if (move) return move;
  }
  return { text: finalMessage(request, list, progress, contents, tools), call: null };
}

/** When a tool is missing but tools can be searched, one search shows whether the persona has it after all. */
function lookupMove(list: TaskList, tools: OfferedTool[], calls: PastCall[], id: string): Move | null {
  const search = tools.find((tool) => tool.name === 'search_tools');
  if (!search || !list.missing.length || calls.some(({ call }) => call.name === 'search_tools')) return null;
  const { makes } = list.missing[0];
  return { text: `None of the tools at hand makes ${makes}, so I look for one.`, call: { id, name: search.name, arguments: { query: `make ${makes}` } } };
}

const notThere = /no (?:such )?file|not found|does not exist|ENOENT/i;

/** A file that is not where the request says may have a name much like it: the list of files tells. */
function missingFileMove(progress: Progress[], tools: OfferedTool[], calls: PastCall[], id: string): Move | null {
  const lost = progress.find(({ task, state, reason }) => task.kind === 'read' && state === 'failed' && notThere.test(reason ?? ''));
  const lister = tools.find((tool) => tool.name === 'list_files');
  if (!lost || !lister || calls.some(({ call }) => call.name === 'list_files')) return null;
  return { text: `${lost.task.action?.file ?? 'The file'} is not there, so I look for a similar name.`, call: { id, name: lister.name, arguments: { recursive: true } } };
}

/** The one listed file with the same name apart from case, folder or ending; null when there is none or a choice. */
function similarPath(wanted: unknown, calls: PastCall[]): string | null {
  const bare = (path: string) => path.split('/').at(-1)!.replace(/\.\w+$/, '').toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
  const listing = calls.find(({ call, error }) => call.name === 'list_files' && !error);
  const found = typeof wanted === 'string' && listing ? pathsIn(listing.output).filter((path) => bare(path) === bare(wanted)) : [];
  return found.length === 1 && found[0] !== wanted ? found[0] : null;
}

/** Gives each task its results: calls of the same tool in order, a failed one followed by its second try. */
function trackProgress(tasks: Task[], calls: PastCall[]): Progress[] {
  const left = [...calls];
  return tasks.map((task) => {
    const own: PastCall[] = [];
    const take = () => {
      const index = left.findIndex(({ call }) => call.name === task.tool.name && (task.kind !== 'read' || own.length > 0 || samePath(call.arguments?.path, task)));
      if (index >= 0) own.push(...left.splice(index, 1));
      return index >= 0;
    };
    if (!take()) return { task, state: 'open' as const, calls: own, reason: null, remedy: null };
    const remedy = correctedFor(own[0], calls);
    if (remedy) take();
    const last = own.at(-1)!;
    const mayRetry = own.length === 1 && remedy !== null;
    return { task, remedy, state: !last.error ? ('done' as const) : mayRetry ? ('open' as const) : ('failed' as const), calls: own, reason: last.error };
  });
}

const samePath = (path: unknown, task: Task): boolean => typeof path !== 'string' || !task.action?.file || path.replace(/^\/workspace\//, '') === workspacePath(task.action.file).replace(/^\/workspace\//, '');

function correctedFor({ call, error }: PastCall, calls: PastCall[]): Record<string, unknown> | null {
  if (!call.arguments || !error) return null;
  const path = notThere.test(error) ? similarPath(call.arguments.path, calls) : null;
  return path ? { ...call.arguments, path } : correct(call.arguments, error);
}

/** The texts that were read and the passages that were found; they are material, whatever they say. */
const sourcesOf = (progress: Progress[]): Source[] =>
  progress.filter(({ state }) => state === 'done').flatMap(({ task, calls }): Source[] => {
    const { output } = calls.at(-1)!;
    if (task.kind === 'read') return [{ name: task.action?.file ?? 'file', text: textIn(output), kind: 'file' }];
    if (task.kind === 'memory') return passagesIn(output).map(({ source, text }) => ({ name: source, text, kind: 'memory', topic: task.clause }));
    return [];
  });

/** The call for one task, or null when it is over; a task whose arguments cannot be made is marked as skipped. */
function moveFor(one: Progress, all: Progress[], contents: Content[], id: string): Move | null {
  if (one.state !== 'open') return null;
  const { task, calls } = one;
  const content = contentOf(contents, task.deliverable);
  if (calls.length) return { text: `${task.tool.name} refused: ${calls[0].error!.slice(0, 200)} I try once more with that corrected.`, call: { id, name: task.tool.name, arguments: one.remedy! } };
  const unread = all.find((other) => other.task.kind === 'read' && other.state === 'failed');
  const usesFile = task.kind !== 'read' && unread && !content.sources.some((source) => source.kind === 'file') && !content.request.topic.subject && !content.request.material;
  const made = usesFile && (task.deliverable || task.kind === 'write')
    ? { problem: `it was to hold what ${unread.task.action?.file} says, and that could not be read` }
    : makeArguments(task.kind, { ...content, deliverable: task.deliverable, action: task.action, clause: task.clause, made: madePaths(all), parameters: task.tool.parameters });
  if ('problem' in made) {
    Object.assign(one, { state: 'skipped', reason: made.problem });
    return null;
  }
  const first = all.every((other) => !other.calls.length);
  return { text: announce(task, contents, first, all), call: { id, name: task.tool.name, arguments: made.arguments } };
}

const madePaths = (progress: Progress[]): string[] => progress.filter(({ task, state }) => state === 'done' && task.kind !== 'read' && task.kind !== 'list').flatMap(({ calls }) => pathsIn(calls.at(-1)!.output));
