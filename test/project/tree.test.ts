import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { projectRoot } from '../../src/root.js';

const layers = ['schema', 'src', 'rest-adapter', 'client', 'migrations', 'test', 'bench'];
const sources = layers.flatMap(filesBelow);
const text = (path: string) => readFileSync(join(projectRoot, path), 'utf8');

/** Paths of files below a folder of the project, from its root. */
function filesBelow(folder: string): string[] {
  if (!existsSync(join(projectRoot, folder))) return [];
  return readdirSync(join(projectRoot, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(projectRoot, join(entry.parentPath, entry.name)))
    .filter((path) => !path.includes('node_modules'));
}

const foldersOf = (layer: string) =>
  existsSync(join(projectRoot, layer))
    ? readdirSync(join(projectRoot, layer), { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name)
    : [];

describe('the tree', () => {
  it('has no file of 300 lines or more', () => {
    const written = sources.filter((path) => /\.(ts|mjs|vue|graphql)$/.test(path) && path !== 'schema/schema.graphql');
    assert.ok(written.length > 50, 'the sources were not found');
    assert.deepEqual(written.filter((path) => text(path).split('\n').length > 300), []);
  });

  it('has no file or folder with a name that says nothing', () => {
    const empty = /(^|[/.-])(utils?|helpers?|common|shared|misc|manager|new)([/.-]|$)/i;
    assert.deepEqual(sources.filter((path) => empty.test(path)), []);
  });

  it('calls a feature the same in every layer', () => {
    const features = new Set(foldersOf('src'));
    const own: Record<string, string[]> = { schema: ['permissions', 'playground'], 'rest-adapter': ['ws', 'openapi'] };
    for (const [layer, exceptions] of Object.entries(own)) {
      assert.deepEqual(foldersOf(layer).filter((name) => !features.has(name) && !exceptions.includes(name)), [], layer);
    }
  });

  it('has its tests in folders that mirror the layers', () => {
    for (const layer of ['src', 'schema', 'rest-adapter']) {
      const known = new Set(foldersOf(layer));
      assert.deepEqual(foldersOf(`test/${layer}`).filter((name) => !known.has(name)), [], `test/${layer}`);
    }
  });

  it('reads the environment in src/env.ts alone', () => {
    const readers = sources.filter((path) => /^(src|schema|rest-adapter)\/.*\.ts$/.test(path) && text(path).includes('process.env'));
    assert.deepEqual(readers.filter((path) => !path.startsWith('src/bin/')), ['src/env.ts']);
  });
});

describe('package.json', () => {
  const manifest = JSON.parse(text('package.json'));

  it('names one exact version of every package', () => {
    const versions = { ...manifest.dependencies, ...manifest.devDependencies };
    assert.deepEqual(Object.entries(versions).filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version as string)), []);
  });

  it('has a lockfile that agrees with it', () => {
    const { dependencies, devDependencies } = JSON.parse(text('package-lock.json')).packages[''];
    assert.deepEqual(dependencies, manifest.dependencies);
    assert.deepEqual(devDependencies, manifest.devDependencies);
  });

  it('has a lockfile with the packages of every system, without which npm ci refuses it', () => {
    const { packages } = JSON.parse(text('package-lock.json')) as { packages: Record<string, { optionalDependencies?: object }> };
    const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies).filter((name) => !packages[`${path}/node_modules/${name}`] && !packages[`node_modules/${name}`]));
    assert.deepEqual(missing, []);
  });

  it('has a lockfile that names no registry', () => {
    assert.doesNotMatch(text('package-lock.json'), /"resolved"|https?:\/\/[^"]*registry/);
  });
});
