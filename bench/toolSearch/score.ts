import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { anyWordQuerySql } from '../../src/embeddings/wordQuery.js';
import { projectRoot } from '../../src/root.js';

export interface LabelledTool {
  name: string;
  category: string;
  description: string;
  /** There to be confused with the others; the platform has no such tool. */
  distractor?: true;
}

export interface LabelledRequest {
  text: string;
  /** The tools that are right; any of them counts. */
  tools: string[];
  /** What it is written in, when that is not English. */
  language?: 'de' | 'fr';
  typos?: true;
}

export interface Score {
  requests: number;
  /** How often a right tool came first, among the first three, among the first eight. */
  top1: number;
  top3: number;
  top8: number;
  /** Mean of 1 / place of the first right tool, 0 where it was not found. */
  reciprocalRank: number;
}

const readData = <T>(file: string): T => JSON.parse(readFileSync(join(projectRoot, 'bench', 'toolSearch', file), 'utf8')) as T;
export const labelledTools = readData<LabelledTool[]>('tools.json');
export const labelledRequests = readData<LabelledRequest[]>('requests.json');

/** @param orders for each request the names of tools, best first */
export function score(requests: LabelledRequest[], orders: string[][]): Score {
  const places = requests.map(({ tools }, i) => orders[i]!.findIndex((name) => tools.includes(name)) + 1);
  const within = (limit: number) => places.filter((place) => place > 0 && place <= limit).length;
  const reciprocal = places.reduce((sum, place) => sum + (place > 0 ? 1 / place : 0), 0) / requests.length;
  return { requests: requests.length, top1: within(1), top3: within(3), top8: within(8), reciprocalRank: reciprocal };
}

/** The names of all tools for each request vector, nearest first. Vectors have length 1. */
export function orderByVector(toolVectors: Float32Array[], requestVectors: Float32Array[]): string[][] {
  return requestVectors.map((request) =>
    toolVectors
      .map((tool, i) => ({ name: labelledTools[i]!.name, near: tool.reduce((sum, value, j) => sum + value * request[j]!, 0) }))
      .sort((a, b) => b.near - a.near)
      .map(({ name }) => name),
  );
}

/** The names of the tools that share a word with each request, best first, by PostgreSQL's full-text search as the platform uses it. */
export async function orderByWords(requests: LabelledRequest[]): Promise<string[][]> {
  const database = new PGlite();
  await database.exec(`create table tools (name text, description text, category text, search tsvector generated always as (
    to_tsvector('english', replace(name, '_', ' ') || ' ' || description || ' ' || category)) stored)`);
  for (const { name, description, category } of labelledTools) {
    await database.query('insert into tools values ($1, $2, $3)', [name, description, category]);
  }
  const orders: string[][] = [];
  for (const { text } of requests) {
    const found = await database.query<{ name: string }>(
      `select name from tools, (select ${anyWordQuerySql('$1')} as words) as query where search @@ words order by ts_rank(search, words) desc, name`,
      [text],
    );
    orders.push(found.rows.map(({ name }) => name));
  }
  await database.close();
  return orders;
}
