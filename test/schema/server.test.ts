import assert from 'node:assert/strict';
import { getIntrospectionQuery, GraphQLObjectType, GraphQLSchema, GraphQLString } from 'graphql';
import { login } from '../../src/auth/auth.service.js';
import { setLogLevel } from '../../src/logger.js';
import { limits } from '../../schema/limits.js';
import { useDatabase } from '../support/database.js';
import { createPersona, createUser, password, useAuth } from '../support/factories.js';
import { startGraphqlServer, type GraphqlServer } from '../support/graphqlServer.js';

describe('POST /graphql', () => {
  useDatabase();
  useAuth();
  let server: GraphqlServer;
  let token: string;
  let userId: string;
  before(async () => {
    server = await startGraphqlServer();
    const session = await login((await createUser()).email, password);
    token = session.token;
    userId = session.user.id;
  });
  after(() => server.close());

  const send = (body: string, headers: Record<string, string> = { 'content-type': 'application/json' }) =>
    fetch(server.url, { method: 'POST', headers, body });

  it('answers a body that is no JSON, too large, empty or of another type with an error in JSON', async () => {
    const cases: [string, string, number, string][] = [
      ['{', 'application/json', 400, 'VALIDATION_ERROR'],
      [JSON.stringify({ query: 'x'.repeat(1_100_000) }), 'application/json', 413, 'PAYLOAD_TOO_LARGE'],
      ['', 'application/json', 400, 'VALIDATION_ERROR'],
      ['{"query":"{ me { id } }"}', 'text/plain', 400, 'VALIDATION_ERROR'],
      ['[]', 'application/json', 400, 'VALIDATION_ERROR'],
      ['{"query":5}', 'application/json', 400, 'VALIDATION_ERROR'],
      ['{"query":"{ me { id } }","variables":"x"}', 'application/json', 400, 'VALIDATION_ERROR'],
      ['{"query":"{ me"}', 'application/json', 400, 'VALIDATION_ERROR'],
      ['{"query":"{ nothing }"}', 'application/json', 400, 'VALIDATION_ERROR'],
      ['{"query":"query A { me { id } }","operationName":"B"}', 'application/json', 400, 'VALIDATION_ERROR'],
    ];
    for (const [body, type, status, code] of cases) {
      const response = await send(body, { 'content-type': type });
      const text = await response.text();
      assert.equal(response.status, status, text);
      const { errors } = JSON.parse(text);
      assert.equal(errors[0].extensions.code, code, text);
      assert.doesNotMatch(text, /\bat .*\.js|node_modules/);
    }
  });

  it('answers another method with 405 and those that there are, in JSON', async () => {
    for (const method of ['PUT', 'DELETE', 'PATCH']) {
      const response = await fetch(server.url, { method, headers: { 'content-type': 'application/json' }, body: '{"query":"{ me { id } }"}' });
      assert.deepEqual([response.status, response.headers.get('allow')], [405, 'GET, POST']);
      assert.deepEqual(await response.json(), { errors: [{ message: `${method} is not allowed here`, extensions: { code: 'METHOD_NOT_ALLOWED' } }] });
    }
  });

  it('names an argument with a default whose variable is null', async () => {
    for (const query of ['query ($limit: Int) { searchTools(query: "slides", limit: $limit) { id } }', 'query ($limit: Int) { personas(limit: $limit) { data { id } } }']) {
      const { status, body } = await server.post(query, { variables: { limit: null }, token });
      assert.deepEqual([status, body.errors[0].extensions], [200, { code: 'VALIDATION_ERROR', details: { limit: 'Limit is required' } }]);
    }
  });

  it('names the fields that hold a NUL', async () => {
    const details = { search: 'Search must not contain the character NUL' };
    const request = { query: 'query ($search: String) { personas(search: $search) { data { id } } }', variables: { search: 'a\0' } };
    const { body } = await server.post(request.query, { ...request, token });
    assert.deepEqual(body.errors[0].extensions, { code: 'VALIDATION_ERROR', details });
    const { client } = server.connect({ token });
    await assert.rejects(client.iterate(request).next(), (errors: any) => {
      assert.deepEqual(errors[0].extensions, { code: 'VALIDATION_ERROR', details });
      return true;
    });
    await client.dispose();
    const literal = await server.post('{ personas(search: "\\u0000") { data { id } } }', { token });
    assert.deepEqual(literal.body.errors[0].extensions.details, { body: 'Text must not contain the character NUL' });
  });

  it('names faults of variables by field, with 400', async () => {
    const create = 'mutation ($input: CreatePersonaInput!) { createPersona(input: $input) { id } }';
    const { status, body } = await server.post(create, { variables: { input: { name: 7 } }, token });
    assert.equal(status, 400);
    assert.deepEqual(body.errors, [{
      message: 'Validation error',
      extensions: { code: 'VALIDATION_ERROR', details: { name: 'Name must be text', systemPrompt: 'System prompt is required' } },
    }]);
  });

  it('refuses a subscription', async () => {
    const { status, body } = await server.post('subscription ($runId: UUID!) { runEvents(runId: $runId) { seq } }', {
      variables: { runId: crypto.randomUUID() }, token,
    });
    assert.deepEqual([status, body.data, body.errors[0].extensions.code], [400, undefined, 'VALIDATION_ERROR']);
  });

  it('answers an explicit null for an argument that must have a value', async () => {
    const { body } = await server.post('query ($page: Int) { personas(page: $page) { data { id } } }', { variables: { page: null }, token });
    assert.equal(body.errors[0].extensions.code, 'VALIDATION_ERROR');
  });

  it('refuses a form from another site, and a query by GET without a header', async () => {
    assert.equal((await send('query={me{id}}', { 'content-type': 'application/x-www-form-urlencoded' })).status, 400);
    assert.equal((await fetch(`${server.url}?query={me{id}}`)).status, 400);
    const allowed = await fetch(`${server.url}?query={me{id}}`, { headers: { 'apollo-require-preflight': '1', authorization: `Bearer ${token}` } });
    assert.deepEqual(await allowed.json(), { data: { me: { id: userId } } });
  });

  it('is UNAUTHORIZED without a token, and with one that is not good', async () => {
    for (const bad of [undefined, 'forged', `${token}x`]) {
      const { body } = await server.post('{ me { id } }', { token: bad });
      assert.equal(body.errors[0].extensions.code, 'UNAUTHORIZED');
      assert.equal(body.data, null);
    }
  });

  it('signs in and out, also with a token in the header that is not good', async () => {
    const { email } = await createUser();
    const signIn = 'mutation ($email: String!, $password: String!) { login(email: $email, password: $password) { token user { email role } } }';
    const { body } = await server.post(signIn, { variables: { email, password }, token: 'forged' });
    assert.deepEqual(body.data.login.user, { email, role: 'user' });
    const own = body.data.login.token;
    assert.deepEqual((await server.post('mutation { logout }', { token: own })).body, { data: { logout: true } });
    assert.equal((await server.post('{ me { id } }', { token: own })).body.errors[0].extensions.code, 'UNAUTHORIZED');
    const wrong = await server.post(signIn, { variables: { email, password: 'wrong' } });
    assert.deepEqual([wrong.body.errors[0].message, wrong.body.errors[0].extensions], ['Invalid email or password', { code: 'UNAUTHORIZED' }]);
  });

  it('gives data beside the error of another field, with its place', async () => {
    const persona = await createPersona({ id: userId });
    const { status, body } = await server.post(
      'query ($id: UUID!) { persona(id: $id) { name } }', { variables: { id: crypto.randomUUID() }, token });
    assert.deepEqual([status, body.errors[0].path, body.errors[0].extensions], [200, ['persona'], { code: 'NOT_FOUND' }]);
    assert.equal((await server.post('query ($id: UUID!) { persona(id: $id) { name } }', { variables: { id: persona.id }, token })).body.data.persona.name, persona.name);
  });

  it('answers introspection', async () => {
    const { body } = await server.post(getIntrospectionQuery());
    assert.ok(body.data.__schema.types.length > 10);
  });
});

