import assert from 'node:assert/strict';
import { nextMove, type ToolTraits } from '../../../src/runs/run.state.js';
import { RunStep } from '../../../src/runs/runStep.model.js';

const tools: Record<string, ToolTraits> = {
  make: { idempotent: true, needsApproval: false },
  send: { idempotent: false, needsApproval: false },
  pay: { idempotent: false, needsApproval: true },
};
const move = (steps: RunStep[], maxSteps = 25) => nextMove(steps, (name) => tools[name], maxSteps);

const call = (name: string, id = name) => ({ id, name, arguments: {} });
function step(stepNumber: number, columns: Partial<RunStep>): RunStep {
  return Object.assign(new RunStep(), { stepNumber, status: 'completed', decision: null, ...columns });
}
const answer = (stepNumber: number, message: string, ...calls: string[]) =>
  step(stepNumber, { stepType: 'llm_call', output: { message, toolCalls: calls.map((name) => call(name)) } });
const called = (stepNumber: number, toolName: string, columns: Partial<RunStep> = {}) =>
  step(stepNumber, { stepType: 'tool_call', toolName, toolCallId: toolName, ...columns });

describe('nextMove', () => {
  it('fails a run whose llm_call failed, with the cause', () => {
    const failed = step(1, { stepType: 'llm_call', status: 'failed', errorCode: 'PROVIDER_FAILED', errorMessage: 'no key' });
    assert.deepEqual(move([failed]), { kind: 'fail', code: 'PROVIDER_FAILED', message: 'no key' });
  });

  it('fails a run at the step limit, but lets an answer that came with the last step complete it', () => {
    assert.equal(move([answer(1, '', 'make'), called(2, 'make')], 2).kind, 'fail');
    assert.equal(move([answer(1, '', 'make')], 1).kind, 'fail');
    assert.deepEqual(move([answer(1, '', 'make'), called(2, 'make'), answer(3, 'done')], 3), { kind: 'complete', output: 'done' });
  });

  it('begins with an llm_call', () => {
    assert.deepEqual(move([]), { kind: 'llm_call', stepNumber: 1 });
  });

  it('carries out the tool calls of an answer in order, then asks the model again', () => {
    const first = answer(1, '', 'make', 'send');
    assert.deepEqual(move([first]), { kind: 'tool_call', stepNumber: 2, call: call('make') });
    assert.deepEqual(move([first, called(2, 'make')]), { kind: 'tool_call', stepNumber: 3, call: call('send') });
    assert.deepEqual(move([first, called(2, 'make'), called(3, 'send')]), { kind: 'llm_call', stepNumber: 4 });
  });

  it('completes with an answer without tool calls', () => {
    assert.deepEqual(move([answer(1, 'hello')]), { kind: 'complete', output: 'hello' });
  });

  it('tells the model of a failed tool call instead of failing the run', () => {
    assert.equal(move([answer(1, '', 'make'), called(2, 'make', { status: 'failed' })]).kind, 'llm_call');
  });

  it('runs a cut llm_call and a cut call of an idempotent tool again, under the same number', () => {
    const asked = step(1, { stepType: 'llm_call', status: 'started', output: null });
    assert.deepEqual(move([asked]), { kind: 'llm_call', stepNumber: 1, again: asked });
    const made = called(2, 'make', { status: 'started' });
    assert.deepEqual(move([answer(1, '', 'make'), made]), { kind: 'tool_call', stepNumber: 2, call: call('make'), again: made });
  });

  it('waits for a person about a cut call of any other tool, and runs it again only when told to', () => {
    const steps = [answer(1, '', 'send'), called(2, 'send', { status: 'started' })];
    assert.deepEqual(move(steps), { kind: 'wait', reason: 'outcome' });
    steps[1]!.decision = 'retry';
    assert.equal(move(steps).kind, 'tool_call');
  });

  it('asks before a tool that needs approval, and starts it once approved', () => {
    const first = answer(1, '', 'pay');
    assert.deepEqual(move([first]), { kind: 'ask', stepNumber: 2, call: call('pay') });
    const waiting = called(2, 'pay', { status: 'waiting' });
    assert.deepEqual(move([first, waiting]), { kind: 'wait', reason: 'approval' });
    waiting.decision = 'approve';
    assert.equal(move([first, waiting]).kind, 'tool_call');
  });

  it('lets an unknown tool go through, to be refused to the model', () => {
    assert.deepEqual(move([answer(1, '', 'nonsense')]), { kind: 'tool_call', stepNumber: 2, call: call('nonsense') });
  });
});
