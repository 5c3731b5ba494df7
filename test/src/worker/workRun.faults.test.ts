import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { knex } from '../../../src/db.js';
import { Artifact } from '../../../src/runs/artifact.model.js';
import { cancelRun } from '../../../src/runs/runs.service.js';
import { useDatabase } from '../../support/database.js';
import { asViewer, calls, engine, hang, makeAgent, newRun, readRun, readSteps, says, scriptedProvider, testTool, work } from '../../support/engine.js';
import { eventually } from '../../support/eventually.js';

describe('workRun, when others interfere', () => {
  useDatabase();
  beforeEach(() => knex()('runs').delete());

  const write = testTool('write', async ({ text }, { workspace }) => ({
    output: { filePath: await workspace.write('a.txt', text) }, artifacts: ['/workspace/a.txt'],
  }));

  it('keeps as artifact what this run wrote, though another writes the same path', async () => {
    const race = testTool('race', async ({ text }, { workspace }) => {
      const filePath = await workspace.write('same.txt', text);
      await eventually(async () => (await workspace.read('same.txt')).toString() !== text || text === 'second');
      return { output: { filePath }, artifacts: [filePath] };
    });
    const provider = scriptedProvider([({ messages }) => calls(['race', { text: messages[1]!.content }]), () => says('done')]);
    const { work: options } = await engine([provider], [race]);
    const agent = await makeAgent([race]);
    const runs = [await newRun(agent, 'first'), await newRun(agent, 'second')];
    const first = work(options);
    await eventually(async () => (await readSteps(runs[0]!.id)).length === 2);
    await Promise.all([first, work(options)]);
    for (const [index, text] of ['first', 'second'].entries()) {
      const [artifact] = await Artifact.query(knex()).where({ run_id: runs[index]!.id });
      assert.equal(await readFile(options.files.artifacts.pathOf(artifact!.sha256), 'utf8'), text);
    }
  });

  it('keeps the id of an artifact that is made anew, with its new bytes', async () => {
    const provider = scriptedProvider([() => calls(['write', { text: 'one' }]), () => calls(['write', { text: 'second' }]), () => says('end')]);
    const { work: options, live } = await engine([provider], [write]);
    const run = await newRun(await makeAgent([write]));
    const ids: string[] = [];
    await live.listen(run.id, () => void Artifact.query(knex()).where({ run_id: run.id }).first().then((found) => found && ids.push(found.id)));
    await work(options);
    const artifacts = await Artifact.query(knex()).where({ run_id: run.id });
    assert.deepEqual(artifacts.map(({ fileSize }) => fileSize), [6]);
    assert.deepEqual([...new Set(ids)], [artifacts[0]!.id]);
  });

  it('stores what a model and a tool say with NUL and half characters, without them', async () => {
    const odd = testTool('odd', async () => ({ output: { text: 'a\u0000b\ud83d' } }));
    const provider = scriptedProvider([() => ({ ...calls(['odd', { text: 'x\ud800' }]), message: 'one\u0000' }), () => says('end\udfff')]);
    const { work: options } = await engine([provider], [odd]);
    const run = await newRun(await makeAgent([odd]));
    await work(options);
    const [asked, called] = await readSteps(run.id);
    assert.equal(asked!.output!.message, 'one');
    assert.deepEqual([called!.input, called!.output], [{ text: 'x\uFFFD' }, { text: 'ab\uFFFD' }]);
    assert.equal((await readRun(run.id)).output, 'end\uFFFD');
  });

  it('lets no tool write once its run is cancelled, though it goes on', async () => {
    let wrote: Promise<Error> | undefined;
    const stubborn = testTool('stubborn', (_args, { signal, workspace }) => new Promise(() => {
      signal.addEventListener('abort', () => (wrote = workspace.write('late.txt', 'late').then(assert.fail, (error) => error)));
    }));
    const { work: options } = await engine([scriptedProvider([() => calls(['stubborn', {}])])], [stubborn]);
    const agent = await makeAgent([stubborn]);
    const run = await newRun(agent);
    const working = work(options);
    await eventually(async () => (await readSteps(run.id)).length === 2);
    await cancelRun(asViewer(agent.user), run.id, {});
    await working;
    assert.equal((await wrote!).name, 'WorkStopped');
  });

  it('forgets the streamed text of a run that was cancelled', async () => {
    const provider = scriptedProvider([({ onDelta }) => { onDelta('half'); return hang(); }]);
    const { work: options, live } = await engine([provider], []);
    const agent = await makeAgent([]);
    const run = await newRun(agent);
    const working = work(options);
    await eventually(async () => (await live.draft(run.id))?.text === 'half');
    await cancelRun(asViewer(agent.user), run.id, {});
    await working;
    assert.equal(await live.draft(run.id), undefined);
  });

  it('leaves a run to its lease when the database was away, so that it goes on', async () => {
    const failing = testTool('failing', async () => { throw Object.assign(new Error('terminating connection'), { code: '57P01' }); });
    const { work: options } = await engine([scriptedProvider([() => calls(['failing', {}]), () => says('end')])], [failing]);
    const run = await newRun(await makeAgent([failing]));
    await work(options);
    assert.equal((await readRun(run.id)).status, 'running');
    await knex()('runs').update({ lease_expires_at: new Date(0) });
    await work({ ...options, findTool: () => ({ ...failing, run: async () => ({ output: {} }) }) });
    assert.equal((await readRun(run.id)).status, 'completed');
  });
});
