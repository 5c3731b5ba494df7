/** What the provider says: while it works, at the end, and when there is nothing to do. */

import type { OfferedTool } from '../provider.js';
import { blanksIn } from './blanks.js';
import { builtinFor } from './chooseTool.js';
import { contentOf, type Content } from './contents.js';
import { passagesIn, pathsIn, textIn } from './conversation.js';
import { comparableRows } from './figures.js';
import type { Outline } from './outline.js';
import type { Progress } from './plan.js';
import type { ReadRequest } from './readRequest.js';
import { pointsOf } from './summarise.js';
import type { Task, TaskList } from './tasks.js';
import { capitalise, listed, shorten } from './wording.js';

const modelHint =
  'I am the built-in rules provider, not a language model: for free writing and reasoning set OPENAI_API_KEY, ANTHROPIC_API_KEY or GROQ_API_KEY, or OPENAI_BASE_URL for a local server, and choose it in the persona.';

const names: Record<string, string> = { powerpoint: 'presentation', document: 'Word document', spreadsheet: 'spreadsheet', pdf: 'PDF', chart: 'chart', write: 'text file' };

/** The sentence before a tool call. The first one also says how the request was understood. */
export function announce(task: Task, contents: Content[], first: boolean, all: Progress[]): string {
  const made = all.flatMap((one) => (one.task.deliverable ? [one.task] : []));
  const named = contents.map((content) => ({ content, names: made.filter((one) => contentOf(contents, one.deliverable) === content).map((one) => `a ${names[one.kind] ?? one.tool.name}`) })).filter(({ names: own }) => own.length);
  const asked = contents.length > 1 ? listed(named.map(({ content, names: own }) => `${listed(own)} about ${subjectOf(content)}`)) : listed(named[0]?.names ?? []);
  const understood = first && made.length > 1 ? `This asks for ${asked}; ${contents.length > 1 ? 'each topic has its own outline' : 'all share one outline'}. ` : '';
  const { request, outline } = contentOf(contents, task.deliverable);
  return understood + sentenceFor(task, request, outline);
}

const subjectOf = ({ request, outline }: Content): string => request.topic.phrase || (request.actions.find(({ kind }) => kind === 'read')?.file ?? outline.title);

function sentenceFor(task: Task, request: ReadRequest, outline: Outline): string {
  const file = task.action?.file ?? 'the file';
  switch (task.kind) {
    case 'powerpoint':
    case 'document':
    case 'pdf':
      return `I make the ${names[task.kind]} “${outline.title}”${request.topic.audience ? ` for ${request.topic.audience}` : ''}: ${shorten(listed(outline.sections.map((section) => section.title)), 300)}.`;
    case 'spreadsheet': return `I make the spreadsheet “${outline.title}”.`;
    case 'chart': return `I draw the chart from the given numbers.${leftOut(outline)}`;
    case 'read': return `First I read ${file}.`;
    case 'write': return `I write ${file}.`;
    case 'list': return 'I list the files of the workspace.';
    case 'time': return 'I look at the clock.';
    case 'memory': return `I search the memory for “${shorten(task.clause, 80)}”.`;
    default: return `I use ${task.tool.name} for this.`;
  }
}

/** What a chart does not show, because it is no quantity of the same kind. */
function leftOut(outline: Outline): string {
  const table = outline.sections.find((section) => section.table)?.table;
  const shown = table?.pairs && comparableRows(table)?.pairs;
  const left = shown ? table.pairs!.filter(({ label }) => !shown.some((pair) => pair.label === label)).map(({ label }) => label) : [];
  return left.length ? ` ${listed(left)} ${left.length > 1 ? 'are' : 'is'} of another kind and not in it.` : '';
}

/** The end of a run: what was made, what it found, what is left to fill, what did not work, and who speaks. */
export function finalMessage(request: ReadRequest, list: TaskList, progress: Progress[], contents: Content[], tools: OfferedTool[]): string {
  const done = progress.filter((one) => one.state === 'done');
  const made = done.flatMap((one) => madeLines(one, contents));
  const notes = contents.map((content) => contentNotes(content, done.filter(({ task }) => contentOf(contents, task.deliverable) === content), contents.length > 1));
  const answers = done.flatMap((one) => answerOf(one, request));
  const problems = [...progress.filter((one) => one.state !== 'done').map((one) => problemOf(one, contents)), ...missingLines(list), ...(request.needsModel ? [`I cannot write ${request.needsModel}: that takes a language model.`] : list.impossible.map(cannot))];
  const nothing = !done.length && (list.impossible.length || list.missing.length || !progress.length);
  return [
    made.length ? `Done. I made:\n${made.join('\n')}` : '',
    ...answers,
    notes.filter(Boolean).join('\n\n'),
    problems.length ? (made.length || answers.length ? `Not done:\n${problems.map((line) => `- ${line}`).join('\n')}` : problems.join('\n')) : '',
    nothing ? `${problems.length ? '' : 'I found nothing in this request that I can do by rules. '}${offer(tools)}` : '',
    modelHint,
  ].filter(Boolean).join('\n\n');
}

function madeLines({ task, calls }: Progress, contents: Content[]): string[] {
  if (!task.deliverable && task.kind !== 'write') return [];
  const paths = pathsIn(calls.at(-1)!.output);
  const title = contents.length > 1 && task.deliverable ? ` “${contentOf(contents, task.deliverable).outline.title}”` : '';
  const what = capitalise(names[task.kind] ?? task.tool.name) + title;
  return [`- ${what}: ${paths.length ? paths.join(', ') : 'no path was reported'}`];
}

