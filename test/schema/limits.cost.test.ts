import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isObjectType, isScalarType, parse, validate } from 'graphql';
import { cost } from '../../schema/cost.js';
import { createSchema } from '../../schema/index.js';
import { sizeRules } from '../../schema/limits.js';
import { login } from '../../src/auth/auth.service.js';
import { projectRoot } from '../../src/root.js';
import { useDatabase } from '../support/database.js';
import { createUser, password, useAuth } from '../support/factories.js';
import { type GraphqlServer, startGraphqlServer } from '../support/graphqlServer.js';

const schema = createSchema();
const faults = (query: string) => validate(schema, parse(query), sizeRules).map(({ message }) => message);
/** What a query costs, read from the sentence that it gets when nothing may cost anything. */
function costOf(query: string): number[] {
  const { most } = cost;
  cost.most = 0;
  try {
    return faults(query).map((message) => Number(/costs (\d+) and may cost 0/.exec(message)![1]));
  } finally {
    cost.most = most;
  }
}
const aliases = (count: number, text: string) => Array.from({ length: count }, (_, index) => `a${index}: ${text}`).join(' ');

describe('cost of a query', () => {
  const bombs: [what: string, query: string][] = [
    ['ten pages of all inputs', `{ ${aliases(10, 'runs(limit: 100) { data { steps { input } } }')} }`],
    ['one page of all inputs', '{ runs(limit: 100) { data { steps { input } } } }'],
    ['a limit in a variable', 'query ($n: Int! = 1) { runs(limit: $n) { data { steps { input } } } }'],
    ['a limit below nothing', '{ runs(limit: -100000) { data { steps { input } } } }'],
    ['a limit behind fragments', 'query { ... on Query { ...A } } fragment A on Query { runs(limit: 100) { ...B } } fragment B on RunPage { data { steps { ... { input } } } }'],
    ['a prompt under a hundred names', `{ personas(limit: 100) { data { ${aliases(100, 'systemPrompt')} } } }`],
    ['an export under a hundred names', `{ auditExport { ${aliases(100, 'text')} } }`],
    ['many rows of the audit log', `{ ${aliases(10, 'auditLogs(limit: 100) { data { metadata } }')} }`],
  ];
  for (const [what, query] of bombs) {
    it(`refuses ${what}`, () => {
      const [message, ...more] = faults(query);
      assert.match(message ?? 'nothing', new RegExp(`^The query costs \\d+ and may cost ${cost.most}: ask for fewer entries`));
      assert.deepEqual(more, []);
    });
  }

  it('multiplies by a limit, by its default and by the estimate for a list without one', () => {
    const each = 'data { id status }';
    assert.deepEqual(costOf(`{ runs(limit: 7) { ${each} } }`), [1 + 1 + 7 * 2]);
    assert.deepEqual(costOf(`{ runs { ${each} pagination { total } } }`), [1 + 1 + 20 * 2 + 2]);
    assert.deepEqual(costOf(`query ($limit: Int!) { runs(limit: $limit) { ${each} } }`), [1 + 1 + 100 * 2]);
    assert.deepEqual(costOf('{ searchTools(query: "x", limit: 3) { id } }'), [1 + 3]);
    assert.deepEqual(costOf('{ runs(limit: 2) { data { steps { id input attempts { model } } } } }'), [2 + 2 * (1 + cost.entries * (1 + 50 + 1 + cost.entries))]);
  });

  it('lets a wide query through, and introspection', () => {
    assert.deepEqual(faults('{ runs(limit: 100) { data { id status agentName } } }'), []);
    assert.deepEqual(faults(`{ ${aliases(10, 'runs(limit: 100) { data { id status agentName personaName createdAt } }')} }`), []);
    assert.deepEqual(faults('{ runs(limit: 10) { data { steps { stepNumber input output } } } }'), []);
    assert.deepEqual(faults('{ __schema { types { name fields { name description } } } }'), []);
  });

  for (const folder of ['client/src/features', 'rest-adapter']) {
    it(`is below half of the most for each operation of ${folder}`, () => {
      const files = readdirSync(join(projectRoot, folder), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.graphql'));
      assert.ok(files.length > 3);
      for (const file of files) {
        for (const each of costOf(readFileSync(join(projectRoot, folder, file), 'utf8'))) assert.ok(each < cost.most / 2, `${file}: ${each}`);
      }
    });
  }

  it('weighs only what the schema has', () => {
    for (const key of Object.keys(cost.weights)) {
      const [name, field] = key.split('.') as [string, string?];
      const type = schema.getType(name);
      assert.ok(field ? isObjectType(type) && type.getFields()[field] : isScalarType(type), key);
    }
  });
});

describe('a query that costs too much', () => {
  useDatabase();
  useAuth();
  const runs = schema.getQueryType()!.getFields().runs!;
  const { resolve } = runs;
  const ran: unknown[] = [];
  let server: GraphqlServer;
  let token: string;
  before(async () => {
    runs.resolve = (...given) => (ran.push(given), resolve!(...given));
    server = await startGraphqlServer();
    token = (await login((await createUser()).email, password)).token;
  });
  after(async () => {
    runs.resolve = resolve;
    await server.close();
  });
  const bomb = `{ ${aliases(10, 'runs(limit: 100) { data { steps { input } } }')} }`;
  const message = `The query costs 501020 and may cost ${cost.most}: ask for fewer entries (limit), or for less of each`;

  it('gets 400 and one sentence from POST /graphql, and runs nothing', async () => {
    const { status, body } = await server.post(bomb, { token });
    assert.deepEqual([status, body.data, body.errors.length, body.errors[0].message], [400, undefined, 1, message]);
    assert.deepEqual([body.errors[0].extensions, ran], [{ code: 'VALIDATION_ERROR' }, []]);
  });

  it('gets the same from a socket', async () => {
    const { client } = server.connect({ token });
    try {
      await assert.rejects(client.iterate({ query: bomb }).next(), (errors: any) => {
        assert.deepEqual([errors.length, errors[0].message, errors[0].extensions], [1, message, { code: 'VALIDATION_ERROR' }]);
        return true;
      });
    } finally {
      await client.dispose();
    }
    assert.deepEqual(ran, []);
  });

  it('runs what costs less', async () => {
    const { status, body } = await server.post('{ runs(limit: 100) { data { id status agentName } } }', { token });
    assert.deepEqual([status, body, ran.length], [200, { data: { runs: { data: [] } } }, 1]);
  });
});
