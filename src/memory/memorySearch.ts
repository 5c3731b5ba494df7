import type { Knex } from 'knex';
import type { Viewer } from '../auth/viewer.js';
import { databaseInfo, read, transaction } from '../db.js';
import { embed } from '../embeddings/embeddings.js';
import { fuseRanks } from '../embeddings/fuseRanks.js';
import { filteredSearchSql, nearestFirstSql, similaritySql, toVectorValue } from '../embeddings/vectorColumn.js';
import { anyWordQuerySql } from '../embeddings/wordQuery.js';
import { validationError } from '../errors.js';
import { logger } from '../logger.js';
import { requireLimit } from '../paging.js';
import { isRequired } from '../validation.js';
import type { Passage } from './parsing/chunks.js';

/** A passage that a search has found. */
export interface MemoryMatch {
  chunkId: string;
  documentId: string;
  documentName: string;
  text: string;
  /** How near its meaning is, 0 to 1. Words count for the order too, so it need not fall from one to the next. */
  similarity: number;
  metadata: Passage['metadata'];
}

const longestQuery = 10_000;

/**
 * Passages of a persona's memory found by meaning and by words, best first. Throws VALIDATION_ERROR for a blank or endless query and
 * a limit outside 1 to 100.
 */
export const searchMemory = (_viewer: Viewer, personaId: string, query: string, limit: number): Promise<MemoryMatch[]> =>
  findPassages(personaId, query, limit);

/** The same for whoever has been allowed already. */
export async function findPassages(personaId: string, query: string, limit: number): Promise<MemoryMatch[]> {
  if (query.trim() === '') throw validationError({ query: isRequired('query') });
  if (query.length > longestQuery) throw validationError({ query: `Query must have at most ${longestQuery} characters` });
  requireLimit(limit);
  const [anything] = await read<{ id: string }>(anyChunk, [personaId]);
  if (!anything) return [];
  // What no text can hold would be no query either.
  const words = query.replaceAll('\0', ' ');
  const vector = await vectorOf(words);
  return transaction(async (trx) => {
    const byMeaning = vector ? await nearest(trx, personaId, vector, limit) : [];
    const byWords = await read<{ id: string }>(wordStatement, [words, personaId, candidatesFor(limit)], trx);
    const lists = [byMeaning, byWords].map((rows) => rows.map(({ id }) => id));
    const ids = fuseRanks(lists).slice(0, limit).map(({ key }) => key);
    return matches(trx, ids, vector, words);
  });
}

const anyChunk = { name: 'memory_any', text: 'select id from chunks where persona_id = $1 limit 1' };

/** Either list goes deeper than the answer, because what is middling in both may be best together. */
const candidatesFor = (limit: number): number => Math.max(50, limit * 2);

/** As it is bound. Null when the model does not run here: words alone still find something. */
async function vectorOf(query: string): Promise<string | null> {
  try {
    return toVectorValue((await embed([query]))[0]!, databaseInfo().hasVector);
  } catch (error) {
    logger.warn({ err: error }, 'Memory is searched by words alone');
    return null;
  }
}

/** Chunks of a document that is still processed are not found: its first pages alone would mislead. */
const isWhole = `exists (select 1 from documents d where d.id = c.document_id and d.status = 'completed')`;

async function nearest(trx: Knex.Transaction, personaId: string, vector: string, limit: number): Promise<{ id: string }[]> {
  const { hasVector } = databaseInfo();
  const setting = filteredSearchSql(hasVector);
  if (setting) await trx.raw(setting);
  const text = `select c.id from chunks c where c.persona_id = $2 and ${isWhole}
    order by ${nearestFirstSql(hasVector, 'c.embedding', '$1')} limit $3`;
  return read({ name: 'memory_nearest', text }, [vector, personaId, candidatesFor(limit)], trx);
}

const wordStatement = {
  name: 'memory_words',
  text: `select c.id from chunks c, (select ${anyWordQuerySql('$1')} as words) q
    where c.persona_id = $2 and c.search @@ q.words and ${isWhole}
    order by ts_rank(c.search, q.words, 1) desc, c.id limit $3`,
};

async function matches(trx: Knex.Transaction, ids: string[], vector: string | null, words: string): Promise<MemoryMatch[]> {
  const { hasVector } = databaseInfo();
  // Without a model the words' own rank stands in, which lies between 0 and 1 as well.
  const similarity = vector ? similaritySql(hasVector, 'c.embedding', '$2') : `ts_rank(c.search, ${anyWordQuerySql('$2')}, 32)`;
  const text = `select c.id as "chunkId", c.document_id as "documentId", d.name as "documentName", c.text, c.metadata, ${similarity} as similarity
    from chunks c join documents d on d.id = c.document_id where c.id = any($1)`;
  const rows = await read<MemoryMatch>({ name: `memory_matches_${vector ? 'vector' : 'words'}`, text }, [ids, vector ?? words], trx);
  const byId = new Map(rows.map((row) => [row.chunkId, { ...row, similarity: rounded(row.similarity) }]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

const rounded = (similarity: number): number => Math.round(Math.min(1, Math.max(0, similarity)) * 10_000) / 10_000;
