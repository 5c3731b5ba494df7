import assert from 'node:assert/strict';
import { nulFaults } from '../../schema/variables.js';

describe('nulFaults', () => {
  const sentence = (label: string) => `${label} must not contain the character NUL`;

  it('names the nearest field above each text, through lists, objects and keys', () => {
    const variables = {
      id: 'fine', search: '\0', input: { name: 'a\0b', fallbackProviders: ['x', ['\0']], config: { 'a\0': 1 }, isActive: null }, '\0': true,
    };
    assert.deepEqual(nulFaults(variables)?.details, {
      search: sentence('Search'), name: sentence('Name'), fallbackProviders: sentence('Fallback providers'), config: sentence('Config'),
      body: sentence('Body'),
    });
  });

  it('gives null when no variable holds one, and looks into no file', () => {
    class File {
      readonly text = '\0';
    }
    for (const variables of [undefined, null, {}, { a: 1, b: ['x'], c: new File() }]) assert.equal(nulFaults(variables), null);
  });

  it('finds one that lies deep', () => {
    let value: unknown = '\0';
    for (let depth = 0; depth < 100_000; depth++) value = { inner: value };
    assert.deepEqual(nulFaults(value)?.details, { inner: sentence('Inner') });
  });
});
