import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { openToolBench, toolError } from './toolRun.js';
import type { ToolBench } from './toolRun.js';

describe('file tools', () => {
  let bench: ToolBench;
  beforeEach(async () => { bench = await openToolBench(); });
  afterEach(() => bench.close());

  for (const path of ['../x.txt', '/etc/passwd', 'a/../../x', '..\\x', 'a\0b']) {
    it(`read_file, write_file and list_files refuse ${JSON.stringify(path)}`, async () => {
      await assert.rejects(bench.run('read_file', { path }), toolError(/leads out|outside|backslash|control/));
      await assert.rejects(bench.run('write_file', { path, content: 'x' }), toolError(/leads out|outside|backslash|control/));
      await assert.rejects(bench.run('list_files', { path }), toolError(/leads out|outside|backslash|control/));
    });
  }

  it('read_file says that a file is missing, not text, or shorter than the offset', async () => {
    await assert.rejects(bench.run('read_file', { path: 'nothing.txt' }), toolError(/no file or folder \/workspace\/nothing\.txt/));
    await writeFile(bench.onDisk('/workspace/image.png'), Buffer.from([0x89, 0x50, 0, 0, 1]));
    await assert.rejects(bench.run('read_file', { path: 'image.png' }), toolError(/not a text file \(image\/png, 5 bytes\)/));
    await writeFile(bench.onDisk('/workspace/a.txt'), 'abc');
    await assert.rejects(bench.run('read_file', { path: 'a.txt', offset: 3 }), toolError(/3 characters; offset 3 is past its end/));
  });

  it('write_file keeps to maxFileSize and writes nothing beyond it', async () => {
    const config = { maxFileSize: 4 };
    await assert.rejects(bench.run('write_file', { path: 'a.txt', content: '12345' }, { config }), toolError(/^File size exceeds limit: 5 bytes, at most 4/));
    await assert.rejects(bench.run('write_file', { path: 'a.txt', content: 'ééé' }, { config }), toolError(/6 bytes/));
    assert.deepEqual((await bench.run('list_files', {})).output, { files: [] });
    await bench.run('write_file', { path: 'a.txt', content: '1234' }, { config });
  });

  it('stop when the run is cancelled', async () => {
    const signal = AbortSignal.abort(new Error('cancelled'));
    for (const [name, args] of [['read_file', { path: 'a' }], ['write_file', { path: 'a', content: 'x' }], ['list_files', {}], ['search_tools', { query: 'x' }], ['current_time', {}]] as const) {
      await assert.rejects(bench.run(name, args, { signal }), /cancelled/);
    }
  });

  it('write_file writes, replaces and names its artifact', async () => {
    await bench.run('write_file', { path: 'notes/a.md', content: 'first' });
    const result = await bench.run('write_file', { path: 'notes/a.md', content: '# Zürich €' });
    assert.deepEqual(result, { output: { filePath: '/workspace/notes/a.md', fileSize: 13 }, artifacts: ['/workspace/notes/a.md'] });
    assert.equal((await bench.read('notes/a.md')).toString(), '# Zürich €');
  });

  it('read_file reads a long file in parts that join again', async () => {
    const text = Array.from({ length: 5000 }, (_, line) => `Line ${line} – é`).join('\n');
    await bench.run('write_file', { path: 'long.txt', content: text });
    let offset: number | undefined = 0;
    let joined = '';
    while (offset !== undefined) {
      const { output }: { output: Record<string, any> } = await bench.run('read_file', { path: 'long.txt', offset });
      assert.equal(output.totalCharacters, text.length);
      joined += output.content;
      offset = output.nextOffset;
    }
    assert.equal(joined, text);
  });

  it('read_file reads an empty file', async () => {
    await bench.run('write_file', { path: 'empty.txt', content: '' });
    assert.deepEqual((await bench.run('read_file', { path: 'empty.txt' })).output, { filePath: '/workspace/empty.txt', content: '', totalCharacters: 0 });
  });

  it('list_files lists a folder, and all below it when asked', async () => {
    await bench.run('write_file', { path: 'b/c.txt', content: '123' });
    const paths = async (args: object) => ((await bench.run('list_files', args)).output.files as { path: string }[]).map((file) => file.path);
    assert.deepEqual(await paths({}), ['/workspace/b']);
    assert.deepEqual(await paths({ recursive: true }), ['/workspace/b', '/workspace/b/c.txt']);
    assert.deepEqual(await paths({ path: '/workspace/b' }), ['/workspace/b/c.txt']);
  });

  it('list_files says how many it left out', async () => {
    await Promise.all(Array.from({ length: 503 }, (_, index) => writeFile(bench.onDisk(`/workspace/${index}.txt`), '')));
    const { output } = await bench.run('list_files', {});
    assert.equal((output.files as unknown[]).length, 500);
    assert.equal(output.leftOut, 3);
  });
});
