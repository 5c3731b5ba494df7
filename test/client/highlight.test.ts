import assert from 'node:assert/strict';
import { join } from 'node:path';
import { runnerImport } from 'vite';
import { projectRoot } from '../../src/root.js';

describe('the client: marking what a search looked for', () => {
  let highlight: (text: string, query: string) => { text: string; isMatch: boolean }[];
  before(async () => {
    ({ module: { highlight } } = await runnerImport<{ highlight: typeof highlight }>(join(projectRoot, 'client/src/features/memory/highlight.ts')));
  });
  const marked = (text: string, query: string) => highlight(text, query).filter(({ isMatch }) => isMatch).map(({ text: word }) => word);

  it('marks nothing for common words, short words and signs', () => {
    for (const query of ['', 'the and of', 'der die das', '() .* [', 'is it']) assert.deepEqual(marked('The cat and (.*) the dog is it der', query), []);
  });

  it('marks words in any of their forms, and keeps the text as it is', () => {
    const text = 'Flights need approval. Remotely is fine, as are Bücher.';
    assert.deepEqual(marked(text, 'remote flight'), ['Flights', 'Remotely']);
    assert.deepEqual(marked(text, 'buch'), ['Bücher']);
    assert.equal(highlight(text, 'flight').map(({ text: piece }) => piece).join(''), text);
  });

  it('marks no part of another word', () => {
    assert.deepEqual(marked('category cat cats', 'cat'), ['cat', 'cats']);
  });
});
