import assert from 'node:assert/strict';
import { validate } from '@readme/openapi-parser';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { buildSchema, getOperationAST, parse } from 'graphql';
import { type OpenApiDocument, openApiDocument } from '../../rest-adapter/openapi.js';
import { responseSchema } from '../../rest-adapter/openapi/responseBody.js';
import type { Data } from '../../rest-adapter/route.js';
import { routes } from '../../rest-adapter/routes.js';
import { createSchema } from '../../schema/index.js';
import { type Answer } from '../support/listen.js';
import { useServer } from '../support/server.js';
import { makeEverything, realPath } from './everything.js';
import { fill } from './guarded.js';

const inDocument = (path: string) => path.replace(/:(\w+)/g, '{$1}');

/** Checks bodies against a document. */
function checker(document: OpenApiDocument) {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv);
  ajv.addSchema(document, 'document');
  const pointerOf = (...parts: string[]) => `document#/${parts.map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/')}`;
  return {
    /** Asserts that a value fits a schema of the document. */
    assertFits(value: unknown, ...parts: string[]): void {
      const check = ajv.getSchema(pointerOf(...parts));
      assert.ok(check, `there is no ${parts.join(' ')}`);
      assert.ok(check(value), `${parts.join(' ')}: ${ajv.errorsText(check.errors)} in ${JSON.stringify(value)}`);
    },
    /** Asserts that an answer is one that the document foresees for the operation. */
    assertForeseen(method: string, path: string, { status, json }: Answer): void {
      const operation = document.paths[inDocument(path)][method.toLowerCase()];
      const response = operation.responses[status];
      assert.ok(response, `${method} ${path} answers ${status}, which the document does not have: ${JSON.stringify(json)}`);
      const parts = response.$ref ? response.$ref.slice(2).split('/') : ['paths', inDocument(path), method.toLowerCase(), 'responses', String(status)];
      this.assertFits(json, ...parts, 'content', 'application/json', 'schema');
    },
  };
}

describe('the OpenAPI document', () => {
  const document = openApiDocument(createSchema(), '1.2.3');
  const check = checker(document);

  it('is valid OpenAPI 3.1 to an independent validator', async () => {
    assert.equal(document.openapi, '3.1.0');
    const result = await validate(structuredClone(document) as never);
    assert.deepEqual([result.valid, result.warnings], [true, []], JSON.stringify(result));
  });

  it('has every route and no other', () => {
    const described = Object.entries<object>(document.paths).flatMap(([path, item]) => Object.keys(item).map((method) => `${method.toUpperCase()} ${path}`));
    assert.deepEqual(described.sort(), routes.map(({ method, path }) => `${method} ${inDocument(path)}`).sort());
  });

  it('asks for a token where a route does', () => {
    for (const { method, path, auth } of routes) {
      assert.deepEqual(document.paths[inDocument(path)][method.toLowerCase()].security, auth ? [{ bearer: [] }] : [], `${method} ${path}`);
    }
  });

  it('has examples that fit their schemas', () => {
    let count = 0;
    const look = (value: any, ...parts: string[]): void => {
      if (typeof value !== 'object' || value === null) return;
      if ('example' in value && value.schema) {
        check.assertFits(value.example, ...parts, 'schema');
        count += 1;
      } else for (const [key, part] of Object.entries(value)) look(part, ...parts, key);
    };
    look(document);
    assert.ok(count > routes.length, `only ${count} examples`);
  });

  it('says what is sent beyond the types: lengths, ranges, providers, defaults', () => {
    const { properties, required } = document.components.schemas.CreatePersonaRequest;
    assert.deepEqual(required, ['name', 'systemPrompt']);
    assert.equal(properties.name.maxLength, 200);
    assert.deepEqual(properties.defaultProvider.enum, ['openai', 'anthropic', 'groq', 'local', null]);
    assert.deepEqual(document.components.schemas.UpdatePersonaRequest.properties.isActive.type, 'boolean', 'it may be left out, and not null');
    const bodyOf = (path: string, method: string) => document.paths[path][method].requestBody.required;
    assert.deepEqual([bodyOf('/api/personas', 'post'), bodyOf('/api/personas/{id}', 'put')], [true, false]);
    const [page, limit] = document.paths['/api/tools'].get.parameters;
    assert.deepEqual([page.schema.minimum, page.schema.default, limit.schema.maximum, limit.schema.default], [1, 1, 100, 50]);
    assert.deepEqual(document.paths['/api/runs'].get.parameters.find(({ name }: { name: string }) => name === 'status').schema.enum,
      ['pending', 'running', 'completed', 'failed', 'cancelled']);
  });

  it('has the errors, the limits and the key against repetition', () => {
    const { responses, parameters } = document.paths['/api/runs'].post;
    assert.deepEqual(Object.keys(responses), ['201', '400', '401', '403', '404', '409', '413', '415', '422', '429', '500', '503']);
    assert.deepEqual(Object.keys(responses[201].headers), ['X-RateLimit-Limit', 'X-RateLimit-Remaining', 'X-RateLimit-Reset']);
    assert.deepEqual(parameters.map(({ name }: { name: string }) => name), ['Idempotency-Key']);
    assert.equal(document.paths['/api/auth/login'].post.parameters, undefined);
  });
});

