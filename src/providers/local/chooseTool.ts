/** Finds the offered tool that fits a clause: by its name when the rules know the work, else by meaning and words. */

import { toolText } from '../../embeddings/toolRanking.js';
import type { OfferedTool } from '../provider.js';
import type { Meaning } from './meaning.js';
import type { TaskKind } from './tasks.js';
import { stems } from './wording.js';

/** The builtin tool of each kind of work, and what is said of it where it is missing. */
export const builtinFor: Record<Exclude<TaskKind, 'other'>, { tool: string; makes: string; about: string }> = {
  powerpoint: { tool: 'generate_powerpoint', makes: 'a PowerPoint presentation', about: 'presentation or slides to show' },
  document: { tool: 'generate_document', makes: 'a Word document', about: 'Word document, letter or report to edit' },
  spreadsheet: { tool: 'generate_spreadsheet', makes: 'an Excel spreadsheet', about: 'Excel spreadsheet with rows and formulas' },
  pdf: { tool: 'generate_pdf', makes: 'a PDF', about: 'PDF file to print or hand out' },
  chart: { tool: 'generate_chart', makes: 'a chart', about: 'chart drawn from numbers' },
  read: { tool: 'read_file', makes: 'the text of a file', about: 'read a file' },
  write: { tool: 'write_file', makes: 'a text file', about: 'save text in a file' },
  list: { tool: 'list_files', makes: 'a list of the files', about: 'list the files of the folder' },
  time: { tool: 'current_time', makes: 'the current date and time', about: 'what time or day it is' },
  memory: { tool: 'search_memory', makes: 'passages from memory', about: 'search uploaded documents' },
  search: { tool: 'search_tools', makes: 'a list of tools', about: 'find a tool' },
  email: { tool: 'send_email', makes: 'an e-mail', about: 'send an e-mail' },
};

const kindWords: Partial<Record<TaskKind, RegExp>> = {
  powerpoint: /powerpoint|presentation|slides/i,
  document: /\bword\b|docx/i,
  spreadsheet: /spreadsheet|excel|xlsx/i,
  pdf: /\bpdf\b/i,
  chart: /chart|graph|plot/i,
  email: /\bsend\b.*e-?mail|e-?mail.*\bsend/i,
};

/** Tools that are never guessed: their mistakes cannot be undone, or rules cannot make their arguments from words. */
const neverGuessed = new Set(['delete_file', 'edit_spreadsheet', 'zip_files', 'query_data', 'calculate', 'http_request']);

/** Below this nearness (cosine plus 0.06 per shared word, at most 3) a tool is taken as not meant. */
const nearEnough = 0.42;

/** The kind a tool's name stands for, or 'other'. */
export const kindOfTool = (name: string): TaskKind => (Object.entries(builtinFor).find(([, { tool }]) => tool === name)?.[0] as TaskKind | undefined) ?? 'other';

/** The offered tool for work of a known kind: the builtin one, else another whose description says the same. Null if none. */
export function toolForKind(kind: TaskKind, tools: OfferedTool[]): OfferedTool | null {
  if (kind === 'other') return null;
  const exact = tools.find((tool) => tool.name === builtinFor[kind].tool);
  const words = kindWords[kind];
  return exact ?? (words && tools.find((tool) => kindOfTool(tool.name) === 'other' && !/\b(?:read|edit|change|extract|search|list|convert)\b/i.test(tool.description) && words.test(toolText(tool)))) ?? null;
}

/** The nearest offered tool for a clause of unknown kind: cosine of the same texts that tool search embeds, plus shared words. */
export async function nearestTool(clause: string, tools: OfferedTool[], meaning: Meaning): Promise<OfferedTool | null> {
  const guessed = tools.filter(({ name }) => !neverGuessed.has(name));
  const index = await best(clause, guessed.map(toolText), meaning);
  return index < 0 ? null : guessed[index];
}

/** The kind of builtin work that a clause means although its tool may not be offered; null when it means none. */
export async function nearestKind(clause: string, meaning: Meaning): Promise<TaskKind | null> {
  const kinds = Object.keys(builtinFor).filter((kind) => kind !== 'search' && kind !== 'memory') as Exclude<TaskKind, 'other'>[];
  const index = await best(clause, kinds.map((kind) => builtinFor[kind].about), meaning);
  return index < 0 ? null : kinds[index];
}

async function best(clause: string, texts: string[], meaning: Meaning): Promise<number> {
  if (!texts.length) return -1;
  const own = stems(clause);
  const near = await meaning.scores(clause, texts);
  const scores = near.map((score, index) => score + 0.06 * Math.min(3, [...stems(texts[index])].filter((word) => own.has(word)).length));
  const top = scores.indexOf(Math.max(...scores));
  return scores[top] >= nearEnough ? top : -1;
}
