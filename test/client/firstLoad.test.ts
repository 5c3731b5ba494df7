import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { projectRoot } from '../../src/root.js';

const folder = join(projectRoot, 'dist/client');
const mostKilobytes = 250;

/** The scripts that the browser loads before anything is shown: those of the page, and all that they import. */
function firstScripts(): string[] {
  const found = new Set<string>();
  const page = readFileSync(join(folder, 'index.html'), 'utf8');
  const add = (path: string) => {
    if (found.has(path)) return;
    found.add(path);
    const script = readFileSync(join(folder, path), 'utf8');
    for (const [, name] of script.matchAll(/(?:from|import)\s*["']\.\/([^"']+\.js)["']/g)) add(`assets/${name}`);
  };
  for (const [, path] of page.matchAll(/(?:src|modulepreload"[^>]*href)="\/([^"]+\.js)"/g)) add(path!);
  return [...found];
}

describe('the client: first load', () => {
  it(`is ${mostKilobytes} kB of compressed script or less`, () => {
    const sizes = firstScripts().map((path) => ({ path, size: gzipSync(readFileSync(join(folder, path))).length }));
    const total = sizes.reduce((sum, { size }) => sum + size, 0);
    assert.ok(sizes.length > 1 && total > 50_000, `this is no whole client: ${JSON.stringify(sizes)}`);
    assert.ok(total <= mostKilobytes * 1000, `${total} bytes: ${JSON.stringify(sizes, null, 2)}`);
  });

  it('carries no page, no language and no Markdown', () => {
    assert.deepEqual(firstScripts().filter((path) => /Page-|\/(en|de)-|markdown/i.test(path)), []);
  });
});
