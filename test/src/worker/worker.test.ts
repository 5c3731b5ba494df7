import assert from 'node:assert/strict';
import { queue } from '../../../src/queue/queue.js';
import { Worker } from '../../../src/worker/worker.js';
import { useDatabase } from '../../support/database.js';
import { engine, makeAgent, newRun, readRun, says, scriptedProvider } from '../../support/engine.js';
import { eventually } from '../../support/eventually.js';

describe('Worker', () => {
  useDatabase();

  it('works on all runs, also when it is woken while every place is taken', async () => {
    let release!: () => void;
    const held = new Promise<void>((resolve) => (release = resolve));
    const { work } = await engine([scriptedProvider([() => held.then(() => says('done'))])], []);
    const agent = await makeAgent([]);
    const runs = [await newRun(agent), await newRun(agent), await newRun(agent)];
    const worker = new Worker({ ...work, concurrency: 1 });
    await eventually(async () => (await readRun(runs[0]!.id)).status === 'running');
    await queue().wake(runs[1]!.id);
    await new Promise((resolve) => setImmediate(() => setImmediate(resolve))); // the wake-up has been heard
    release();
    for (const { id } of runs) await eventually(async () => (await readRun(id)).status === 'completed');
    await worker.stop();
    assert.equal((await readRun(runs[2]!.id)).output, 'done');
  });
});
