import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { projectRoot } from '../../../src/root.js';

interface Ended {
  code: number;
  stdout: string;
  stderr: string;
}

/** A project of one program, in a folder of its own, with the packages of this one. */
class SmallProject {
  readonly folder = mkdtempSync(join(tmpdir(), 'persona-prepare-'));

  constructor() {
    cpSync(join(projectRoot, 'src/bin/prepare.mjs'), join(this.folder, 'src/bin/prepare.mjs'));
    mkdirSync(join(this.folder, 'node_modules'));
    symlinkSync(join(projectRoot, 'node_modules/typescript'), join(this.folder, 'node_modules/typescript'));
    this.write('package.json', '{ "name": "small", "version": "1.0.0", "type": "module" }');
    this.write('package-lock.json', '{ "name": "small", "version": "1.0.0", "lockfileVersion": 3, "packages": { "": { "name": "small" } } }');
    this.write('node_modules/.package-lock.json', '{ "packages": {} }');
    this.write('tsconfig.json', JSON.stringify({
      compilerOptions: { target: 'ES2022', module: 'NodeNext', rootDir: '.', outDir: 'dist', sourceMap: true, types: [] }, include: ['src'],
    }));
    this.write('src/bin/migrate.ts', 'declare const process: any;\nprocess.stdout.write(`one ${process.argv.slice(2)}`);');
  }

  write(path: string, text: string): void {
    mkdirSync(dirname(join(this.folder, path)), { recursive: true });
    writeFileSync(join(this.folder, path), text);
  }

  run(...args: string[]): Promise<Ended> {
    return new Promise((resolve) => {
      execFile(process.execPath, [join(this.folder, 'src/bin/prepare.mjs'), ...args], (error, stdout, stderr) =>
        resolve({ code: error ? Number(error.code) : 0, stdout, stderr }));
    });
  }

  has = (path: string): boolean => existsSync(join(this.folder, path));
  remove = (): void => rmSync(this.folder, { recursive: true, force: true });
}

describe('prepare.mjs', () => {
  let project: SmallProject;
  beforeEach(() => (project = new SmallProject()));
  afterEach(() => project.remove());

  it('refuses an unknown command and names the known ones', async () => {
    const { code, stderr } = await project.run('serve');
    assert.equal(code, 1);
    assert.match(stderr, /^There is no command "serve": use one of server, .*\n$/);
  });

  it('shows what does not compile, and runs nothing', async () => {
    project.write('src/bin/migrate.ts', 'const number: number = "text";\nconsole.log(number);');
    const { code, stdout, stderr } = await project.run('migrate');
    assert.equal(code, 1);
    assert.equal(stdout, '');
    assert.match(stderr, /src\/bin\/migrate\.ts.*TS2322/);
    assert.match(stderr, /\nThe sources do not compile: .+\n$/);
    assert.equal((await project.run('migrate')).code, 1, 'the second try took the failed build for a good one');
  });

  it('says that packages cannot be installed, with what npm says', async () => {
    project.write('package-lock.json', 'not JSON');
    const { code, stderr } = await project.run('migrate');
    assert.equal(code, 1);
    assert.match(stderr, /^Installing packages \(first start only\) …/);
    assert.match(stderr, /\nThe packages could not be installed: .+\n$/);
  });

  it('compiles first, then runs the command with its arguments', async () => {
    const { code, stdout, stderr } = await project.run('migrate', 'up', '--now');
    assert.deepEqual({ code, stdout }, { code: 0, stdout: 'one up,--now' });
    assert.match(stderr, /^Compiling ….*\d s\n$/);
  });

  it('compiles nothing when nothing has changed', async () => {
    await project.run('migrate');
    assert.deepEqual(await project.run('migrate'), { code: 0, stdout: 'one ', stderr: '' });
  });

  it('compiles again when a source has changed, however old it is', async () => {
    await project.run('migrate');
    project.write('src/bin/migrate.ts', 'console.log("two");');
    utimesSync(join(project.folder, 'src/bin/migrate.ts'), 1, 1);
    assert.equal((await project.run('migrate')).stdout, 'two\n');
  });

  it('deletes what was compiled from a source that is gone, and nothing else', async () => {
    project.write('src/old.ts', 'export const old = 1;');
    await project.run('migrate');
    assert.ok(project.has('dist/src/old.js'));
    project.write('dist/client/index.js', '// made by another program');
    rmSync(join(project.folder, 'src/old.ts'));
    await project.run('migrate');
    assert.ok(!project.has('dist/src/old.js') && !project.has('dist/src/old.js.map'));
    assert.ok(project.has('dist/src/bin/migrate.js') && project.has('dist/client/index.js'));
  });

  it('compiles once when two start at the same time', async () => {
    const both = await Promise.all([project.run('migrate'), project.run('migrate')]);
    assert.deepEqual(both.map(({ stdout }) => stdout), ['one ', 'one ']);
    assert.equal(both.filter(({ stderr }) => stderr.startsWith('Compiling')).length, 1);
  });

  it('goes on where a process died while it compiled', async () => {
    project.write('dist/.lock', '2147483646');
    assert.equal((await project.run('migrate')).stdout, 'one ');
    assert.ok(!project.has('dist/.lock'));
  });

  it('installs again when the lockfile names another version', async () => {
    project.write('node_modules/.package-lock.json', '{ "packages": { "node_modules/none": { "version": "1.0.0" } } }');
    project.write('package-lock.json', readFileSync(join(project.folder, 'package-lock.json'), 'utf8')
      .replace('} }', '}, "node_modules/none": { "version": "2.0.0", "dev": true } }'));
    assert.match((await project.run('migrate')).stderr, /^Installing packages/);
  });

  it('names the line of the source when a command fails', async () => {
    project.write('src/bin/migrate.ts', '\n\nthrow new Error("broken");');
    assert.match((await project.run('migrate')).stderr, /migrate\.ts:3/);
  });
});
