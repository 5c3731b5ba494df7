import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createMatcher } from '../../rest-adapter/matching.js';
import { readOperations } from '../../rest-adapter/documents.js';
import { routes } from '../../rest-adapter/routes.js';
import { variableReader } from '../../rest-adapter/variables.js';
import { projectRoot } from '../../src/root.js';
import { printRoutes } from '../../rest-adapter/print.js';

describe('REST routes', () => {
  const operations = readOperations();

  it('are refused when they do not fit their operation', () => {
    const route = { ...routes.find(({ operation }) => operation === 'GetPersona')! };
    const getPersona = operations.get('GetPersona')!;
    assert.throws(() => variableReader({ ...route, query: ['page'] }, getPersona), /gives \$page, which the operation GetPersona does not have/);
    assert.throws(() => variableReader({ ...route, path: '/api/personas' }, getPersona), /never gives \$id/);
    assert.throws(() => createMatcher([{ route }, { route }]), /already declared/);
  });

  it('are found by their path first: /api/tools/search takes nothing that /api/tools/:id takes', () => {
    const { match, allowed } = createMatcher(routes.map((route) => ({ route })));
    assert.equal(match('HEAD', '/api/tools/42').endpoint.route.operation, 'GetTool');
    assert.equal(match('POST', '/api/tools/search/').endpoint.route.operation, 'SearchTools');
    assert.throws(() => match('GET', '/api/tools/search'), { code: 'METHOD_NOT_ALLOWED', details: { allow: ['POST', 'OPTIONS'] } });
    assert.deepEqual([allowed('/api/personas/1/memory/search'), allowed('/api/personas/1/memory/2'), allowed('/api/nothing'), allowed('/api/%')],
      [['POST', 'OPTIONS'], ['DELETE', 'OPTIONS'], [], []]);
  });

  it('are those of the documentation, in its order', () => {
    assert.deepEqual(routes.map(({ method, path }) => `${method} ${path}`), [
      'POST /api/auth/login', 'POST /api/auth/logout', 'POST /api/auth/refresh',
      'POST /api/auth/register', 'POST /api/auth/password', 'POST /api/ws/ticket',
      'GET /api/users/me',
      'GET /api/personas', 'GET /api/personas/:id', 'POST /api/personas', 'PUT /api/personas/:id', 'DELETE /api/personas/:id',
      'GET /api/personas/:id/members', 'POST /api/personas/:id/members',
      'PUT /api/personas/:id/members/:memberId', 'DELETE /api/personas/:id/members/:memberId',
      'GET /api/personas/:personaId/agents', 'POST /api/personas/:personaId/agents', 'PUT /api/agents/:id', 'DELETE /api/agents/:id',
      'GET /api/runs', 'GET /api/runs/:id', 'POST /api/runs', 'POST /api/runs/:id/cancel', 'POST /api/runs/:id/decision', 'POST /api/runs/:id/retry', 'GET /api/runs/:id/artifacts/:artifactId',
      'GET /api/usage',
      'GET /api/tools', 'POST /api/tools/search', 'GET /api/tools/:id',
      'GET /api/personas/:personaId/tools', 'POST /api/personas/:personaId/tools', 'PUT /api/personas/:personaId/tools/:toolId', 'DELETE /api/personas/:personaId/tools/:toolId',
      'GET /api/personas/:personaId/memory', 'POST /api/personas/:personaId/memory/upload',
      'POST /api/personas/:personaId/memory/search', 'DELETE /api/personas/:personaId/memory/:documentId',
      'GET /api/personas/:personaId/connectors', 'PUT /api/personas/:personaId/connectors/email',
      'PUT /api/personas/:personaId/connectors/browser', 'PUT /api/personas/:personaId/connectors/desktop-vm',
      'GET /api/audit', 'GET /api/audit/export',
      'GET /api/admin/users', 'POST /api/admin/users', 'PUT /api/admin/users/:id',
    ]);
  });

  it('each name one operation of their own, and no operation is left over', () => {
    const named = routes.map(({ operation }) => operation);
    assert.equal(new Set(named).size, named.length);
    assert.deepEqual([...operations.keys()].sort(), [...named, 'GetRunPosition', 'RunEvents'].sort());
  });

  it('ask in a query for GET, and in a mutation only for what changes something', () => {
    const kinds = routes.filter(({ method, operation }) => (operations.get(operation)!.kind === 'query') !== (method === 'GET'));
    assert.deepEqual(kinds.map(({ operation }) => operation), ['SearchTools', 'SearchMemory']);
  });

  it('are all printed with operation, resolver, rule and test', () => {
    const lines = printRoutes().split('\n');
    for (const { method, path, operation } of routes) {
      const line = lines.find((candidate) => candidate.includes(` ${path} `) && candidate.startsWith(method));
      assert.ok(line, `${method} ${path} is not printed`);
      assert.match(line, new RegExp(` ${operation} +(Query|Mutation)\\.\\w+ `));
      assert.doesNotMatch(line, /\(none\)/);
      const [file] = /test\/\S+\.test\.ts$/.exec(line)!;
      assert.ok(readFileSync(join(projectRoot, file), 'utf8').includes(`${method} ${path}`));
    }
  });
});
