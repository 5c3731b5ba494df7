/** From what a request asks for to an ordered list of tool calls to make, and a list of what cannot be done. */

import type { OfferedTool } from '../provider.js';
import { zonesIn } from './arguments/currentTime.js';
import { builtinFor, kindOfTool, nearestKind, nearestTool, toolForKind } from './chooseTool.js';
import type { Deliverable, Kind } from './deliverables.js';
import type { Meaning } from './meaning.js';
import type { Action, ReadRequest } from './readRequest.js';

export type TaskKind = Kind | 'read' | 'write' | 'list' | 'time' | 'memory' | 'search' | 'email' | 'other';

export interface Task {
  kind: TaskKind;
  tool: OfferedTool;
  clause: string;
  deliverable: Deliverable | null;
  action: Action | null;
}

export interface TaskList {
  tasks: Task[];
  /** Work whose tool is not offered: what it would make and the builtin tool to enable. */
  missing: { makes: string; tool: string; kind: TaskKind }[];
  /** Clauses for which no tool fits at all. */
  impossible: string[];
}

/** What is read first, what is made next, what sends it last. */
const rank = (kind: TaskKind): number => (kind === 'memory' ? 0 : kind === 'read' ? 1 : kind === 'email' ? 3 : 2);

/** Only an office document or a presentation is better for what memory holds. */
const usesMemory = new Set<TaskKind>(['powerpoint', 'document', 'pdf']);

/** Lists the calls that a request needs. The same request and tools always give the same list. */
export async function listTasks(request: ReadRequest, tools: OfferedTool[], meaning: Meaning): Promise<TaskList> {
  const list: TaskList = { tasks: [], missing: [], impossible: [] };
  const wanted = await wantedWork(request, tools, meaning, list);
  for (const { kind, deliverable, action, tool } of wanted) {
    const found = tool ?? toolFor(kind, action, tools);
    if (found) list.tasks.push({ kind: kindOfTool(found.name) === kind || kind === 'read' ? kind : 'other', tool: found, clause: action?.clause ?? request.instruction, deliverable, action });
    else if (kind !== 'other') list.missing.push({ makes: builtinFor[kind].makes, tool: builtinFor[kind].tool, kind });
  }
  const memory = toolForKind('memory', tools);
  if (memory && !list.tasks.some((task) => task.kind === 'memory') && list.tasks.some((task) => usesMemory.has(task.kind))) {
    const subjects = (request.parts.length ? request.parts : [request]).map(({ topic }) => topic.subject).filter(Boolean);
    list.tasks.push(...subjects.map((subject) => ({ kind: 'memory' as const, tool: memory, clause: subject, deliverable: null, action: null })));
  }
  list.tasks = list.tasks.map((task, index) => ({ task, index })).sort((one, other) => rank(one.task.kind) - rank(other.task.kind) || one.index - other.index).map(({ task }) => task);
  return list;
}

/** An office file is read by a tool that understands it, where there is one. */
function toolFor(kind: TaskKind, action: Action | null, tools: OfferedTool[]): OfferedTool | null {
  const office = kind === 'read' && /\.(?:docx?|pptx?|xlsx?|pdf|eml)$/i.test(action?.file ?? '');
  return (office && tools.find((tool) => tool.name === 'read_document')) || toolForKind(kind, tools);
}

interface Wanted {
  kind: TaskKind;
  at: number;
  deliverable: Deliverable | null;
  action: Action | null;
  tool?: OfferedTool;
}

async function wantedWork(request: ReadRequest, tools: OfferedTool[], meaning: Meaning, list: TaskList): Promise<Wanted[]> {
  const wanted: Wanted[] = request.deliverables.map((deliverable) => ({ kind: deliverable.kind, at: deliverable.at, deliverable, action: null }));
  for (const action of request.actions) {
    const zones = action.kind === 'time' ? zonesIn(action.clause) : [];
    if (zones.length > 1) wanted.push(...zones.map((zone) => ({ kind: 'time' as const, at: action.at, deliverable: null, action: { ...action, clause: zone } })));
    else if (action.kind !== 'other') wanted.push({ kind: action.kind, at: action.at, deliverable: null, action });
    else if (asksForWork(action.clause, wanted.length > 0)) await judgeClause(action, request, tools, meaning, wanted, list);
  }
  return wanted.sort((one, other) => one.at - other.at);
}

const makingVerb = /^(?:\W|please|can you|could you|i need|i want|we need|i'd like|then|and|also)*\s*(?:make|create|build|generate|draft|prepare|produce|design|put together|write|give|visuali[sz]e|type|something)/i;

/** A clause the rules do not know: the nearest tool decides, if one is near enough. */
async function judgeClause(action: Action, request: ReadRequest, tools: OfferedTool[], meaning: Meaning, wanted: Wanted[], list: TaskList): Promise<void> {
  // A file is read or searched where the request names one, and not because a question sounds like it.
  const tool = await nearestTool(action.clause, tools.filter((one) => one.name !== 'search_tools' && one.name !== 'read_document' && (one.name !== 'search_files' || !question.test(action.clause) || speaksOfFiles(action))), meaning);
  const kind = tool ? kindOfTool(tool.name) : ((await nearestKind(action.clause, meaning)) ?? 'other');
  const makes = kind === 'powerpoint' || kind === 'document' || kind === 'spreadsheet' || kind === 'pdf' || kind === 'chart';
  if (makes && makingVerb.test(action.clause)) {
    const deliverable: Deliverable = { kind, named: kind === 'powerpoint' ? 'presentation' : kind, at: action.at, wantsTable: false, wantsChart: false, fileName: null };
    if (request.refused.includes(kind)) list.impossible.push(action.clause);
    else if (!request.deliverables.some((one) => one.kind === kind)) wanted.push({ kind, at: action.at, deliverable, action: null });
  } else if (kind === 'time' || (kind === 'list' && !elsewhere.test(action.clause)) || (tool && kind === 'other')) wanted.push({ kind, at: action.at, deliverable: null, action, tool: tool ?? undefined });
  else if (question.test(action.clause) && toolForKind('memory', tools)) wanted.push({ kind: 'memory', at: action.at, deliverable: null, action });
  else list.impossible.push(action.clause);
}

/** Work on files that a list of them does not do. */
const elsewhere = /\b(?:find|search|grep|zip|pack|bundle|compress|delete|remove|extract|rename|move|copy|where|throw|get rid|mentions?)\b/i;

const speaksOfFiles = ({ clause, file }: Action): boolean => file !== null || /\b(?:files?|folders?|workspace)\b/i.test(clause);

/** What nobody else answers may stand in the persona's documents. */
const question = /^(?:what|who|when|where|which|why|how|is|are|do|does|did|can|was|were)\b.*|\?\s*$/is;

/** "make it colourful" beside a deliverable is a wish about it, not other work. */
const asksForWork = (clause: string, besides: boolean): boolean =>
  !besides || /^(?:\W|please|then|and|also)*(?:book|translate|order|buy|call|schedule|remind|compose|sing|play|pay|post|tweet|run|deploy|install|download|upload|delete|remove|rename|compress|zip|email|e-mail|send|search|look up|find|browse|calculate|compute|move|copy)\b/i.test(clause);
