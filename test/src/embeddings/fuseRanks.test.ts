import assert from 'node:assert/strict';
import { fuseRanks } from '../../../src/embeddings/fuseRanks.js';

const keys = (...input: Parameters<typeof fuseRanks<string>>) => fuseRanks(...input).map(({ key }) => key);

describe('fuseRanks', () => {
  it('gives nothing for no lists and for empty lists', () => {
    assert.deepEqual(fuseRanks([]), []);
    assert.deepEqual(fuseRanks([[], []]), []);
  });

  it('counts a key named twice in a list once, at its better place', () => {
    assert.deepEqual(fuseRanks([['a', 'b', 'a']]), fuseRanks([['a', 'b']]));
  });

  it('scores the sum of 1 / (60 + rank)', () => {
    assert.deepEqual(fuseRanks([['a', 'b'], ['b']]), [
      { key: 'b', score: 1 / 62 + 1 / 61 },
      { key: 'a', score: 1 / 61 },
    ]);
  });

  it('puts what both lists know before what one of them has first', () => {
    assert.deepEqual(keys([['a', 'x', 'b'], ['c', 'x', 'd']]), ['x', 'a', 'c', 'b', 'd']);
  });

  it('lets weights and k decide how far the second list moves the first', () => {
    const lists = [['a', 'b'], ['b']];
    assert.deepEqual(keys(lists, { k: 2, weights: [1, 0.2] }), ['a', 'b']);
    assert.deepEqual(keys(lists, { k: 2, weights: [1, 1] }), ['b', 'a']);
  });

  it('keeps the order of first sight among equals', () => {
    assert.deepEqual(keys([['a', 'b'], ['b', 'a'], ['c']]), ['a', 'b', 'c']);
    assert.deepEqual(keys([['b', 'a'], ['a', 'b'], ['c']]), ['b', 'a', 'c']);
  });

  it('takes keys that are no strings', () => {
    const one = { id: 1 };
    assert.equal(fuseRanks([[one], [one]])[0]!.key, one);
  });
});
