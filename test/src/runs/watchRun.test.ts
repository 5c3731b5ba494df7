import assert from 'node:assert/strict';
import { knex, transaction } from '../../../src/db.js';
import { useLive } from '../../../src/live/live.js';
import { MemoryLive } from '../../../src/live/memoryLive.js';
import { Run } from '../../../src/runs/run.model.js';
import type { LiveMessage, RunEventPayload, RunEventType } from '../../../src/runs/runEvent.js';
import { insertEvent } from '../../../src/runs/runEvents.js';
import { announceDeleted, watchRun } from '../../../src/runs/watchRun.js';
import { useDatabase } from '../../support/database.js';
import { makeAgent, newRun } from '../../support/engine.js';

describe('watchRun', () => {
  useDatabase();
  let live: MemoryLive;
  let runId: string;

  beforeEach(async () => {
    useLive((live = new MemoryLive()));
    runId = (await newRun(await makeAgent([]))).id;
  });

  /** Commits the next event as a worker does; `publish: false` is a message that was lost. */
  async function tell(type: RunEventType, payload: RunEventPayload, { publish = true } = {}) {
    const event = await transaction(async (trx) => {
      const run = await Run.query(trx).findById(runId).throwIfNotFound();
      await run.$query(trx).patch({ lastSeq: run.lastSeq + 1, status: payload.status });
      return insertEvent(trx, runId, run.lastSeq, type, payload);
    });
    if (publish) live.publish(event);
    return event;
  }
  const update = (options?: { publish: boolean }) => tell('run:update', { status: 'running' }, options);
  const end = () => tell('run:completed', { status: 'completed', output: 'done' });
  const token = (offset: number, text: string, seq = 1) => live.publish({ type: 'run:token', runId, seq, stepNumber: 1, offset, text });

  async function next(messages: AsyncIterableIterator<LiveMessage>): Promise<any> {
    const { done, value } = await messages.next();
    assert.equal(done, false);
    return value;
  }
  async function rest(messages: AsyncIterableIterator<LiveMessage>): Promise<LiveMessage[]> {
    const list: LiveMessage[] = [];
    for await (const message of messages) list.push(message);
    return list;
  }
  const seqs = (list: LiveMessage[]) => list.map(({ seq }) => seq);

  it('ends at once for a run that has ended and whose events are all known', async () => {
    await end();
    assert.deepEqual(await rest(watchRun(runId, 1)), []);
    assert.deepEqual(await rest(watchRun(runId, 99)), []);
  });

  it('gives someone who comes late what was missed, then the end', async () => {
    await update();
    await update();
    await end();
    assert.deepEqual(seqs(await rest(watchRun(runId, 0))), [1, 2, 3]);
    assert.deepEqual(seqs(await rest(watchRun(runId, 2))), [3]);
  });

  it('goes on with what happens, each event once and in order', async () => {
    await update();
    const messages = watchRun(runId, 0);
    assert.equal((await next(messages)).seq, 1);
    const waiting = rest(messages);
    await update();
    await end();
    assert.deepEqual(seqs(await waiting), [2, 3]);
  });

  it('reads from the database what a lost message would have told', async () => {
    const waiting = rest(watchRun(runId, 0));
    await update({ publish: false });
    await update({ publish: false });
    await end();
    assert.deepEqual(seqs(await waiting), [1, 2, 3]);
  });

  it('misses nothing when a slow watcher lets more pile up than is kept', async () => {
    await update();
    const messages = watchRun(runId, 0);
    await messages.next();
    const second = next(messages);
    await update();
    await second;
    const count = 700;
    await transaction(async (trx) => {
      for (let seq = 3; seq <= count; seq++) await insertEvent(trx, runId, seq, 'run:update', { status: 'running' });
      await Run.query(trx).findById(runId).patch({ lastSeq: count });
    });
    for (let seq = 3; seq <= count; seq++) live.publish({ type: 'run:update', runId, seq, status: 'running' });
    await end();
    assert.deepEqual(seqs(await rest(messages)), Array.from({ length: count - 1 }, (_, index) => index + 3));
  });

  it('streams text, and gives all of it so far to someone who comes in the middle', async () => {
    await update();
    const early = watchRun(runId, 0);
    await early.next();
    const first = next(early);
    token(0, 'Hello');
    assert.deepEqual(await first, { type: 'run:token', runId, seq: 1, stepNumber: 1, offset: 0, text: 'Hello' });
    token(5, ' wor');
    const late = watchRun(runId, 1);
    assert.equal((await next(late)).text, 'Hello wor');
    const [a, b] = [next(early), next(late)];
    assert.equal((await a).text, ' wor');
    token(9, 'ld');
    assert.deepEqual([(await b).offset, (await b).text], [9, 'ld']);
    await end();
    assert.equal((await rest(late)).at(-1)!.type, 'run:completed');
  });

  it('starts the text anew when a fallback does', async () => {
    await update();
    const messages = watchRun(runId, 1);
    const first = messages.next();
    token(0, 'wrong');
    await first;
    token(0, '');
    token(0, 'right');
    assert.deepEqual([(await next(messages)).text, (await next(messages)).text], ['', 'right']);
    await messages.return!();
  });

  it('ends when the run is deleted while it is watched', async () => {
    await update();
    const messages = watchRun(runId, 0);
    await messages.next();
    const waiting = messages.next();
    await knex()('runs').where({ id: runId }).delete();
    announceDeleted([runId]);
    assert.equal((await waiting).done, true);
  });

  it('finds the end in the database when its message was lost, and for someone who claims to know more', async function () {
    this.timeout(20_000);
    await update();
    const draft = live.draft.bind(live);
    const begun = new Promise<void>((resolve) => (live.draft = (id) => (resolve(), draft(id))));
    const waiting = rest(watchRun(runId, 99));
    await begun;
    await update();
    await tell('run:completed', { status: 'completed', output: 'done' }, { publish: false });
    assert.deepEqual((await waiting).at(-1), { type: 'run:completed', runId, seq: 3, status: 'completed', output: 'done' });
  });

  it('lets a watcher leave while it waits', async () => {
    const messages = watchRun(runId, 0);
    const waiting = messages.next();
    await messages.return!();
    assert.equal((await waiting).done, true);
    assert.equal(await knex()('runs').where({ id: runId }).count().first().then((row) => Number(row!.count)), 1);
  });
});
