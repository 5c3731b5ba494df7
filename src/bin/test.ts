import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { projectRoot } from '../root.js';

/**
 * `npm test [-- arguments]`: mocha over the compiled tests. Arguments are mocha's own (`--grep`, `--bail`, …); a source
 * file or folder below `test/` stands for the tests compiled from it.
 */
const compiled = fileURLToPath(new URL('../..', import.meta.url));

function compiledFrom(source: string): string {
  const path = join(projectRoot, source);
  if (!/^test(\/|$)/.test(source) || !existsSync(path)) return source;
  if (statSync(path).isDirectory()) return join(compiled, source, '**/*.test.js');
  return join(compiled, source.replace(/\.ts$/, '.js'));
}

process.chdir(projectRoot);
const given = process.argv.slice(2).map(compiledFrom);
const everything = given.some((argument) => argument.endsWith('.test.js')) ? [] : [join(compiled, 'test/**/*.test.js')];
const strict = process.env.REQUIRE_SERVICES === '1' ? ['--forbid-pending'] : [];
const reporter = ['--reporter', join(compiled, 'test/support/reporter.js')];
process.argv.splice(2, Infinity, ...reporter, ...strict, ...given, ...everything);

// @ts-expect-error mocha's own command line, which has no types
await import('mocha/bin/mocha.js');
