import assert from 'node:assert/strict';
import type { Block } from '../../../src/memory/parsing/blocks.js';
import { cutIntoPassages, embeddedText } from '../../../src/memory/parsing/chunks.js';
import { tokenCounter } from '../../../src/memory/parsing/tokens.js';

/** A token is a word here, and the window holds 18 beside the two marks. */
const count = (text: string) => text.split(/\s+/).filter(Boolean).length;
const cut = (blocks: Block[]) => cutIntoPassages(blocks, count, 20);
const paragraph = (text: string, page?: number): Block => ({ kind: 'paragraph', text, ...(page && { page }) });
const heading = (level: number, text: string, page?: number): Block => ({ kind: 'heading', level, text, ...(page && { page }) });
const words = (number: number, word = 'word') => Array.from({ length: number }, (_, index) => `${word}${index}`).join(' ');

describe('cutIntoPassages', () => {
  it('makes nothing of nothing', () => {
    assert.deepEqual(cut([]), []);
  });

  it('puts whole paragraphs together as long as they fit', () => {
    const [first, second, third] = [words(8, 'a'), words(8, 'b'), words(8, 'c')];
    assert.deepEqual(cut([first, second, third].map((text) => paragraph(text))).map(({ text }) => text), [`${first}\n\n${second}`, third]);
  });

  it('cuts a long paragraph between sentences, and a long sentence between words', () => {
    const sentences = ['A', 'B', 'C'].map((word) => `${words(7, word)} end.`);
    assert.deepEqual(cut([paragraph(sentences.join(' '))]).map(({ text }) => text), [`${sentences[0]} ${sentences[1]}`, sentences[2]]);
    const parts = cut([paragraph(words(50))]).map(({ text }) => text);
    assert.deepEqual(parts.map(count), [18, 18, 14]);
    assert.equal(parts.join(' '), words(50));
  });

  it('cuts a word that never ends', () => {
    const parts = cut([paragraph('x'.repeat(30_000))]).map(({ text }) => text);
    assert.ok(parts.every((part) => part.length <= 20_000));
    assert.equal(parts.join('').replaceAll(' ', ''), 'x'.repeat(30_000));
  });

  it('never reaches over a heading, and keeps the headings that a passage stands under', () => {
    const passages = cut([heading(1, 'Book'), paragraph('a'), heading(2, 'One'), paragraph('b'), heading(3, 'Deep'), paragraph('c'), heading(2, 'Two'), paragraph('d')]);
    assert.deepEqual(passages.map(({ text, metadata }) => [text, metadata.chunkIndex, metadata.headings]), [
      ['a', 0, ['Book']], ['b', 1, ['Book', 'One']], ['c', 2, ['Book', 'One', 'Deep']], ['d', 3, ['Book', 'Two']],
    ]);
    assert.equal(embeddedText(passages[2]!), 'Book – One – Deep\nc');
  });

  it('keeps a heading with nothing below it, but not one that only leads to the next', () => {
    const passages = cut([heading(1, 'Thanks'), heading(1, 'Chapter'), heading(2, 'Section'), paragraph('a'), heading(1, 'The end')]);
    assert.deepEqual(passages.map(({ text, metadata }) => [text, metadata.headings]), [['Thanks', []], ['a', ['Chapter', 'Section']], ['The end', []]]);
  });

  it('never reaches over a page, and names the page', () => {
    const passages = cut([heading(1, 'Cover', 1), heading(1, 'Slide', 2), paragraph('a', 2), paragraph('b', 3)]);
    assert.deepEqual(passages.map(({ text, metadata }) => [text, metadata.page]), [['Cover', 1], ['a', 2], ['b', 3]]);
  });

  it('cuts a table between rows and begins each part with the names of its columns', () => {
    const rows = Array.from({ length: 6 }, (_, index) => `${index} a b c`);
    const parts = cut([{ kind: 'table', header: 'No first second third', rows }]).map(({ text }) => text.split('\n'));
    assert.ok(parts.length > 1);
    assert.ok(parts.every(([first]) => first === 'No first second third'));
    assert.deepEqual(parts.flatMap(([, ...rest]) => rest), rows);
  });

  it('never cuts a row, however long', () => {
    const row = words(100);
    const parts = cut([paragraph('before'), { kind: 'table', header: null, rows: ['short', row, 'short too'] }]).map(({ text }) => text);
    assert.deepEqual(parts, ['before\n\nshort', row, 'short too']);
  });

  it('fits what is embedded into the window of the model', () => {
    const tokens = tokenCounter();
    const text = 'Antidisestablishmentarianism, as 漢字 and Ärger show, is counted in pieces of words: 1,234.56 €. '.repeat(60);
    const passages = cutIntoPassages([heading(1, 'A heading of some length, as reports have them'), paragraph(text)], tokens, 256);
    assert.ok(passages.length > 3);
    for (const passage of passages) assert.ok(tokens(embeddedText(passage)) + 2 <= 256);
    assert.ok(passages.slice(0, -1).every((passage) => tokens(embeddedText(passage)) > 180), 'the window is used');
  });
});
