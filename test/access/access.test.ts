import assert from 'node:assert/strict';
import { routes as restRoutes } from '../../rest-adapter/routes.js';
import { createSchema } from '../../schema/index.js';
import { type GraphqlServer, startGraphqlServer } from '../support/graphqlServer.js';
import { useServer } from '../support/server.js';
import { AccessWorld } from './accessWorld.js';
import { type Ask, askGraphql, askLive, askRest } from './ask.js';
import { canariesIn, everyRow } from './canaries.js';
import { fields } from './fields.js';
import { liveRows, routes } from './routes.js';
import { expected, people, type Person, type Row, type What, whats } from './row.js';
import { rootFields } from './selection.js';

/** Columns that nobody is shown, not even the owner. */
const secret = [
  'connectors.secrets', 'documents.sha256', 'idempotency_keys.body', 'idempotency_keys.key_hash', 'idempotency_keys.request_hash',
  'refresh_tokens.token_hash', 'runs.lease_owner', 'runs.traceparent', 'socket_tickets.ticket_hash', 'users.password_hash',
];

/** What an admin is shown of everyone: accounts, and the audit log, which keeps the names of personas. */
const openToAdmins = /^(users\.(email|name)|audit_logs\.\w+|audit_chain\.\w+|personas\.name)$/;

const schema = createSchema();
const schemaFields = rootFields(schema);
const given = (rows: Row[], wanted: string) => rows.filter(({ name }) => name === wanted).flatMap((row) => Object.keys({ ...row.given, ...(row.given.query as object) }));
const namesOf = (rows: Row[]) => [...new Set(rows.map(({ name }) => name))].sort();

describe('access matrix', () => {
  const server = useServer();
  let graphql: GraphqlServer;
  let world: AccessWorld;
  /** The marked columns of ours that someone was shown who may see them. */
  const shown = new Set<string>();

  before('make two personas, and everyone who asks for what they have', async function () {
    this.timeout(60_000);
    graphql = await startGraphqlServer(schema);
    world = await new AccessWorld(server).make();
  });
  after(() => graphql?.close());

  it('has a row for every root field of the schema, and for each of its arguments', () => {
    assert.deepEqual(namesOf(fields), [...schemaFields.keys()].sort());
    const missing = [...schemaFields].flatMap(([name, { args }]) => args.filter((arg) => !given(fields, name).includes(arg.name)).map((arg) => `${name}(${arg.name})`));
    assert.deepEqual(missing, []);
  });

  it('has a row for every REST route, and for each parameter of its query string', () => {
    assert.deepEqual(namesOf(routes), restRoutes.map(({ method, path }) => `${method} ${path}`).sort());
    const missing = restRoutes.flatMap(({ method, path, query = [] }) => query.filter((name) => !given(routes, `${method} ${path}`).includes(name)).map((name) => `${method} ${path}?${name}`));
    assert.deepEqual(missing, []);
  });

  it('has a canary in every column of the database that can hold text', () => {
    assert.deepEqual(world.without, []);
    assert.ok(world.planted.length > 50, String(world.planted));
  });

  describe('lists', () => {
    const lists = namesOf(routes.filter(({ given: { query } }) => query && 'page' in (query as object)));

    for (const name of lists) {
      it(`${name} never widens by a filter`, async () => {
        const [whole, ...filtered] = routes.filter((row) => row.name === name).map((row) => ({ ...row, given: { query: { ...(row.given.query as object), limit: 100 } } }));
        for (const person of people.filter((one) => expected(whole!, one, 'own') === 'ok')) {
          const all = await list(whole!, person);
          assert.equal(all.length, new Set(all).size);
          for (const row of filtered) assert.deepEqual((await list(row, person)).filter((id) => !all.includes(id)), [], `${person} ${JSON.stringify(row.given)}`);
        }
      });
    }

    /** The ids of a list's entries, which are all that it counts; none where it is refused. */
    async function list(row: Row, person: Person): Promise<string[]> {
      const { outcome, json } = await askRest(server)(row, await world.token(person, row), await world.values('own', false, row));
      if (outcome !== 'ok') return [];
      assert.equal(json.pagination.total, json.data.length);
      return json.data.map(({ id }: { id: string }) => id);
    }
  });

  const rows = (list: Row[], ask: () => Ask) => {
    for (const row of list) {
      it(`${row.name} ${JSON.stringify(row.given)}`, async function () {
        this.timeout(60_000);
        const faults: string[] = [];
        for (const person of people) for (const what of whats) faults.push(...(await faultsOf(row, person, what, ask())));
        assert.deepEqual(faults, []);
      });
    }
  };

  /** What is wrong with what someone gets; nothing when it is as the row says, and shows nothing that is not theirs to see. */
  async function faultsOf(row: Row, person: Person, what: What, ask: Ask): Promise<string[]> {
    const wanted = expected(row, person, what);
    if (!wanted) return [];
    const token = await world.token(person, row);
    const { outcome, text } = await ask(row, token, await world.values(what, wanted === 'ok', row));
    const found = canariesIn(text);
    const isOurs = ['viewer', 'editor', 'owner'].includes(person) && wanted === 'ok';
    const isOpen = (column: string) => person === 'admin' && openToAdmins.test(column);
    const leaks = found.filter(({ whose, column }) => !(whose === 'ours' && isOurs) && !isOpen(column));
    for (const { whose, column } of found) if (whose === 'ours' && isOurs) shown.add(column);
    const title = `${person} asks for ${what}:`;
    return [
      ...(outcome === wanted ? [] : [`${title} ${outcome} instead of ${wanted}`]),
      ...new Set(leaks.map(({ whose, column }) => `${title} is shown ${column} of ${whose}`)),
    ];
  }

  describe('GraphQL', () => rows(fields, () => askGraphql(graphql, schemaFields)));
  describe('REST', () => rows(routes, () => askRest(server)));
  describe('/ws', () => rows(liveRows, () => askLive(server)));

  describe('afterwards', () => {
    it('shows each column to someone who may see it, so that its canary would be noticed elsewhere; but the secret ones to nobody', () => {
      assert.deepEqual([...shown].sort(), world.planted.filter((column) => !secret.includes(column)));
    });

    it('leaves everything of the foreign persona as it was', async () => {
      const now = await everyRow();
      // An admin may change users.
      world.theirRows.delete('users');
      for (const [table, rows] of world.theirRows) assert.deepEqual(rows.filter((row) => !now.get(table)!.includes(row)), [], table);
    });
  });
});