describe('GET /graphql', () => {
  let server: GraphqlServer;
  before(async () => {
    server = await startGraphqlServer();
  });
  after(() => server.close());

  it('gives a browser the playground, whose files are all from here', async () => {
    const response = await fetch(server.url, { headers: { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' } });
    const page = await response.text();
    assert.match(response.headers.get('content-type')!, /text\/html/);
    assert.match(response.headers.get('content-security-policy')!, /default-src 'none'/);
    const files = [...page.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, file]) => file!).filter((file) => !file.startsWith('data:'));
    assert.ok(files.length >= 6);
    for (const file of files) {
      const { status, headers } = await fetch(new URL(file, server.url));
      assert.equal(status, 200, file);
      assert.match(headers.get('content-type')!, file.endsWith('.css') ? /text\/css/ : /javascript/);
    }
  });

  it('gives no other file', async () => {
    for (const name of ['package.json', '..%2f..%2fpackage.json', 'index.html', '__proto__', 'constructor']) {
      assert.equal((await fetch(`${server.url}/playground/${name}`)).status, 404, name);
    }
  });
});

describe('limits of a query', () => {
  let server: GraphqlServer;
  const ran: string[] = [];
  before(async () => {
    const node: GraphQLObjectType = new GraphQLObjectType({
      name: 'Node',
      fields: () => ({
        name: { type: GraphQLString },
        ...Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`to${index}`, { type: index === 11 ? node : levels[index]! }])),
      }),
    });
    const levels: GraphQLObjectType[] = Array.from({ length: 11 }, (_, index) => new GraphQLObjectType({
      name: `Level${index}`,
      fields: () => ({ name: { type: GraphQLString }, next: { type: levels[index + 1] ?? GraphQLString } }),
    }));
    const resolve = () => (ran.push('ran'), {});
    const query = new GraphQLObjectType({ name: 'Query', fields: { node: { type: node, resolve }, deep: { type: levels[0]!, resolve } } });
    server = await startGraphqlServer(new GraphQLSchema({ query }));
  });
  after(() => server.close());

  const many = (count: number, text: (index: number) => string) => Array.from({ length: count }, (_, index) => text(index)).join(' ');
  const bombs: [what: string, query: string, says: RegExp][] = [
    ['too deep', `{ deep { ${'next { '.repeat(limits.depth)} name ${'} '.repeat(limits.depth)} } }`, /levels deep/],
    ['a circle', '{ node { to11 { to11 { name } } } }', /circle: Node\.to11/],
    ['too many at the top', `{ ${many(limits.rootFields + 1, (index) => `a${index}: node { name }`)} }`, /fields at the top/],
    ['too many fields', `{ node { ${many(limits.fields + 1, (index) => `a${index}: name`)} } }`, /more than 500 fields/],
    ['fragments that multiply', `{ node { ...F0 } } ${many(9, (index) => `fragment F${index} on Node { ${many(4, () => `...F${index + 1}`)} }`)} fragment F9 on Node { name }`, /more than 500 fields/],
    ['fragments in a circle', '{ node { ...A } } fragment A on Node { name ...B } fragment B on Node { ...A }', /fragments within fragments|spread|itself/],
    ['too many words', `{ node { name ${'name '.repeat(limits.tokens)} } }`, /tokens/],
    ['too many directives', `{ node { name ${'@include(if: true) '.repeat(600)} } }`, /./],
    ['an endless walk through introspection', `{ __schema { types { ${'fields { type { '.repeat(5)} name ${'} } '.repeat(5)} } } }`, /introspection/i],
  ];

  for (const [what, query, says] of bombs) {
    it(`refuses ${what} with 400, and runs nothing`, async () => {
      ran.length = 0;
      const { status, body } = await server.post(query);
      assert.equal(status, 400);
      assert.ok(body.errors.some(({ message }: Error) => says.test(message)), JSON.stringify(body.errors).slice(0, 500));
      assert.equal(body.errors[0].extensions.code, 'VALIDATION_ERROR');
      assert.deepEqual(ran, []);
    });
  }

  it('lets through what lies just within', async () => {
    const within = `{ deep { ${'next { '.repeat(limits.depth - 2)} name ${'} '.repeat(limits.depth - 2)} } }`;
    assert.equal((await server.post(within)).status, 200);
    assert.equal((await server.post(`{ ${many(limits.rootFields, (index) => `a${index}: node { name }`)} }`)).status, 200);
  });

  it('logs nothing of it as an error of ours', async () => {
    setLogLevel('warn');
    const written: string[] = [];
    const write = process.stderr.write;
    process.stderr.write = (text: any) => written.push(String(text)) > 0;
    try {
      await server.post('{ nothing }');
    } finally {
      process.stderr.write = write;
    }
    assert.deepEqual(written, []);
  });
});
