import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { getNamedType, isEnumType, isLeafType } from 'graphql';
import { readOperations } from '../../rest-adapter/documents.js';
import { pathParameters } from '../../rest-adapter/route.js';
import { routes } from '../../rest-adapter/routes.js';
import { createSchema } from '../../schema/index.js';
import { everyRow } from '../access/canaries.js';
import { fields } from '../access/fields.js';
import { routes as accessRoutes } from '../access/routes.js';
import { rootFields } from '../access/selection.js';
import { password } from '../support/server.js';
import { nameOf, useDoors, withBody } from './doors.js';

/** What cannot be a value of each type; of others anything can. */
const bad: Record<string, string[]> = {
  UUID: ['42', '', 'undefined', `${randomUUID()}0`, "' or 1=1 --"],
  Int: ['x', '', '1.5', '1e3', '99999999999', '0x1', 'NaN', 'Infinity'],
  DateTime: ['yesterday', '', '2025-13-01', '2025-02-30', '2025-01-28T25:00:00Z', '1738022400000', '2025-1-1'],
  EndDate: ['yesterday', '', '2025-13-01', '2025-02-30', '28.01.2025'],
  enum: ['nonsense', '', 'COMPLETED', '__proto__'],
};
const outside: Record<string, string[]> = { page: ['0', '-1'], limit: ['0', '-1', '101'], after: ['-1'] };

const schema = createSchema();
const typeNamed = (name: string) => (isEnumType(schema.getType(name)) ? 'enum' : name);

describe('bad values', () => {
  const doors = useDoors();

  it('bad ids, pages, limits, enums and dates, and reversed windows of dates are 400, and are named', async () => {
    const operations = readOperations();
    for (const route of routes) {
      const { variables } = operations.get(route.operation)!;
      for (const name of route.query ?? []) {
        const type = variables.get(name)!.type.replace('!', '');
        for (const value of [...(bad[typeNamed(type)] ?? []), ...(outside[name] ?? [])]) await isNamed(route, name, `?${name}=${encodeURIComponent(value)}`);
        if (typeNamed(type) !== 'String') await isNamed(route, name, `?${name}=1&${name}=1`);
      }
      for (const name of pathParameters(route.path)) {
        for (const value of bad.UUID!.filter(Boolean)) await isNamed({ ...route, path: route.path.replace(`:${name}`, encodeURIComponent(value)) }, name);
      }
      if (route.query?.includes('startDate')) await isNamed(route, 'endDate', '?startDate=2025-01-29&endDate=2025-01-28');
    }
  });

  async function isNamed(route: (typeof routes)[number], name: string, query = ''): Promise<void> {
    const { status, json } = await doors.send(route, { query, ...(route.input && { body: {} }) });
    assert.equal(status, 400, `${nameOf(route)}${query}`);
    assert.ok(json.details[name], `${nameOf(route)}${query} does not name ${name}`);
  }

  it('bad ids, pages, limits, enums and dates, and reversed windows of dates are refused by GraphQL, and are named', async () => {
    for (const [key, { name, args, type }] of rootFields(schema)) {
      const kind = key.split('.')[0]!.toLowerCase();
      if (kind === 'subscription') continue;
      for (const arg of args) {
        const ofType = (bad[typeNamed(getNamedType(arg.type).name)] ?? []).map((value) => [{ [arg.name]: value }, arg.name] as const);
        const numbers = (outside[arg.name] ?? []).map((value) => [{ [arg.name]: Number(value) }, arg.name] as const);
        const windows = arg.name === 'endDate' ? [[{ startDate: '2025-01-29', endDate: '2025-01-28' }, 'endDate'] as const] : [];
        for (const [given, wrong] of [...ofType, ...numbers, ...windows]) {
          const row = fields.find((each) => each.name === key && Object.keys(each.given).length === Object.keys({ ...each.given, ...given }).length) ?? fields.find((each) => each.name === key)!;
          const variables: Record<string, unknown> = JSON.parse(JSON.stringify({ ...row.given, ...given }), (_name, value) => doors.world.ids[String(value).slice(1)] ?? value);
          const taken = args.filter((each) => each.name in variables);
          const query = `${kind} (${taken.map((each) => `$${each.name}: ${each.type}`).join(', ')}) { ${name}(${taken.map((each) => `${each.name}: $${each.name}`).join(', ')}) ${isLeafType(getNamedType(type)) ? '' : '{ __typename }'} }`;
          const { json } = await doors.sendGraphql((row.cells.owner === '403' ? doors.world.admin : doors.world.owner).token, { body: { query, variables } });
          const { code, details } = json.errors[0].extensions;
          assert.deepEqual([code, Boolean(details?.[wrong])], ['VALIDATION_ERROR', true], `${key} ${JSON.stringify(given)}: ${json.errors[0].message}`);
        }
      }
    }
  });

  it('fields of a body that are the server’s to say never take effect', async () => {
    const mine = randomUUID();
    const admins = async () => (await everyRow()).get('users')!.filter((row) => row.includes(',admin,')).length;
    const before = await admins();
    const owned = {
      id: mine, ownerId: mine, userId: mine, personaId: mine, uploadedBy: mine, createdAt: '2001-01-01T00:00:00Z', updatedAt: '2001-01-01T00:00:00Z',
      completedAt: '2001-01-01T00:00:00Z', containerId: 'server-owned', passwordHash: 'server-owned', output: 'server-owned', errorMessage: 'server-owned',
      leaseOwner: 'server-owned', isAdmin: true, lastSeq: 999_999,
    };
    for (const route of withBody) {
      const { given } = accessRoutes.find(({ name, given: { body } }) => name === nameOf(route) && body)!;
      const values: Record<string, string> = {
        ...doors.world.ids, otherToolId: doors.world.ids.toolId!, email: doors.world.owner.email, password, newEmail: `${randomUUID()}@example.com`,
        newcomer: doors.world.stranger.email, refreshToken: doors.world.owner.refreshToken,
      };
      const body = JSON.parse(JSON.stringify(given.body), (_key, value) => values[String(value).slice(1)] ?? value);
      const role = route.input?.includes('role') ? {} : { role: 'admin', status: 'completed' };
      const answer = await doors.send(route, { body: { ...owned, ...role, ...body } });
      assert.ok(answer.status < 300 || [403, 409].includes(answer.status), `${nameOf(route)}: ${answer.text}`);
      assert.doesNotMatch(answer.text, new RegExp(`${mine}|server-owned|2001-01-01|999999`), nameOf(route));
      const { status, json } = await doors.send(route, { body: JSON.parse(`{"__proto__": {"ownerId": "${mine}", "role": "admin"}, "constructor": 1}`) });
      assert.ok(status < 500, `${nameOf(route)}: ${JSON.stringify(json)}`);
    }
    const rows = [...(await everyRow())].flatMap(([table, list]) => list.filter((row) => new RegExp(`${mine}|server-owned|2001-01-01|999999`).test(row)).map((row) => `${table}: ${row}`));
    assert.deepEqual(rows, []);
    assert.equal(await admins(), before);
    const query = 'mutation ($input: CreatePersonaInput!) { createPersona(input: $input) { id } }';
    const { json } = await doors.sendGraphql(doors.world.owner.token, { body: { query, variables: { input: { name: 'x', systemPrompt: 'x', ownerId: mine } } } });
    assert.deepEqual(json.errors[0].extensions.details, { ownerId: 'Owner ID is not a known field' });
  });
});