/** What is to be said of one content, under its title where there are several. */
function contentNotes({ request, outline }: Content, done: Progress[], several: boolean): string {
  if (!done.some((one) => ['powerpoint', 'document', 'pdf'].includes(one.task.kind))) return '';
  const note = [contentNote(request, outline), slideNote(request, done)].filter(Boolean).join(' ');
  return note && several ? `“${outline.title}”: ${note}` : note;
}

/** What a reading or asking tool found, in a form to read. */
function answerOf({ task, calls }: Progress, request: ReadRequest): string[] {
  const { output } = calls.at(-1)!;
  if (task.deliverable || task.kind === 'write') return [];
  if (task.kind === 'time') return [`It is ${[output.weekday, output.date, output.time].filter(Boolean).join(', ')}${output.timezone ? ` (${output.timezone})` : ''}.`];
  if (task.kind === 'list') return [listing(output)];
  if (task.kind === 'memory') return request.deliverables.length ? [] : passagesIn(output).slice(0, 5).map(({ source, text }) => `${shorten(text, 400)} (source: ${source})`);
  if (task.kind === 'read') return request.deliverables.length || request.actions.some((action) => action.kind === 'write') ? [] : [contents(task, textIn(output))];
  if (task.kind === 'email') return [`The e-mail was sent${Array.isArray(output.sentTo) ? ` to ${listed(output.sentTo.map(String))}` : ''}.`];
  return [`${task.tool.name} answered: ${shorten(textIn(output) || JSON.stringify(output), 1500)}`];
}

function contents(task: Task, text: string): string {
  const file = task.action?.file ?? 'the file';
  if (!text.trim()) return `${file} is empty.`;
  if (/\bsummar|what .*about|key points|main points/i.test(task.clause)) return `The main points of ${file}, in its own words:\n${pointsOf(text.split('\n'), 6, 240).map((point) => `- ${point}`).join('\n')}`;
  return `${file} says:\n\n${text.length > 4000 ? `${text.slice(0, 4000)}…\n(${text.length} characters in all)` : text}`;
}

function listing(output: Record<string, unknown>): string {
  const entries = (Object.values(output).find(Array.isArray) ?? []) as Record<string, unknown>[];
  if (!entries.length) return 'The workspace holds no files yet.';
  const lines = entries.slice(0, 50).map((entry) => `- ${entry.path ?? entry.name ?? JSON.stringify(entry)}${entry.kind === 'folder' ? '/' : typeof entry.size === 'number' ? ` (${entry.size} bytes)` : ''}`);
  return `The workspace holds:\n${lines.join('\n')}${entries.length > 50 ? `\n… and ${entries.length - 50} more` : ''}`;
}

/** A number of slides that could not be kept. */
function slideNote({ topic }: ReadRequest, done: Progress[]): string {
  const args = done.find((one) => one.task.kind === 'powerpoint')?.calls.at(-1)?.call.arguments as { title?: string; slides?: unknown[] } | null | undefined;
  const count = args?.slides ? args.slides.length + (args.title ? 1 : 0) : null;
  return topic.slides === null || count === null || count === topic.slides ? '' : `You asked for ${topic.slides} slides; what there is to say fills ${count}.`;
}

/** Where the content comes from, and the blanks in it. */
function contentNote(request: ReadRequest, outline: Outline): string {
  const { topic, material } = request;
  const { count, sections } = blanksIn(outline);
  const general = !topic.subject && !topic.sections.length && !material && !outline.sources.length ? 'The request names no topic, so the outline is a general one. ' : '';
  const from = general + (outline.sources.length ? `It draws on ${listed(outline.sources)}. ` : '');
  const figures = request.deliverables.some((one) => one.wantsTable || one.wantsChart) && !outline.sections.some((section) => section.table) ? ' For the table or chart inside it I was given no numbers.' : '';
  return `${from}${count ? `I invent no facts, so please fill in the ${count === 1 ? 'blank' : `${count} blanks`} in [square brackets] (in ${shorten(listed(sections.slice(0, 8)), 300)}).` : ''}${figures}`.trim();
}

function problemOf({ task, state, reason }: Progress, contents: Content[]): string {
  const title = contents.length > 1 && task.deliverable ? ` “${contentOf(contents, task.deliverable).outline.title}”` : '';
  const what = task.kind === 'read' ? `${task.action?.file ?? 'The file'}` : capitalise(names[task.kind] ?? task.tool.name) + title;
  return state === 'skipped' ? `${what}: ${reason}.` : `${what}: ${task.tool.name} failed: ${shorten(reason ?? 'no reason was given', 300)}`;
}

const missingLines = (list: TaskList): string[] =>
  list.missing.map(({ makes, tool }) => `For ${makes} this persona needs the tool ${tool}, which is not offered to me: enable it in the persona's tools and start the run again.`);

const cannot = (clause: string): string => `I cannot do this: “${shorten(clause, 120)}”. No tool that I am offered does it by rules alone.`;

/** What the offered tools allow, in words. */
function offer(tools: OfferedTool[]): string {
  if (!tools.length) return `No tools are offered to me: enable some in the persona, for example ${listed([builtinFor.powerpoint.tool, builtinFor.document.tool, builtinFor.pdf.tool])}.`;
  return `With the tools of this persona I can use:\n${tools.map((tool) => `- ${tool.name}: ${shorten(tool.description, 140)}`).join('\n')}`;
}

/** The answer to a greeting, a question about what can be done, or an empty request. */
export function talk(request: ReadRequest, tools: OfferedTool[]): string {
  const opening = request.talk === 'empty' ? 'There is no request in this message. Tell me what to make, for example “Create a PowerPoint for HR about Q1 results”.' : request.talk === 'greeting' ? 'Hello! Tell me what you need, for example “Create a PowerPoint and a one-page PDF about our new office”.' : 'I turn requests into office files and work on files of the workspace, step by step.';
  return [opening, offer(tools), modelHint].join('\n\n');
}
