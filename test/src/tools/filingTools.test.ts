import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { fits } from '../../../src/tools/builtin/searchFiles.tool.js';
import { openToolBench, toolError } from './toolRun.js';
import type { ToolBench } from './toolRun.js';

const escapes = ['../x.txt', '/etc/passwd', 'a/../../x', '..\\x', 'a\0b'];
const refusal = toolError(/leads out|outside|backslash|control/);

describe('delete_file, search_files and zip_files', function () {
  this.timeout(30_000);
  let bench: ToolBench;
  beforeEach(async () => { bench = await openToolBench(); });
  afterEach(() => bench.close());
  const write = (path: string, content: string) => bench.run('write_file', { path, content });
  const paths = async () => ((await bench.run('list_files', { recursive: true })).output.files as { path: string }[]).map(({ path }) => path);

  for (const path of escapes) {
    it(`refuse ${JSON.stringify(path)}`, async () => {
      await write('a.txt', 'x');
      await assert.rejects(bench.run('delete_file', { path }), refusal);
      await assert.rejects(bench.run('search_files', { path, name: 'a' }), refusal);
      await assert.rejects(bench.run('zip_files', { paths: ['a.txt', path] }), refusal);
      await assert.rejects(bench.run('zip_files', { unpack: path }), refusal);
      await bench.run('zip_files', { paths: ['a.txt'] });
      await assert.rejects(bench.run('zip_files', { unpack: 'a.zip', folder: path }), refusal);
    });
  }

  it('stop when the run is cancelled', async () => {
    const signal = AbortSignal.abort(new Error('cancelled'));
    for (const [name, args] of [['delete_file', { path: 'a' }], ['search_files', { name: 'a' }], ['zip_files', { paths: ['a'] }]] as const) {
      await assert.rejects(bench.run(name, args, { signal }), /cancelled/);
    }
  });

  it('delete_file refuses the workspace itself and a folder that is not empty', async () => {
    await write('folder/a.txt', 'x');
    await assert.rejects(bench.run('delete_file', { path: '/workspace' }), toolError(/itself cannot be deleted/));
    await assert.rejects(bench.run('delete_file', { path: 'folder' }), toolError(/folder \/workspace\/folder is not empty/));
    assert.equal((await paths()).length, 2);
  });

  it('delete_file deletes a file and an empty folder, and says when there was nothing', async () => {
    await write('folder/a.txt', 'x');
    assert.deepEqual((await bench.run('delete_file', { path: 'folder/a.txt' })).output, { filePath: '/workspace/folder/a.txt', deleted: true });
    assert.deepEqual((await bench.run('delete_file', { path: 'folder/a.txt' })).output.deleted, false);
    assert.match(String((await bench.run('delete_file', { path: 'nowhere/a.txt' })).output.note), /nothing of that name/);
    await bench.run('delete_file', { path: 'folder' });
    assert.deepEqual(await paths(), []);
  });

  it('delete_file never follows a link', async () => {
    const outside = await openToolBench();
    await writeFile(outside.onDisk('/workspace/kept.txt'), 'kept');
    await symlink(outside.folder, bench.onDisk('/workspace/link'));
    await assert.rejects(bench.run('delete_file', { path: 'link/kept.txt' }), toolError(/leads through a link/));
    await bench.run('delete_file', { path: 'link' });
    assert.equal(existsSync(bench.onDisk('/workspace/link')), false);
    assert.equal((await outside.read('kept.txt')).toString(), 'kept');
    await outside.close();
  });

  it('search_files wants a name or a text, and a folder that is there', async () => {
    await assert.rejects(bench.run('search_files', {}), toolError(/name, a text or both/));
    await assert.rejects(bench.run('search_files', { name: 'a', path: 'nowhere' }), toolError(/no file or folder/));
  });

  it('search_files finds by name, by text and by both', async () => {
    await write('a/Budget 2026.csv', 'Item,Cost\nRent,1200\n');
    await write('notes.md', 'First line\nThe BUDGET is late\nbudget again');
    const found = async (args: object) => (await bench.run('search_files', args)).output.files as any[];
    assert.deepEqual((await found({ name: 'budget' })).map(({ path }) => path), ['/workspace/a/Budget 2026.csv']);
    assert.deepEqual((await found({ name: '*.md' })).map(({ path }) => path), ['/workspace/notes.md']);
    assert.deepEqual(await found({ text: 'budget' }), [{ path: '/workspace/notes.md', size: 42, lines: [{ line: 2, text: 'The BUDGET is late' }, { line: 3, text: 'budget again' }] }]);
    assert.deepEqual(await found({ text: 'budget', name: '*.csv' }), []);
    assert.deepEqual(await found({ text: 'rent', path: '/workspace/a' }).then(([file]) => file.lines), [{ line: 2, text: 'Rent,1200' }]);
  });

  it('search_files passes over files that are no text and says how many were too large', async () => {
    await writeFile(bench.onDisk('/workspace/picture.png'), Buffer.from('needle\0needle'));
    await writeFile(bench.onDisk('/workspace/large.txt'), 'needle '.repeat(400_000));
    assert.deepEqual((await bench.run('search_files', { text: 'needle' })).output, { files: [], tooLargeToRead: 1 });
  });

  it('search_files understands stars, whatever else a name holds', () => {
    const cases: [string, string, boolean][] = [
      ['report.pdf', '*.pdf', true], ['report.pdf.txt', '*.pdf', false], ['a.b', 'a*b*', true], ['ab', 'ab*ab', false],
      ['aXbXc', 'a*b*c', true], ['acb', 'a*b*c', false], ['a.c', 'a?c', false], ['a+(b)', '+(', true], ['x', '*', true],
    ];
    for (const [name, pattern, expected] of cases) assert.equal(fits(name, pattern), expected, `${name} ${pattern}`);
    assert.equal(fits('a'.repeat(250), `${'a*'.repeat(120)}b`), false);
  });

  it('zip_files wants something to pack or to unpack, and keeps to maxFileSize', async () => {
    await assert.rejects(bench.run('zip_files', {}), toolError(/either paths/));
    await assert.rejects(bench.run('zip_files', { paths: ['a'], unpack: 'b' }), toolError(/either paths/));
    await assert.rejects(bench.run('zip_files', { paths: ['missing.txt'] }), toolError(/no file or folder/));
    await mkdir(bench.onDisk('/workspace/empty'));
    await assert.rejects(bench.run('zip_files', { paths: ['empty'] }), toolError(/no files to pack/));
    await write('a.txt', 'x'.repeat(1000));
    await assert.rejects(bench.run('zip_files', { paths: ['a.txt'] }, { config: { maxFileSize: 50 } }), toolError(/^File size exceeds limit/));
    await bench.run('zip_files', { paths: ['a.txt'] });
    await assert.rejects(bench.run('zip_files', { unpack: 'a.zip' }, { config: { maxFileSize: 999 } }), toolError(/^File size exceeds limit: 1000/));
    assert.equal(existsSync(bench.onDisk('/workspace/a')), false);
  });

  it('zip_files refuses what is no archive, leads out, or unpacks to too much', async () => {
    await write('text.zip', 'not an archive');
    await assert.rejects(bench.run('zip_files', { unpack: 'text.zip' }), toolError(/damaged/));
    for (const name of ['../evil.txt', '/etc/evil.txt', 'C:/evil.txt', `.writing-x`]) {
      await writeFile(bench.onDisk('/workspace/evil.zip'), zipSync({ 'first.txt': strToU8('x'), [name]: strToU8('x') }));
      await assert.rejects(bench.run('zip_files', { unpack: 'evil.zip' }), toolError(/damaged|leads out|outside|backslash|drive|reserved/), name);
    }
    await writeFile(bench.onDisk('/workspace/bomb.zip'), zipSync({ zeros: new Uint8Array(101 * 1024 * 1024) }));
    await assert.rejects(bench.run('zip_files', { unpack: 'bomb.zip' }), toolError(/too large together/));
    assert.deepEqual(await paths(), ['/workspace/bomb.zip', '/workspace/evil.zip', '/workspace/text.zip']);
  });

  it('zip_files packs what unpacks to the same files, and not the archive itself', async () => {
    await write('reports/Zürich.txt', 'é');
    await write('reports/deep/b.txt', 'b');
    await write('c.txt', 'c');
    for (let time = 0; time < 2; time++) {
      const { output, artifacts } = await bench.run('zip_files', { paths: ['/workspace', 'c.txt'], fileName: 'all' });
      assert.deepEqual({ ...output, fileSize: 0 }, { filePath: '/workspace/all.zip', fileSize: 0, fileCount: 3, files: ['c.txt', 'reports/Zürich.txt', 'reports/deep/b.txt'] });
      assert.deepEqual(artifacts, ['/workspace/all.zip']);
    }
    assert.equal(strFromU8(unzipSync(await bench.read('all.zip'))['reports/Zürich.txt']), 'é');
    const { output, artifacts } = await bench.run('zip_files', { unpack: 'all.zip' });
    assert.deepEqual(output, { folder: '/workspace/all', fileCount: 3, files: artifacts });
    assert.equal((await bench.read('all/reports/deep/b.txt')).toString(), 'b');
  });
});
