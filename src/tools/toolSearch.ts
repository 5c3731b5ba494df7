import { databaseInfo, read } from '../db.js';
import { embed } from '../embeddings/embeddings.js';
import { rankTools } from '../embeddings/toolRanking.js';
import { similaritySql, toVectorValue } from '../embeddings/vectorColumn.js';
import { anyWordQuerySql } from '../embeddings/wordQuery.js';
import { validationError } from '../errors.js';
import { logger } from '../logger.js';
import { requireLimit } from '../paging.js';
import { isRequired } from '../validation.js';
import { embedTools } from './syncTools.js';
import type { FoundTool } from './tool.js';

/**
 * Tools found by meaning and by words, best first. `similarity` is the nearness in meaning, 0 to 1; words settle what is
 * close, so it need not fall from one to the next. Throws VALIDATION_ERROR for a blank query or a limit outside 1 to 100.
 */
export const searchTools = (query: string, limit: number) => search(query, limit, null);

/** The same among the tools that a persona has enabled. */
export const searchPersonaTools = (personaId: string, query: string, limit: number) => search(query, limit, personaId);

interface Candidate extends Omit<FoundTool, 'similarity'> {
  similarity: number | null;
  /** How well the words fit; null when none of them occurs. */
  words: number | null;
}

async function search(query: string, limit: number, personaId: string | null): Promise<FoundTool[]> {
  if (query.trim() === '') throw validationError({ query: isRequired('query') });
  requireLimit(limit);
  const { hasVector } = databaseInfo();
  const vector = await vectorOf(query);
  const candidates = await read<Candidate>(statement(hasVector), [vector && toVectorValue(vector, hasVector), query, personaId]);
  const byMeaning = vector ? candidates.toSorted((a, b) => (b.similarity ?? -1) - (a.similarity ?? -1)) : [];
  const byWords = candidates.filter(({ words }) => words !== null).sort((a, b) => b.words! - a.words!);
  return rankTools(byMeaning, byWords).slice(0, limit).map(found);
}

/** Null when the model does not run here: words alone still find something. */
async function vectorOf(query: string): Promise<Float32Array | null> {
  try {
    await embedTools();
    return (await embed([query]))[0]!;
  } catch (error) {
    logger.warn({ err: error }, 'Tools are searched by words alone');
    return null;
  }
}

const found = ({ id, name, description, category, similarity }: Candidate): FoundTool => ({
  id, name, description, category, similarity: Math.round(Math.min(1, Math.max(0, similarity ?? 0)) * 10_000) / 10_000,
});

/** There are some dozens of tools, so all are ranked; an index would answer no sooner. */
const statement = (hasVector: boolean) => ({
  name: 'tool_search',
  text: `select t.id, t.name, t.description, t.category, ${similaritySql(hasVector, 't.embedding', '$1')} as similarity,
      case when t.search @@ q.words then ts_rank(t.search, q.words) end as words
    from tools t, (select ${anyWordQuerySql('$2')} as words) q
    where $3::uuid is null
      or exists (select 1 from persona_tools pt where pt.persona_id = $3 and pt.tool_id = t.id and pt.is_enabled)
    order by t.name`,
});
