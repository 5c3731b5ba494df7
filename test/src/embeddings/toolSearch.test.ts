import assert from 'node:assert/strict';
import { labelledRequests, labelledTools, orderByVector, orderByWords, score, type Score } from '../../../bench/toolSearch/score.js';
import { closeEmbeddings, embed } from '../../../src/embeddings/embeddings.js';
import { rankTools, toolText } from '../../../src/embeddings/toolRanking.js';

describe('tool search on the labelled requests', () => {
  let toolVectors: Float32Array[];
  let byVector: Score;
  let fused: Score;

  before(async function () {
    this.timeout(60_000);
    toolVectors = await embed(labelledTools.map(toolText));
    const vectorOrders = orderByVector(toolVectors, await embed(labelledRequests.map(({ text }) => text)));
    const wordOrders = await orderByWords(labelledRequests);
    byVector = score(labelledRequests, vectorOrders);
    fused = score(labelledRequests, vectorOrders.map((order, i) => rankTools(order, wordOrders[i]!)));
  });
  after(closeEmbeddings);

  it('has at least 60 different requests, and 25 tools that each are right for some', () => {
    const names = new Set(labelledTools.map(({ name }) => name));
    assert.ok(new Set(labelledRequests.map(({ text }) => text)).size >= 60);
    assert.deepEqual(labelledRequests.flatMap(({ tools }) => tools).filter((name) => !names.has(name)), []);
    const asked = new Set(labelledRequests.flatMap(({ tools }) => tools));
    const real = labelledTools.filter(({ distractor }) => !distractor).map(({ name }) => name);
    assert.ok(real.length >= 25);
    assert.deepEqual(real.filter((name) => !asked.has(name)), []);
  });

  it('finds generate_powerpoint for "make slides for my boss"', async () => {
    const [order] = orderByVector(toolVectors, await embed(['make slides for my boss']));
    assert.equal(order![0], 'generate_powerpoint');
  });

  it('finds nothing by words for a request that shares none, and does not fail on quotes and operators', async () => {
    const odd = ["'", '&|!()<->:*', 'the of and', '', 'zzyzx'].map((text) => ({ text, tools: [] }));
    assert.deepEqual(await orderByWords(odd), [[], [], [], [], []]);
  });

  it('finds at least as many right tools by vectors as when it was measured', () => {
    assert.ok(byVector.top1 >= 67 && byVector.top3 >= 88 && byVector.top8 >= 100 && byVector.reciprocalRank >= 0.7049, JSON.stringify(byVector));
  });

  it('is nowhere worse with words than by vectors alone, and no worse than when it was measured', () => {
    for (const key of ['top1', 'top3', 'top8', 'reciprocalRank'] as const) assert.ok(fused[key] >= byVector[key], `${key}: ${fused[key]} < ${byVector[key]}`);
    assert.ok(fused.top1 >= 67 && fused.top3 >= 90 && fused.top8 >= 101 && fused.reciprocalRank >= 0.706, JSON.stringify(fused));
  });
});
