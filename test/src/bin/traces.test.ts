import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startCollector } from '../../support/collector.js';
import { eventually } from '../../support/eventually.js';
import { freePort, ServerProcess } from '../../support/serverProcess.js';

const demo = { email: 'demo@persona-platform.local', password: 'demo123' };
const trace = '4bf92f3577b34da6a3ce929d0e0e4736';

describe('npm start with OTEL_EXPORTER_OTLP_ENDPOINT', function () {
  this.timeout(60_000);
  let dataDir: string;
  let server: ServerProcess;
  let collector: Awaited<ReturnType<typeof startCollector>>;
  before(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'persona-traces-'));
    collector = await startCollector();
    server = await new ServerProcess(await freePort(), dataDir, { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, OTEL_BSP_SCHEDULE_DELAY: '50' }).ready();
  });
  after(async () => {
    await server.stop('SIGKILL');
    await collector.close();
    rmSync(dataDir, { recursive: true, force: true });
  });

  async function ask(path: string, headers: Record<string, string>, body?: object): Promise<any> {
    const method = body ? 'POST' : 'GET';
    const response = await fetch(server.address + path, { method, headers: { 'content-type': 'application/json', ...headers }, body: body && JSON.stringify(body) });
    return response.json();
  }
  const find = (name: string) => eventually(() => collector.spans.find((span) => span.name === name));

  it('tells of a request, its operation, and the run that it has begun, in the trace of the client', async () => {
    const { token } = await ask('/api/auth/login', {}, demo);
    const headers = { authorization: `Bearer ${token}`, 'x-request-id': 'request-1' };
    const persona = (await ask('/api/personas', headers)).data[0];
    const agent = (await ask(`/api/personas/${persona.id}/agents`, headers)).data[0];
    const run = await ask('/api/runs', { ...headers, traceparent: `00-${trace}-00f067aa0ba902b7-01` }, { agentId: agent.id, input: 'What is 6 times 7?' });
    const request = await find('POST /api/runs');
    assert.deepEqual([request.traceId, request.parentSpanId, request.service], [trace, '00f067aa0ba902b7', 'persona-platform']);
    const { 'http.route': route, 'http.response.status_code': status, 'graphql.operation.name': operation, 'persona.request.id': requestId } = request.attributes;
    assert.deepEqual([route, status, operation, requestId], ['/api/runs', 201, 'CreateRun', 'request-1']);
    assert.equal((await find('mutation CreateRun')).parentSpanId, request.spanId);
    const work = await find('invoke_agent');
    assert.deepEqual([work.traceId, work.attributes['gen_ai.conversation.id']], [trace, run.id]);
    assert.equal((await find('chat rules')).traceId, trace);
  });

  it('tells of operations of /graphql, and of no secret in an address', async () => {
    await ask('/graphql?token=hidden', {}, { query: '{ me { id } }' });
    const request = await find('POST /graphql');
    assert.deepEqual([request.attributes['graphql.operation.name'], request.attributes['url.path']], ['me', '/graphql']);
    const operation = await find('query me');
    assert.deepEqual([operation.parentSpanId, operation.failed, operation.attributes['error.type']], [request.spanId, true, 'UNAUTHORIZED']);
    assert.ok(!JSON.stringify(collector.spans).includes('hidden'));
  });
});
