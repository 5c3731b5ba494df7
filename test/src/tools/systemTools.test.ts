import assert from 'node:assert/strict';
import { openToolBench, toolError } from './toolRun.js';
import type { ToolBench } from './toolRun.js';

describe('system tools', () => {
  let bench: ToolBench;
  before(async () => {
    const tool = (name: string) => ({ id: `id-${name}`, name, description: `Does ${name}`, category: 'office', similarity: 0.5 });
    bench = await openToolBench(['a', 'b', 'c', 'd', 'e', 'f'].map(tool));
  });
  after(() => bench.close());

  it('current_time refuses a time zone that does not exist', async () => {
    for (const timezone of ['Mars/Olympus', 'CET+99', '../etc']) await assert.rejects(bench.run('current_time', { timezone }), toolError(/no time zone .*IANA name/));
  });

  it('current_time tells the time of a zone', async () => {
    const { output } = await bench.run('current_time', { timezone: 'Asia/Kolkata' });
    assert.equal(output.utcOffset, '+05:30');
    // The local time with its offset is the moment itself.
    const difference = Date.parse(`${output.date}T${output.time}${output.utcOffset}`) - Math.floor(Date.parse(String(output.iso)) / 1000) * 1000;
    assert.equal(difference, 0);
    const weekday = new Date(`${output.date}T00:00:00Z`).toLocaleDateString('en', { weekday: 'long', timeZone: 'UTC' });
    assert.equal(output.weekday, weekday);
  });

  it('current_time is in UTC when no zone is named', async () => {
    const { output } = await bench.run('current_time', {});
    assert.equal(output.timezone, 'UTC');
    assert.equal(output.utcOffset, '+00:00');
    assert.equal(`${output.date}T${output.time}`, String(output.iso).slice(0, 19));
  });

  it('search_tools gives what the persona has, without ids', async () => {
    const { output } = await bench.run('search_tools', { query: 'make slides', limit: 2 });
    assert.deepEqual(output.tools, ['a', 'b'].map((name) => ({ name, description: `Does ${name}`, category: 'office', similarity: 0.5 })));
    assert.equal(((await bench.run('search_tools', { query: 'anything' })).output.tools as unknown[]).length, 5);
  });
});
