import pgvector from 'pgvector';
import { embeddingDimensions } from './model.js';

/**
 * How vectors are stored, and the only file that knows. With the extension: `vector`, compared by pgvector, through an
 * HNSW index when that pays. Without: `real[]` and an exact scan; vectors have length 1, so that the dot product is the
 * cosine. Both give the same order.
 *
 * The search, in either kind, binds the vector wherever `placeholder` stands:
 *
 *   select id, ${similaritySql(hasVector, 'embedding', '$1')} as similarity from chunks
 *   where persona_id = $2 and embedding is not null
 *   order by ${nearestFirstSql(hasVector, 'embedding', '$1')} limit $3
 *
 * `hasVector` is `databaseInfo().hasVector`. Tables and columns are names from our own code, never from a user.
 */

/** The type of a column of vectors, for `create table`. */
export const vectorColumnType = (hasVector: boolean): string => (hasVector ? `vector(${embeddingDimensions})` : 'real[]');

/** The statement that makes the index for nearest vectors; null where there is none to make. */
export const vectorIndexSql = (hasVector: boolean, table: string, column: string): string | null =>
  hasVector ? `create index ${table}_${column}_hnsw on ${table} using hnsw (${column} vector_cosine_ops)` : null;

/**
 * What to bind for a vector, when it is stored and when it is searched for. A string in both kinds: it goes unchanged
 * through pg, knex and Objection.
 *
 * @throws RangeError when the vector has not `embeddingDimensions` finite numbers
 */
export function toVectorValue(vector: Float32Array, hasVector: boolean): string {
  if (vector.length !== embeddingDimensions || !vector.every(Number.isFinite)) {
    throw new RangeError(`A vector has ${embeddingDimensions} finite numbers; this one has ${vector.filter(Number.isFinite).length} of ${vector.length}`);
  }
  const numbers = Array.from(vector);
  return hasVector ? (pgvector.toSql(numbers) as string) : `{${numbers.join(',')}}`;
}

/** SQL for the cosine of the column and the bound vector, −1 to 1, higher is nearer; null where the column is null. */
export const similaritySql = (hasVector: boolean, column: string, placeholder: string): string =>
  hasVector ? `(1 - (${column} <=> ${placeholder}::vector))` : dotProductSql(column, placeholder);

/**
 * What goes behind `order by` so that the nearest come first. With the extension it is the form that the HNSW index
 * serves, which ordering by the similarity is not. Rows without a vector come last.
 */
export const nearestFirstSql = (hasVector: boolean, column: string, placeholder: string): string =>
  hasVector ? `${column} <=> ${placeholder}::vector` : `${dotProductSql(column, placeholder)} desc nulls last`;

/**
 * To be run first, in the search's own transaction, when a search has a further condition (only one persona): without
 * it the index gives its 40 nearest, the condition drops most of them, and too few are left. pgvector 0.8 or newer.
 * Null where nothing is needed.
 */
export const filteredSearchSql = (hasVector: boolean): string | null =>
  hasVector ? 'set local hnsw.iterative_scan = strict_order' : null;

const dotProductSql = (column: string, placeholder: string): string =>
  `(select sum(a::float8 * b) from unnest(${column}, ${placeholder}::real[]) as pairs(a, b))`;
