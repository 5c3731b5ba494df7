import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { variables } from '../../src/env.js';
import { projectRoot } from '../../src/root.js';

interface Setting {
  name: string;
  sentence: string;
  /** Empty when there is none. */
  standard: string;
}

const expected: Setting[] = Object.entries(variables).map(([name, variable]) => ({
  name,
  sentence: variable.description!,
  standard: String(variable.parse(undefined) ?? ''),
}));
const text = (file: string) => readFileSync(join(projectRoot, file), 'utf8');

describe('.env.example', () => {
  it('has every variable of src/env.ts with its sentence and default, in the same order', () => {
    const written = [...text('.env.example').matchAll(/^# (.+)\n# ([A-Z_]+)=(.*)$/gm)];
    assert.deepEqual(written.map(([, sentence, name, standard]) => ({ name, sentence, standard })), expected);
  });

  it('sets nothing as it stands', () => {
    assert.deepEqual(text('.env.example').split('\n').filter((line) => line !== '' && !line.startsWith('#')), []);
  });
});

describe('README.md', () => {
  it('has a table of every variable of src/env.ts with its default and sentence', () => {
    const written = [...text('README.md').matchAll(/^\| `([A-Z_]+)` \| (?:`(.*?)`)? ?\| (.+) \|$/gm)];
    assert.deepEqual(written.map(([, name, standard = '', sentence]) => ({ name, sentence, standard })), expected);
  });
});
