/**
 * One line of the access matrix: a root field or a route with what it is asked with, and what each kind of person gets.
 *
 * A cell says what is got for what is the persona's of `ours`: `ok`, or the status of the refusal. With a star it is the same
 * whatever the ids are. The columns after the people are for other ids:
 * - `foreign`: ids of a persona that nobody here has anything to do with, for those who have a right on ours (for the others ours
 *   is foreign already, and theirs is alike);
 * - `mixed`: the first id ours and the others foreign, for those who get `ok`;
 * - `unknown`: ids of nothing, for everyone who is signed in.
 */

/** Who asks. The first three are signed out, each in another way. */
export const people = ['nobody', 'ended', 'deactivated', 'stranger', 'admin', 'viewer', 'editor', 'owner'] as const;
export type Person = (typeof people)[number];

export const whats = ['own', 'foreign', 'mixed', 'unknown'] as const;
/** Whose ids are asked with. */
export type What = (typeof whats)[number];

export type Outcome = 'ok' | '400' | '401' | '403' | '404' | '405';

export interface Options {
  /** Changes or uses up what it is asked for, so each who may gets one of their own. */
  uses?: 'place' | 'account';
  /** What the run must be doing for those who may. */
  run?: 'waiting' | 'ended';
  /** Shows a file, whose bytes must be there. */
  file?: boolean;
}

export interface Row extends Options {
  /** `Query.run`, `GET /api/runs/:id`. */
  name: string;
  cells: Record<Person, string> & { foreign: string; mixed: string; unknown: string };
  /** Of a field its arguments; of a route its query string and body. `$name` stands for a value of the world. */
  given: Record<string, unknown>;
}

const columns = [...people, 'foreign', 'mixed', 'unknown'];

export function row(name: string, line: string, given: Record<string, unknown> = {}, options: Options = {}): Row {
  const words = line.split(/[\s|]+/).filter(Boolean);
  if (words.length !== columns.length) throw new Error(`${name} has ${words.length} cells and needs ${columns.length}`);
  return { name, cells: Object.fromEntries(columns.map((column, index) => [column, words[index]])) as Row['cells'], given, ...options };
}

const signedOut: readonly string[] = ['nobody', 'ended', 'deactivated'];
const outsiders: readonly string[] = ['stranger', 'admin'];

/** What someone gets; null where there is nothing to ask. */
export function expected({ cells }: Row, person: Person, what: What): Outcome | null {
  const own = cells[person];
  const cell = signedOut.includes(person) || own.endsWith('*') || what === 'own' ? own : otherCell(cells, person, what);
  return cell === '-' || (what !== 'own' && cells[what] === '-') ? null : (cell.replace('*', '') as Outcome);
}

function otherCell(cells: Row['cells'], person: Person, what: Exclude<What, 'own'>): string {
  if (what === 'foreign' && outsiders.includes(person)) return cells[person];
  if (what === 'mixed' && (outsiders.includes(person) || cells[person] !== 'ok')) return '-';
  return cells[what];
}
