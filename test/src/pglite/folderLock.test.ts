import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { lockFolder } from '../../../src/pglite/folderLock.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';

const locks = (folder: string) => readdirSync(folder).filter((name) => name.endsWith('.lock'));

/** A process that holds the folder until it is killed. */
async function holder(folder: string) {
  const module = new URL('../../../src/pglite/folderLock.js', import.meta.url).href;
  const script = `import { lockFolder } from ${JSON.stringify(module)};
    lockFolder(process.argv[1]); console.log('held'); setInterval(() => {}, 60_000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout!, 'data');
  return { pid: child.pid!, kill: async () => (child.kill('SIGKILL'), once(child, 'exit')) };
}

describe('lockFolder', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await temporaryFolder();
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('refuses a folder that another process holds, naming the process', async () => {
    const other = await holder(folder);
    try {
      assert.throws(() => lockFolder(folder), {
        name: 'StartupError',
        message: `The folder ${folder} is in use by process ${other.pid}: stop that one, or set DATA_DIR to another folder.`,
      });
      assert.equal(locks(folder).length, 1, 'the refused one leaves nothing behind');
    } finally {
      await other.kill();
    }
  });

  it('refuses a folder whose place is taken by a file', () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    assert.throws(() => lockFolder(file), { name: 'StartupError', message: /cannot be written \(EEXIST\): .*DATA_DIR/ });
    assert.throws(() => lockFolder(join(file, 'below')), { name: 'StartupError', message: /cannot be written \(ENOTDIR\)/ });
  });

  it('makes the folder, holds it, and gives it free', () => {
    const below = join(folder, 'a/b');
    const release = lockFolder(below);
    assert.equal(locks(below).length, 1);
    release();
    release();
    assert.deepEqual(locks(below), []);
  });

  it('takes over from a process that was killed, and clears its file', async () => {
    const other = await holder(folder);
    await other.kill();
    assert.equal(locks(folder).length, 1);
    lockFolder(folder)();
    assert.deepEqual(locks(folder), []);
  });

  it('takes over where the process id is used again by another process', function () {
    if (!existsSync('/proc/self/stat')) this.skip();
    // Process 1 lives, but did not start one tick after the machine.
    writeFileSync(join(folder, 'process-1-1.lock'), '');
    writeFileSync(join(folder, `process-${process.pid}-1.lock`), '');
    lockFolder(folder)();
    assert.deepEqual(locks(folder), []);
  });

  it('leaves other files alone', () => {
    writeFileSync(join(folder, 'process-notes.lock'), '');
    lockFolder(folder)();
    assert.deepEqual(locks(folder), ['process-notes.lock']);
  });
});
