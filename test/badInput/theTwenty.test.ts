import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../src/root.js';
import { theTwenty } from './theTwenty.js';

describe('the twenty bad inputs', () => {
  it('are twenty, each with a test of that title', () => {
    assert.equal(new Set(theTwenty.map(([promise]) => promise)).size, 20);
    const isTitle = ([, file, title]: (typeof theTwenty)[number]) =>
      readFileSync(join(projectRoot, 'test', `${file}.test.ts`), 'utf8').split('\n').some((line) => /^ +it\('/.test(line) && line.includes(title));
    assert.deepEqual(theTwenty.filter((each) => !isTitle(each)), []);
  });
});
