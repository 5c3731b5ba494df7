import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { modelFolder } from '../../../src/embeddings/model.js';

describe('models/all-MiniLM-L6-v2', () => {
  it('holds the files whose checksums it states, with licence and origin, below 30 MB', () => {
    const lines = readFileSync(join(modelFolder, 'SHA256SUMS'), 'utf8').trim().split('\n');
    assert.deepEqual(lines.map((line) => line.split(/\s+/)[1]), ['model.onnx', 'tokenizer.json']);
    for (const line of lines) {
      const [checksum, file] = line.split(/\s+/) as [string, string];
      assert.equal(createHash('sha256').update(readFileSync(join(modelFolder, file))).digest('hex'), checksum, file);
    }
    assert.match(readFileSync(join(modelFolder, 'LICENSE'), 'utf8'), /Apache License\s+Version 2\.0/);
    assert.match(readFileSync(join(modelFolder, 'README.md'), 'utf8'), /sentence-transformers\/all-MiniLM-L6-v2/);
    const size = readdirSync(modelFolder).reduce((sum, file) => sum + statSync(join(modelFolder, file)).size, 0);
    assert.ok(size < 30e6, `${size} bytes`);
  });
});
