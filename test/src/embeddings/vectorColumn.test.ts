import assert from 'node:assert/strict';
import { PGlite } from '@electric-sql/pglite';
import { vector } from '@electric-sql/pglite-pgvector';
import pg from 'pg';
import { embeddingDimensions } from '../../../src/embeddings/embeddings.js';
import { filteredSearchSql, nearestFirstSql, similaritySql, toVectorValue, vectorColumnType, vectorIndexSql } from '../../../src/embeddings/vectorColumn.js';
import { requireService } from '../../support/services.js';

type Query = (sql: string, values?: unknown[]) => Promise<Record<string, any>[]>;

/** Directions that differ, the same in every test. */
function directions(count: number): Float32Array[] {
  return Array.from({ length: count }, (_, n) => {
    const raw = Float32Array.from({ length: embeddingDimensions }, (_, i) => Math.sin((n + 1) * (i + 1)) + Math.cos(n * 7 + i));
    const length = Math.sqrt(raw.reduce((sum, value) => sum + value * value, 0));
    return raw.map((value) => value / length);
  });
}
const stored = directions(60);
const wanted = stored[17]!;
const cosine = (a: Float32Array, b: Float32Array) => a.reduce((sum, value, i) => sum + value * b[i]!, 0);
const expected = stored.map((each, id) => ({ id, similarity: cosine(each, wanted) })).sort((a, b) => b.similarity - a.similarity);

/** Stores all directions and one row without a vector, and searches in both ways that services use. */
async function search(query: Query, hasVector: boolean) {
  await query(`create temporary table passages (id int primary key, owner int, embedding ${vectorColumnType(hasVector)})`);
  for (const [id, each] of stored.entries()) {
    await query('insert into passages values ($1, $2, $3)', [id, id % 2, toVectorValue(each, hasVector)]);
  }
  await query('insert into passages values (60, 1, null)');
  const index = vectorIndexSql(hasVector, 'passages', 'embedding');
  if (index) await query(index);
  return query(
    `select id, ${similaritySql(hasVector, 'embedding', '$1')} as similarity from passages
     order by ${nearestFirstSql(hasVector, 'embedding', '$1')}`,
    [toVectorValue(wanted, hasVector)],
  );
}

function checkOrder(rows: Record<string, any>[]) {
  const found = rows.filter(({ id }) => id !== 60);
  assert.deepEqual(found.map(({ id }) => id), expected.map(({ id }) => id));
  found.forEach(({ similarity }, i) => assert.ok(Math.abs(similarity - expected[i]!.similarity) < 1e-5));
  assert.equal(found[0]!.id, 17);
}

describe('toVectorValue', () => {
  for (const hasVector of [true, false]) {
    it(`refuses a vector that is too short, or has a number that is none (${vectorColumnType(hasVector)})`, () => {
      assert.throws(() => toVectorValue(new Float32Array(3), hasVector), RangeError);
      assert.throws(() => toVectorValue(new Float32Array(embeddingDimensions).fill(NaN), hasVector), /0 of 384/);
    });
  }
});

describe('vectorIndexSql', () => {
  it('is null without the extension', () => {
    assert.equal(vectorIndexSql(false, 'chunks', 'embedding'), null);
    assert.equal(filteredSearchSql(false), null);
  });
});

describe('vectors in the embedded database', () => {
  let database: PGlite;
  const query: Query = async (sql, values) => (await database.query<Record<string, any>>(sql, values)).rows;

  beforeEach(async function () {
    this.timeout(60_000);
    database = await PGlite.create({ extensions: { vector } });
    await query('create extension vector');
  });
  afterEach(() => database.close());

  it('come in the order of their cosine with pgvector, those without a vector last', async () => {
    const rows = await search(query, true);
    checkOrder(rows);
    assert.deepEqual(rows.at(-1), { id: 60, similarity: null });
  });

  it('come in the same order as real[], those without a vector last', async () => {
    const rows = await search(query, false);
    checkOrder(rows);
    assert.deepEqual(rows.at(-1), { id: 60, similarity: null });
  });

  it('are found through the HNSW index, and a condition leaves enough of them', async () => {
    await search(query, true);
    const nearest = `select id from passages where owner = 1 and embedding is not null order by ${nearestFirstSql(true, 'embedding', '$1')} limit 25`;
    const value = [toVectorValue(wanted, true)];
    await query('begin');
    await query('set local enable_seqscan = off');
    await query('set local enable_sort = off');
    await query('set local hnsw.ef_search = 10');
    assert.match(JSON.stringify(await query(`explain ${nearest}`, value)), /passages_embedding_hnsw/);
    const cut = await query(nearest, value);
    assert.ok(cut.length < 25, 'without the setting the index alone gives too few');
    await query(filteredSearchSql(true)!);
    assert.equal((await query(nearest, value)).length, 25);
    await query('rollback');
  });
});

describe('vectors in PostgreSQL', () => {
  let client: pg.Client;
  const query: Query = async (sql, values) => (await client.query(sql, values)).rows;

  before(async function () {
    await requireService(this, 'postgres');
    client = new pg.Client({ connectionString: process.env.TEST_DATABASE_URL });
    await client.connect();
  });
  after(() => client?.end());

  it('come in the order of their cosine as real[]', async () => {
    checkOrder(await search(query, false));
  });
});
