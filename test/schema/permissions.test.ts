import assert from 'node:assert/strict';
import { GraphQLObjectType, GraphQLSchema, GraphQLString, parse, subscribe, type ExecutionResult } from 'graphql';
import type { Viewer } from '../../src/auth/viewer.js';
import { createContext } from '../../schema/context.js';
import { createSchema } from '../../schema/index.js';
import { permissions, protect } from '../../schema/permissions/index.js';
import { onPersona } from '../../schema/permissions/rules.js';
import { UuidScalar } from '../../schema/scalars.js';
import { useDatabase } from '../support/database.js';
import { addMember, createPersona, createViewer } from '../support/factories.js';

describe('permissions', () => {
  it('has a rule of its own for every root field, and none for a field that is not there', () => {
    const schema = createSchema();
    for (const type of ['Query', 'Mutation', 'Subscription'] as const) {
      const fields = Object.keys((schema.getType(type) as GraphQLObjectType | undefined)?.getFields() ?? {});
      assert.deepEqual(Object.keys(permissions[type]).sort(), fields.sort(), type);
    }
  });

  it('denies a root field that has no rule, without running it', async () => {
    const ran: string[] = [];
    const field = (name: string) => ({ type: GraphQLString, resolve: () => ran.push(name) });
    const bare = new GraphQLSchema({
      query: new GraphQLObjectType({ name: 'Query', fields: { named: field('query'), unnamed: field('query') } }),
      mutation: new GraphQLObjectType({ name: 'Mutation', fields: { unnamed: field('mutation') } }),
    });
    const schema = protect(bare, { Query: {}, Mutation: {}, Subscription: {} });
    for (const query of ['{ named }', '{ unnamed }', 'mutation { unnamed }']) {
      const { graphql } = await import('graphql');
      const result = await graphql({ schema, source: query, contextValue: createContext(null, 'test') });
      assert.equal(result.errors?.[0]?.message, 'Access denied');
    }
    assert.deepEqual(ran, []);
  });

  it('wraps only root fields', () => {
    const { resolve } = (createSchema().getType('Persona') as GraphQLObjectType).getFields().name!;
    assert.equal(resolve, undefined);
  });
});

describe('guardSubscriptions', () => {
  useDatabase();
  let opened = 0;
  let closed = 0;
  let events: string[] = [];

  /** A subscription whose events are numbers from 1, as long as someone asks. */
  function countingSchema() {
    const counting = async function* () {
      opened += 1;
      try {
        for (let number = 1; ; number += 1) yield String(number);
      } finally {
        closed += 1;
      }
    };
    const args = { personaId: { type: UuidScalar } };
    const field = { type: GraphQLString, args, subscribe: counting, resolve: (event: unknown) => (events.push(String(event)), event) };
    const schema = new GraphQLSchema({
      query: new GraphQLObjectType({ name: 'Query', fields: { nothing: { type: GraphQLString } } }),
      subscription: new GraphQLObjectType({ name: 'Subscription', fields: { watch: field, unruled: field } }),
    });
    return protect(schema, { Query: {}, Mutation: {}, Subscription: { watch: onPersona('viewer', 'personaId') } });
  }

  const open = (viewer: Viewer | null, field: string, personaId: string) =>
    subscribe({
      schema: countingSchema(),
      document: parse(`subscription ($personaId: UUID) { ${field}(personaId: $personaId) }`),
      variableValues: { personaId },
      contextValue: createContext(viewer, 'test'),
    });

  beforeEach(() => {
    opened = closed = 0;
    events = [];
  });

  it('opens no stream for nobody, a stranger, an unknown id, and a field without a rule', async () => {
    const owner = await createViewer();
    const persona = await createPersona(owner);
    const refused = async (viewer: Viewer | null, field: string, id: string, message: string) => {
      const result = (await open(viewer, field, id)) as ExecutionResult;
      assert.equal(result.errors?.[0]?.message, message);
    };
    await refused(null, 'watch', persona.id, 'Authentication required');
    await refused(await createViewer(), 'watch', persona.id, 'Access denied');
    await refused(owner, 'watch', crypto.randomUUID(), 'Persona not found');
    await refused(owner, 'unruled', persona.id, 'Access denied');
    assert.deepEqual([opened, events], [0, []]);
  });

  it('ends the stream of a member who was removed, before the next event', async () => {
    const persona = await createPersona(await createViewer());
    const member = await createViewer();
    const membership = await addMember(persona, member, 'viewer');
    const stream = (await open(member, 'watch', persona.id)) as AsyncGenerator<ExecutionResult>;
    assert.deepEqual({ ...(await stream.next()).value.data }, { watch: '1' });
    await membership.$query().delete();
    const now = Date.now;
    try {
      // The answer of a moment ago no longer holds.
      Date.now = () => now() + 60_000;
      await assert.rejects(stream.next(), /Access denied/);
    } finally {
      Date.now = now;
    }
    assert.deepEqual([events, closed], [['1'], 1]);
  });
});
