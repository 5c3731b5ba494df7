// Checks the types of the client, templates included: `node client/checkTypes.mjs`.
// vue-tsc needs the compiler's JavaScript interface, which TypeScript 7 does not have; the package of version 6 does.
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { run } from 'vue-tsc';

const compiler = createRequire(createRequire(import.meta.url).resolve('@typescript/typescript6')).resolve('@typescript/old/lib/tsc');
process.argv.push('--project', join(dirname(new URL(import.meta.url).pathname), 'tsconfig.json'));
run(compiler);
