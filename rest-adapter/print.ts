import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { permissions } from '../schema/permissions/index.js';
import { projectRoot } from '../src/root.js';
import { type OperationSource, readOperations } from './documents.js';
import type { Route } from './route.js';
import { routes } from './routes.js';

const heads = ['method', 'path', 'operation', 'resolver', 'rule', 'test'];
const rootTypes = { query: 'Query', mutation: 'Mutation', subscription: 'Subscription' } as const;
const nothing = '(none)';

/** A table of all routes: what each is called at every layer, who may use it, and which file tests it. */
export function printRoutes(): string {
  const operations = readOperations();
  const tests = readTests();
  const rows = routes.map((route) => describeRoute(route, operations.get(route.operation)!, tests));
  const widths = heads.map((head, column) => Math.max(head.length, ...rows.map((row) => row[column]!.length)));
  return [heads, ...rows].map((row) => row.map((cell, column) => cell.padEnd(widths[column]!)).join('  ').trimEnd()).join('\n');
}

function describeRoute({ method, path, operation }: Route, { kind, rootField }: OperationSource, tests: Map<string, string>): string[] {
  const type = rootTypes[kind];
  const rule = permissions[type][rootField] as { name?: string } | undefined;
  const title = new RegExp(`(describe|it)\\(['"\`]${method} ${path}(?![\\w/:])`);
  const [test] = [...tests].find(([, text]) => title.test(text)) ?? [];
  return [method, path, operation, `${type}.${rootField}`, rule?.name ?? nothing, test ?? nothing];
}

/** The adapter's tests by path; none in an installation that came without them. */
function readTests(): Map<string, string> {
  const folder = join(projectRoot, 'test', 'rest-adapter');
  if (!existsSync(folder)) return new Map();
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.test.ts')).sort();
  return new Map(files.map((file) => [`test/rest-adapter/${file.replaceAll('\\', '/')}`, readFileSync(join(folder, file), 'utf8')]));
}
