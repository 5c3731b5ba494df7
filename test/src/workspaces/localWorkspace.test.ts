import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mimeTypeOf, openWorkspace } from '../../../src/workspaces/localWorkspace.js';
import type { Workspace } from '../../../src/workspaces/workspace.js';
import { temporaryPrefix } from '../../../src/workspaces/workspacePath.js';
import { toolError } from '../tools/toolRun.js';

describe('openWorkspace', () => {
  let around: string;
  let folder: string;
  let workspace: Workspace;

  beforeEach(async () => {
    around = await mkdtemp(join(tmpdir(), 'workspace-test-'));
    folder = join(around, 'persona');
    await writeFile(join(around, 'secret.txt'), 'secret');
    workspace = openWorkspace(folder);
  });
  afterEach(() => rm(around, { recursive: true, force: true }));

  const escapes: [string, RegExp][] = [
    ['../secret.txt', /leads out/],
    ['/workspace/../secret.txt', /leads out/],
    ['a/../../secret.txt', /leads out/],
    ['a/../b.txt', /leads out/],
    ['..', /leads out/],
    ['/etc/passwd', /outside \/workspace/],
    ['/workspace2/a.txt', /outside \/workspace/],
    ['//etc/passwd', /outside \/workspace/],
    ['/', /outside \/workspace/],
    ['/proc/self/environ', /outside \/workspace/],
    ['..\\secret.txt', /backslash/],
    ['C:\\Windows\\win.ini', /backslash/],
    ['C:/Windows/win.ini', /drive/],
    ['file.txt\0.png', /control characters/],
    ['a\nb.txt', /control characters/],
    ['', /path is needed/],
    ['   ', /path is needed/],
    [`${'x'.repeat(256)}.txt`, /name in the path is too long/],
    ['é'.repeat(128), /name in the path is too long/],
    ['a/'.repeat(600) + 'b', /path is too long/],
    [`${temporaryPrefix}abc`, /reserved/],
  ];

  for (const [path, message] of escapes) {
    it(`refuses ${JSON.stringify(path.slice(0, 40))} for reading, writing, removing, listing and stat`, async () => {
      await assert.rejects(workspace.read(path), toolError(message));
      await assert.rejects(workspace.write(path, 'x'), toolError(message));
      await assert.rejects(workspace.remove(path), toolError(message));
      await assert.rejects(workspace.list(path), toolError(message));
      await assert.rejects(workspace.stat(path), toolError(message));
      assert.deepEqual(await readdir(around), ['secret.txt'], 'nothing was written');
    });
  }

  for (const path of [undefined, null, 5, {}, ['a']]) {
    it(`refuses ${JSON.stringify(path)} as a path`, async () => {
      await assert.rejects(workspace.read(path as string), toolError(/path is needed/));
    });
  }

  describe('links', () => {
    beforeEach(async () => {
      await mkdir(join(folder, 'real'), { recursive: true });
      await symlink(join(around, 'secret.txt'), join(folder, 'link.txt'));
      await symlink(around, join(folder, 'out'));
      await symlink('real', join(folder, 'inside'));
      await symlink(join(around, 'new.txt'), join(folder, 'dangling.txt'));
    });

    for (const path of ['link.txt', 'out/secret.txt', 'out/persona/real/x', 'inside/x', 'dangling.txt', 'out']) {
      it(`refuses to read or write through ${path}`, async () => {
        await assert.rejects(workspace.read(path), toolError(/link/));
        await assert.rejects(workspace.write(path, 'changed'), toolError(/link/));
        assert.equal(await readFile(join(around, 'secret.txt'), 'utf8'), 'secret');
        assert.deepEqual((await readdir(around)).sort(), ['persona', 'secret.txt']);
      });
    }

    it('refuses to list through a link, and lists none', async () => {
      await assert.rejects(workspace.list('out'), toolError(/link/));
      assert.deepEqual((await workspace.list('/workspace', { recursive: true })).map((entry) => entry.path), ['/workspace/real']);
    });

    it('takes a workspace whose own folder is reached through a link', async () => {
      await symlink(folder, join(around, 'alias'));
      const other = openWorkspace(join(around, 'alias'));
      await other.write('a.txt', 'A');
      assert.equal((await workspace.read('a.txt')).toString(), 'A');
    });
  });

  it('refuses pipes, which would never end', async function () {
    if (process.platform === 'win32') this.skip();
    await mkdir(folder);
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    await assert.rejects(workspace.read('pipe'), toolError(/not a plain file/));
    await assert.rejects(workspace.write('pipe', 'x'), toolError(/not a plain file/));
    assert.deepEqual(await workspace.list('/workspace'), []);
  });

  it('says that a file is missing, a folder, or below a file', async () => {
    await workspace.write('notes/a.txt', 'A');
    await assert.rejects(workspace.read('b.txt'), toolError(/no file or folder \/workspace\/b\.txt/));
    await assert.rejects(workspace.read('notes'), toolError(/is a folder/));
    await assert.rejects(workspace.read('/workspace'), toolError(/is a folder/));
    await assert.rejects(workspace.write('notes', 'x'), toolError(/is a folder/));
    await assert.rejects(workspace.write('/workspace', 'x'), toolError(/is a folder/));
    await assert.rejects(workspace.write('notes/a.txt/b.txt', 'x'), toolError(/is a file, not a folder/));
    await assert.rejects(workspace.list('notes/a.txt'), toolError(/is a file, not a folder/));
    await assert.rejects(workspace.list('nowhere'), toolError(/no file or folder/));
  });

  it('writes and reads below /workspace, whichever way the path is written', async () => {
    assert.equal(await workspace.write('reports/2026/Zürich €.txt', 'one'), '/workspace/reports/2026/Zürich €.txt');
    for (const path of ['/workspace/reports/2026/Zürich €.txt', './reports//2026/./Zürich €.txt', 'reports/2026/Zu\u0308rich €.txt']) {
      assert.equal((await workspace.read(path)).toString(), 'one');
    }
    await workspace.write('/workspace/reports/2026/Zürich €.txt', Buffer.from([0, 255]));
    assert.deepEqual(await workspace.read('reports/2026/Zürich €.txt'), Buffer.from([0, 255]));
  });

  it('lists by path, with sizes, without files that are still being written', async () => {
    assert.deepEqual(await workspace.list('/workspace'), [], 'before the first file');
    await workspace.write('b.txt', '12345');
    await workspace.write('a/c.txt', '1');
    await writeFile(join(folder, `${temporaryPrefix}1`), 'half');
    const shown = (await workspace.list('/workspace')).map(({ path, kind, size }) => [path, kind, size]);
    assert.deepEqual(shown, [['/workspace/a', 'folder', 0], ['/workspace/b.txt', 'file', 5]]);
    const all = (await workspace.list('.', { recursive: true })).map((entry) => entry.path);
    assert.deepEqual(all, ['/workspace/a', '/workspace/a/c.txt', '/workspace/b.txt']);
    assert.deepEqual((await workspace.list('a')).map((entry) => entry.path), ['/workspace/a/c.txt']);
  });

  it('tells kind, size and date of one path', async () => {
    assert.equal((await workspace.stat('/workspace')).kind, 'folder');
    await workspace.write('a/b.txt', 'four');
    const { modifiedAt, ...entry } = await workspace.stat('a/b.txt');
    assert.deepEqual(entry, { path: '/workspace/a/b.txt', kind: 'file', size: 4 });
    assert.ok(modifiedAt instanceof Date);
    assert.equal((await workspace.stat('a')).kind, 'folder');
  });

  it('shows a reader either the old or the new file, never a half of one', async () => {
    const contents = ['a', 'b'].map((letter) => letter.repeat(300_000));
    await workspace.write('f.txt', contents[0]);
    let writing = true;
    const writes = (async () => {
      for (let round = 0; round < 30; round++) await workspace.write('f.txt', contents[round % 2]);
      writing = false;
    })();
    while (writing) assert.ok(contents.includes((await workspace.read('f.txt')).toString()));
    await writes;
    assert.deepEqual(await readdir(folder), ['f.txt'], 'nothing is left behind');
  });
});

describe('mimeTypeOf', () => {
  it('knows the types of artifacts, and what to say of others', () => {
    assert.equal(mimeTypeOf('/workspace/a.pptx'), 'application/vnd.openxmlformats-officedocument.presentationml.presentation');
    assert.equal(mimeTypeOf('a.docx'), 'application/vnd.openxmlformats-officedocument.wordprocessingml.document');
    assert.equal(mimeTypeOf('a.XLSX'), 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet');
    assert.equal(mimeTypeOf('a.pdf'), 'application/pdf');
    assert.equal(mimeTypeOf('a.png'), 'image/png');
    assert.equal(mimeTypeOf('a.unknown-thing'), 'application/octet-stream');
    assert.equal(mimeTypeOf('Makefile'), 'application/octet-stream');
  });
});
