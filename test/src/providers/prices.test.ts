import assert from 'node:assert/strict';
import { costOf, usePrices } from '../../../src/providers/prices.js';

describe('costOf', () => {
  const usage = { promptTokens: 2_000_000, completionTokens: 500_000 };
  before(() => usePrices({ openai: { m: { prompt: 0.25, completion: 2 }, '*': { prompt: 1, completion: 1 } } }));
  after(() => usePrices());

  it('is null for a provider without prices, and for tokens that were not told', () => {
    assert.equal(costOf('groq', 'm', usage), null);
    assert.equal(costOf('openai', 'm', null), null);
  });

  it('goes by a million tokens, read and written, of the model or of all others', () => {
    assert.equal(costOf('openai', 'm', usage), 1.5);
    assert.equal(costOf('openai', 'other', usage), 2.5);
  });

  it('is nothing for local', () => {
    assert.equal(costOf('local', 'rules', usage), 0);
  });
});