describe('the schema of a response', () => {
  const schema = buildSchema(`
    enum Kind { plain call }
    type Part { kind: Kind! name: String title: String! isOpen: Boolean! size: Int! }
    type Query { parts: [Part!]! part: Part }`);
  const schemaOf = (query: string, present: (data: Data) => unknown) => {
    const document = parse(query);
    return responseSchema({ schema, document, definition: getOperationAST(document)! }, present);
  };
  const string = { type: 'string' };

  it('cannot be had of a presenter that reads what is not selected', () => {
    assert.throws(() => schemaOf('{ part { title } }', ({ part }) => ({ size: part.size })), /does not select query\.part\.size/);
  });

  it('allows null only where the presenter lets it through', () => {
    const { properties } = schemaOf('{ parts { name title } }', ({ parts }) => ({ list: parts.map((part: Data) => ({ name: part.name, or: part.name ?? 'none' })) }));
    assert.deepEqual(properties.list.items.properties, { name: { type: ['string', 'null'] }, or: { oneOf: [string, { type: 'string', const: 'none' }] } });
  });

  it('follows a presenter that treats values differently', () => {
    const present = ({ parts }: Data) => parts.map(({ kind, isOpen, title, name }: Data) => (kind === 'call' ? { kind, name } : { kind, ...(isOpen && { title }) }));
    const { items } = schemaOf('{ parts { kind isOpen title name } }', present);
    assert.deepEqual(items.oneOf.map(({ properties }: Data) => properties), [
      { kind: { type: 'string', const: 'plain' }, title: string },
      { kind: { type: 'string', const: 'plain' } },
      { kind: { type: 'string', const: 'call' }, name: { type: ['string', 'null'] } },
    ]);
  });

  it('knows texts of the presenter, and texts that it makes of values', () => {
    const { properties, required } = schemaOf('{ parts { title } }', ({ parts: [part] }) => ({ message: 'Done', greeting: `Hello ${part.title}` }));
    assert.deepEqual(properties, { message: { type: 'string', const: 'Done' }, greeting: string });
    assert.deepEqual(required, ['message', 'greeting']);
  });
});

describe('GET /api/openapi.json', () => {
  const server = useServer();

  it('answers 405 to other methods', async () => {
    const answer = await server.request('POST', '/api/openapi.json');
    assert.deepEqual([answer.status, answer.json.code, answer.headers.allow], [405, 'METHOD_NOT_ALLOWED', 'GET, HEAD, OPTIONS']);
  });

  it('answers everyone with the document', async () => {
    const { status, json, headers } = await server.request('GET', '/api/openapi.json');
    assert.equal(status, 200);
    assert.equal(headers['content-type'], 'application/json; charset=utf-8');
    assert.deepEqual(json.paths, JSON.parse(JSON.stringify(openApiDocument(createSchema(), '1.2.3').paths)));
    assert.equal((await server.request('HEAD', '/api/openapi.json')).text, '');
  });

  it('foresees what every GET answers: 200, 400, 401, 403, 404', async function () {
    this.timeout(60_000);
    const check = checker((await server.request('GET', '/api/openapi.json')).json);
    const world = await makeEverything(server);
    const { ids, stranger } = world;
    for (const { method, path, ...route } of routes.filter((one) => one.method === 'GET')) {
      const real = realPath(path, ids);
      const owner = path.startsWith('/api/admin/') ? world.admin : world.owner;
      const answer = await server.request(method, real, { token: owner.token });
      assert.equal(answer.status, 200, `${method} ${path}: ${answer.text}`);
      if (!('present' in route)) continue;
      check.assertForeseen(method, path, answer);
      const others = [
        await server.request(method, `${real}?page=0&limit=x`, { token: owner.token }), await server.request(method, real),
        await server.request(method, real, { token: stranger.token }),
        await server.request(method, fill(path, new Proxy({}, { get: () => ids.artifactId! })), { token: owner.token }),
        await server.request(method, fill(path, new Proxy({}, { get: () => 'x' })), { token: owner.token }),
      ];
      for (const other of others) check.assertForeseen(method, path, other);
    }
  });
});
