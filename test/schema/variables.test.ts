import assert from 'node:assert/strict';
import { textFaults } from '../../schema/variables.js';

describe('textFaults', () => {
  const sentence = (label: string) => `${label} must not contain the character NUL`;

  it('names the nearest field above each text, through lists, objects and keys', () => {
    const variables = {
      id: 'fine', search: '\0', input: { name: 'a\0b', fallbackProviders: ['x', ['\0']], config: { 'a\0': 1 }, isActive: null }, '\0': true,
    };
    assert.deepEqual(textFaults(variables), {
      search: sentence('Search'), name: sentence('Name'), fallbackProviders: sentence('Fallback providers'), config: sentence('Config'),
      body: sentence('Body'),
    });
  });

  it('gives nothing when no variable holds one, and looks into no file', () => {
    class File {
      readonly text = '\0';
    }
    for (const variables of [undefined, null, {}, { a: 1, b: ['x'], c: new File() }]) assert.deepEqual(textFaults(variables), {});
  });

  it('refuses half a surrogate pair, and takes a whole one', () => {
    const details = { name: 'Name must not contain half a surrogate pair' };
    for (const name of ['\ud83d', 'a\udca5b', '\udca5\ud83d', '💥\ud83d']) assert.deepEqual(textFaults({ name }), details);
    assert.deepEqual(textFaults({ name: 'a💥b\u0085\ufffd' }), {});
  });

  it('finds one that lies deep', () => {
    let value: unknown = '\0';
    for (let depth = 0; depth < 100_000; depth++) value = { inner: value };
    assert.deepEqual(textFaults(value), { inner: sentence('Inner') });
  });
});
