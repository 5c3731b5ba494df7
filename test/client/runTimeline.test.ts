import assert from 'node:assert/strict';
import { join } from 'node:path';
import { runnerImport } from 'vite';
import { projectRoot } from '../../src/root.js';

interface Timeline {
  withEvents(run: any, events: any[]): any;
  withToken(draft: { stepNumber: number; text: string } | null, message: any): { stepNumber: number; text: string } | null;
  settledSteps(steps: any[]): any[];
  bars(run: any, now: number): { bars: { after: number; length: number }[]; total: number };
}

const at = (seconds: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, seconds)).toISOString();
const run = { status: 'running', lastSeq: 2, output: null, waitingFor: null, errorCode: null, errorMessage: null, steps: [], startedAt: at(0), createdAt: at(0), completedAt: null };
const event = (seq: number, more: object = {}) =>
  ({ type: 'run:update', seq, status: 'running', waitingFor: null, step: null, output: null, error: null, errorCode: null, errorMessage: null, ...more });
const step = (stepNumber: number, status: string) => ({ id: String(stepNumber), stepNumber, stepType: 'llm_call', toolName: null, status, durationMs: null });
const token = (stepNumber: number, offset: number, text: string) => ({ type: 'run:token', seq: 2, stepNumber, offset, text });

describe('the client: the timeline of a run', () => {
  let timeline: Timeline;
  before('load the module', async function () {
    this.timeout(30_000);
    const file = join(projectRoot, 'client/src/features/runs/runTimeline.ts');
    timeline = (await runnerImport<Timeline>(file, { configFile: false, logLevel: 'error' })).module;
  });

  it('passes over events that the run knows already', () => {
    assert.equal(timeline.withEvents(run, [event(1, { status: 'pending' }), event(2, { status: 'pending' })]).status, 'running');
  });

  it('takes each event once, in the order of seq, however they come', () => {
    const events = [event(4, { step: step(1, 'completed') }), event(3, { step: step(1, 'started') }), event(4, { step: step(1, 'completed') })];
    const { steps, lastSeq } = timeline.withEvents(run, events);
    assert.deepEqual([steps.length, steps[0].status, lastSeq], [1, 'completed', 4]);
  });

  it('keeps what was read of a step that an event tells of', () => {
    const read = { ...step(1, 'started'), text: 'So far' };
    assert.deepEqual(timeline.withEvents({ ...run, steps: [read] }, [event(3, { step: step(1, 'failed') })]).steps, [{ ...read, status: 'failed' }]);
  });

  it('puts streamed text together, begins anew at offset 0 and leaves out what follows a gap', () => {
    const pieces = [token(1, 0, 'Hel'), token(1, 3, 'lo'), token(1, 3, 'p me'), token(1, 99, 'lost')];
    assert.deepEqual(pieces.reduce<any>((draft, piece) => timeline.withToken(draft, piece), null), { stepNumber: 1, text: 'Help me' });
    assert.deepEqual(timeline.withToken({ stepNumber: 1, text: 'Help' }, token(1, 0, '')), { stepNumber: 1, text: '' });
    assert.deepEqual(timeline.withToken({ stepNumber: 1, text: 'Help' }, token(3, 0, 'New')), { stepNumber: 3, text: 'New' });
  });

  it('reads again only from the first step on that may change', () => {
    const steps = ['completed', 'failed', 'started', 'completed', 'waiting'].map((status, index) => step(index + 1, status));
    assert.deepEqual(timeline.settledSteps(steps).map(({ stepNumber }) => stepNumber), [1, 2]);
    assert.deepEqual(timeline.settledSteps([]), []);
    assert.equal(timeline.settledSteps(steps.slice(0, 2)).length, 2);
  });

  it('lays steps out over the time of the run', () => {
    const steps = [{ createdAt: at(0), durationMs: 1000, status: 'completed' }, { createdAt: at(1), durationMs: null, status: 'started' }];
    const { bars, total } = timeline.bars({ ...run, steps }, Date.parse(at(4)));
    assert.deepEqual(bars, [{ after: 0, length: 1000 }, { after: 1000, length: 3000 }]);
    assert.ok(total >= 4000 && total < 5000);
    assert.equal(timeline.bars({ ...run, steps }, Date.parse(at(4)) + 1).total, total, 'the scale stays for a while');
    assert.equal(timeline.bars({ ...run, steps: steps.slice(0, 1), completedAt: at(1) }, Date.parse(at(4))).total, 1000);
  });
});
