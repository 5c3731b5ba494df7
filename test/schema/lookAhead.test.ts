import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { execute, parse, type GraphQLResolveInfo } from 'graphql';
import { GraphQLObjectType, GraphQLSchema, GraphQLString } from 'graphql';
import { selectionOf } from '../../schema/lookAhead.js';
import type { Selection } from '../../src/reading.js';
import { readRows, type Reading } from '../../src/reading.js';
import { useDatabase } from '../support/database.js';
import { addMember, countStatements, createAgent, createPersona, createViewer, operate } from '../support/factories.js';

describe('selectionOf', () => {
  const seen: Selection[] = [];
  const thing: GraphQLObjectType = new GraphQLObjectType({
    name: 'Thing',
    fields: () => ({ a: { type: GraphQLString }, b: { type: GraphQLString }, below: { type: thing } }),
  });
  const resolve = (_root: unknown, _args: unknown, _context: unknown, info: GraphQLResolveInfo) => void seen.push(selectionOf(info));
  const schema = new GraphQLSchema({ query: new GraphQLObjectType({ name: 'Query', fields: { thing: { type: thing, resolve } } }) });

  function selectionIn(text: string, variableValues = {}, document = parse(text)): Selection {
    seen.length = 0;
    execute({ schema, document, variableValues });
    return seen[0]!;
  }

  it('merges fragments, inline fragments and repeated fields', () => {
    assert.deepEqual(selectionIn('{ thing { a ...F ... on Thing { below { b } } } } fragment F on Thing { below { a __typename } }'), {
      a: {}, below: { b: {}, a: {} },
    });
    assert.deepEqual(selectionIn('{ thing { a } thing { below { a } } }'), { a: {}, below: { a: {} } });
  });

  it('goes by the name of the field, not by its alias', () => {
    assert.deepEqual(selectionIn('{ x: thing { y: a } }'), { a: {} });
  });

  it('counts what @include may leave out, and is not misled by it the next time', () => {
    const text = 'query ($more: Boolean!) { thing { a b @include(if: $more) } thing @include(if: $more) { below { a } } }';
    const document = parse(text);
    assert.deepEqual(selectionIn(text, { more: false }, document), { a: {}, b: {} });
    assert.deepEqual(selectionIn(text, { more: true }, document), { a: {}, b: {}, below: { a: {} } });
  });

  it('gives the same object for the same node', () => {
    const document = parse('{ thing { a } }');
    assert.equal(selectionIn('', {}, document), selectionIn('', {}, document));
  });
});

describe('readRows', () => {
  useDatabase();
  const reading: Reading = {
    name: 'test_users',
    shape: { always: ['id'], fields: { id: 'u.id', name: 'u.name', broken: { sql: 'x.nothing', join: 'join missing x on true' }, since: ':since::text' } },
    from: 'users u',
    tail: 'where u.id = :id',
  };

  it('selects only what is asked for', async () => {
    const { id, name } = await createViewer();
    assert.deepEqual(await readRows(reading, { name: {} }, { id }), [{ id, name }]);
    assert.deepEqual(await readRows(reading, { unknown: {} }, { id }), [{ id }]);
    await assert.rejects(readRows(reading, { broken: {} }, { id }), /missing/);
  });

  it('binds a parameter wherever its name stands', async () => {
    const { id } = await createViewer();
    assert.deepEqual(await readRows(reading, { since: {} }, { id, since: "o'clock" }), [{ id, since: "o'clock" }]);
  });
});

describe('look-ahead', () => {
  useDatabase();

  it('reads a page of personas with agents, tools and owners by one statement, however many there are', async () => {
    const viewer = await createViewer();
    const query = '{ personas(limit: 20) { data { id ownerName viewerRole agents { name persona { name } } tools { toolName } } pagination { total } } }';
    const add = async (count: number) => {
      for (let made = 0; made < count; made += 1) {
        const persona = await createPersona(viewer);
        await createAgent(persona);
        await createAgent(persona);
      }
    };
    await add(1);
    const ofOne = await countStatements(() => operate(viewer, query));
    await add(19);
    let page: any;
    const ofTwenty = await countStatements(async () => (page = await operate(viewer, query)));
    assert.equal(page.personas.data.length, 20);
    assert.ok(page.personas.data.every(({ agents }: any) => agents.length === 2));
    // One for the page, one for the personas that the agents lead back to.
    assert.deepEqual([ofOne, ofTwenty], [2, 2]);
  });

  it('asks once for the access of one request', async () => {
    const owner = await createViewer();
    const persona = await createPersona(owner);
    const member = await createViewer();
    await addMember(persona, member, 'viewer');
    const query = 'query ($id: UUID!) { a: persona(id: $id) { id } b: agents(personaId: $id) { id } c: personaTools(personaId: $id) { id } }';
    assert.equal(await countStatements(() => operate(member, query, { id: persona.id })), 4);
  });

  it('gives the same from rows as from the database', async () => {
    const viewer = await createViewer({ name: `Ünï ${randomUUID()}` });
    const persona = await createPersona(viewer, { description: 'a "quoted" \\ text' });
    const { persona: found } = await operate(viewer, 'query ($id: UUID!) { persona(id: $id) { description ownerName createdAt fallbackProviders } }', { id: persona.id });
    assert.deepEqual(found, {
      description: persona.description, ownerName: viewer.name, createdAt: persona.createdAt.toISOString(), fallbackProviders: [],
    });
  });
});
