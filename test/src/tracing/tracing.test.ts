import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { knex } from '../../../src/db.js';
import { ProviderError } from '../../../src/providers/provider.js';
import { Run } from '../../../src/runs/run.model.js';
import { ToolError } from '../../../src/tools/tool.js';
import { currentTrace, isTracing, startTracing, stopTracing, traced } from '../../../src/tracing/tracing.js';
import { startCollector } from '../../support/collector.js';
import { useDatabase } from '../../support/database.js';
import { calls, engine, makeAgent, newRun, says, scriptedProvider, testTool, work } from '../../support/engine.js';

const serviceName = 'tests';

describe('traced without a collector', () => {
  it('does the work, gives its result or error, and loads nothing', async () => {
    await startTracing({ serviceName });
    await startTracing({ serviceName, endpoint: 'http://127.0.0.1:1', exporter: 'none' });
    assert.equal(isTracing(), false);
    assert.equal(await traced('x', {}, async (span) => {
      span.fail('nothing');
      return currentTrace();
    }), null);
    await assert.rejects(traced('x', {}, () => Promise.reject(new Error('mine'))), /mine/);
    const loaded = Object.keys(createRequire(import.meta.url).cache).filter((file) => file.includes('@opentelemetry/sdk'));
    assert.deepEqual(loaded, []);
  });
});

describe('traces of a run', () => {
  useDatabase();
  let collector: Awaited<ReturnType<typeof startCollector>>;
  before(async () => {
    collector = await startCollector();
  });
  afterEach(async () => {
    await stopTracing();
    collector.spans.length = 0;
  });
  after(() => collector.close());
  const start = () => startTracing({ serviceName, endpoint: `${collector.url}/`, headers: 'authorization=Basic%20abc==, x-team=a' });
  /** Each span by name, once all are sent. */
  async function sent() {
    await stopTracing();
    const { spans } = collector;
    const find = (name: string) => spans.find((span) => span.name === name)!;
    return { spans, find, parentOf: (name: string) => spans.find(({ spanId }) => spanId === find(name).parentSpanId)?.name };
  }

  it('tell of run, steps, tries and tools within the trace of the request', async () => {
    await start();
    const tool = testTool('t', async () => { throw new ToolError('no such file'); });
    const broken = scriptedProvider([() => { throw new ProviderError('overloaded', 'broken', 'busy'); }], 'broken');
    const { work: options } = await engine([broken, scriptedProvider([() => calls(['t', {}]), () => says('done')])], [tool]);
    const run = await newRun(await makeAgent([tool], { defaultProvider: 'broken', fallbackProviders: ['scripted'] }));
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    await Run.query(knex()).patch({ traceparent }).where({ id: run.id });
    await work(options);
    const { spans, find, parentOf } = await sent();
    assert.deepEqual([...new Set(spans.map(({ traceId }) => traceId))], ['0af7651916cd43dd8448eb211c80319c']);
    assert.equal(find('invoke_agent').parentSpanId, 'b7ad6b7169203331');
    assert.equal(find('invoke_agent').attributes['gen_ai.conversation.id'], run.id);
    assert.deepEqual([parentOf('llm_call'), parentOf('chat script'), parentOf('execute_tool t')], ['invoke_agent', 'llm_call', 'invoke_agent']);
    const tries = spans.filter(({ name }) => name === 'chat script').map(({ attributes, failed }) =>
      [attributes['gen_ai.provider.name'], failed, attributes['error.type'], attributes['gen_ai.usage.input_tokens'], attributes['gen_ai.usage.output_tokens']]);
    assert.deepEqual(tries, [
      ['broken', true, 'overloaded', undefined, undefined], ['scripted', false, undefined, 10, 5],
      ['broken', true, 'overloaded', undefined, undefined], ['scripted', false, undefined, 10, 5],
    ]);
    const { attributes, failed, service } = find('execute_tool t');
    assert.deepEqual([attributes['gen_ai.tool.name'], attributes['error.type'], failed, service], ['t', 'TOOL_FAILED', true, 'tests']);
    assert.deepEqual([collector.headers[0]!.authorization, collector.headers[0]!['x-team']], ['Basic abc==', 'a']);
  });

  it('begin anew for a run that was created without one, also when its worker is woken within another', async () => {
    await start();
    const { work: options } = await engine([scriptedProvider([() => says('done')])], []);
    await newRun(await makeAgent([]));
    await traced('a request', {}, () => work(options));
    const { find } = await sent();
    assert.equal(find('invoke_agent').parentSpanId, undefined);
    assert.notEqual(find('invoke_agent').traceId, find('a request').traceId);
  });
});
