import assert from 'node:assert/strict';
import { differences } from './compare.js';

const id = '3f0c2a52-9a52-4f0e-8a0f-6f1f3f8f0a11';
const example = { id: 'uuid', name: 'My Assistant', size: 5, at: '2025-01-28T00:00:00Z', gone: null, list: [{ id: 'uuid', a: 'x' }, { id: 'uuid', b: 1 }] };
const actual = { id, name: 'Other', size: 0, at: '2026-01-01T00:00:00.000Z', gone: null, list: [{ id, a: 'y' }, { id, b: 2 }] };

describe('differences from a documented example', () => {
  const wrong: [string, object, string[]][] = [
    ['a missing key', { ...actual, name: undefined }, ['body.name is of the type undefined, not string']],
    ['a key too many', { ...actual, secret: 1 }, ['body.secret is not documented']],
    ['another type', { ...actual, size: '5' }, ['body.size is of the type string, not number']],
    ['null for a value', { ...actual, name: null }, ['body.name is of the type null, not string']],
    ['a value for null', { ...actual, gone: 'x' }, ['body.gone is of the type string, not null']],
    ['text for an id', { ...actual, id: '42' }, ['body.id is of the type string, not id']],
    ['a day for a moment', { ...actual, at: '2025-01-28' }, ['body.at is of the type string, not moment']],
    ['an entry with a key too many', { ...actual, list: [...actual.list, { id, a: 'x', c: 1 }] }, ['body.list[].c is not documented']],
    ['an empty list', { ...actual, list: [] }, ['body.list is empty']],
    ['a list without one of the kinds', { ...actual, list: [{ id, a: 'x' }] }, ['body.list[].b is missing', 'body.list[].a is not documented']],
    ['a list in which a value is never there', { ...actual, list: [{ id, a: null }, { id, b: 1 }] }, ['body.list[].a is of the type null, not string']],
  ];
  for (const [fault, body, found] of wrong) it(`names ${fault}`, () => assert.deepEqual(differences(body, example), found));

  it('names a key that is not there at all', () => {
    const { name: _name, ...rest } = actual;
    assert.deepEqual(differences(rest, example), ['body.name is missing']);
  });

  it('finds none where keys and types are the same, with null in some entries of a list and anything in open objects', () => {
    assert.deepEqual(differences(actual, example), []);
    assert.deepEqual(differences({ ...actual, list: [...actual.list, { id, b: null }] }, example), []);
    assert.deepEqual(differences({ metadata: { other: [1] } }, { metadata: { toolName: 'x' } }), []);
    assert.deepEqual(differences({ a: 1, seq: 2 }, { a: 5 }, ['seq']), []);
  });
});
