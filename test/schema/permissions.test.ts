import assert from 'node:assert/strict';
import { GraphQLObjectType, GraphQLSchema, GraphQLString, parse, subscribe, type ExecutionResult } from 'graphql';
import type { Viewer } from '../../src/auth/viewer.js';
import { knex } from '../../src/db.js';
import { createContext } from '../../schema/context.js';
import { createSchema } from '../../schema/index.js';
import { permissions, protect } from '../../schema/permissions/index.js';
import { onPersona } from '../../schema/permissions/rules.js';
import { UuidScalar } from '../../schema/scalars.js';
import { useMemory } from '../../src/memory/documentFiles.js';
import { syncTools } from '../../src/tools/syncTools.js';
import { ToolRow } from '../../src/tools/tool.model.js';
import { temporaryFolder, useDatabase } from '../support/database.js';
import { addMember, createAgent, createDocument, createPersona, createViewer, operate, rejectsWith } from '../support/factories.js';

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

describe('permissions by role', () => {
  useDatabase();
  const people: Record<'nobody' | 'stranger' | 'viewer' | 'editor' | 'owner', Viewer | null> = {
    nobody: null, stranger: null, viewer: null, editor: null, owner: null,
  };
  const ids: Record<string, string> = {};

  before(async () => {
    useMemory({ folder: await temporaryFolder(), maxUploadBytes: 1000 });
    await syncTools();
    const owner = await createViewer();
    const persona = await createPersona(owner);
    Object.assign(people, { owner, stranger: await createViewer(), viewer: await createViewer(), editor: await createViewer() });
    await addMember(persona, people.viewer!, 'viewer');
    await addMember(persona, people.editor!, 'editor');
    ids.persona = persona.id;
    ids.agent = (await createAgent(persona)).id;
    ids.document = (await createDocument(persona)).id;
    ids.tool = (await ToolRow.query().findOne({ name: 'read_file' }))!.id;
  });

  type Access = 'everyone signed in' | 'viewer' | 'editor' | 'owner';
  const cases: [field: string, text: string, access: Access][] = [
    ['me', '{ me { id } }', 'everyone signed in'],
    ['personas', '{ personas { data { id } } }', 'everyone signed in'],
    ['createPersona', 'mutation { createPersona(input: { name: "x", systemPrompt: "x" }) { id } }', 'everyone signed in'],
    ['tools', '{ tools { data { id } } }', 'everyone signed in'],
    ['tool', 'query ($tool: UUID!) { tool(id: $tool) { id } }', 'everyone signed in'],
    ['providers', '{ providers { name isConfigured } }', 'everyone signed in'],
    ['persona', 'query ($persona: UUID!) { persona(id: $persona) { id } }', 'viewer'],
    ['agents', 'query ($persona: UUID!) { agents(personaId: $persona) { id } }', 'viewer'],
    ['agent', 'query ($agent: UUID!) { agent(id: $agent) { id } }', 'viewer'],
    ['personaTools', 'query ($persona: UUID!) { personaTools(personaId: $persona) { id } }', 'viewer'],
    ['documents', 'query ($persona: UUID!) { documents(personaId: $persona) { data { id } } }', 'viewer'],
    ['searchMemory', 'query ($persona: UUID!) { searchMemory(personaId: $persona, query: "x") { chunkId } }', 'viewer'],
    ['deleteDocument', 'mutation ($persona: UUID!, $document: UUID!) { deleteDocument(personaId: $persona, documentId: $document) }', 'editor'],
    ['updatePersona', 'mutation ($persona: UUID!) { updatePersona(id: $persona, input: { description: "x" }) { id } }', 'editor'],
    ['createAgent', 'mutation ($persona: UUID!) { createAgent(personaId: $persona, input: { name: "x" }) { id } }', 'editor'],
    ['updateAgent', 'mutation ($agent: UUID!) { updateAgent(id: $agent, input: { name: "x" }) { id } }', 'editor'],
    ['deleteAgent', 'mutation ($agent: UUID!) { deleteAgent(id: $agent) }', 'editor'],
    ['enablePersonaTool', 'mutation ($persona: UUID!, $tool: UUID!) { enablePersonaTool(personaId: $persona, input: { toolId: $tool }) { id } }', 'editor'],
    ['updatePersonaTool', 'mutation ($persona: UUID!, $tool: UUID!) { updatePersonaTool(personaId: $persona, toolId: $tool, input: { isEnabled: false }) { id } }', 'editor'],
    ['deletePersona', 'mutation ($persona: UUID!) { deletePersona(id: $persona) }', 'owner'],
  ];
  const order = ['stranger', 'viewer', 'editor', 'owner'] as const;
  const least = { 'everyone signed in': 0, viewer: 1, editor: 2, owner: 3 };

  for (const [field, text, access] of cases) {
    it(`${field} is for ${access}`, async () => {
      const used = Object.fromEntries(Object.entries(ids).filter(([name]) => text.includes(`$${name}`)));
      await rejectsWith(operate(null, text, used), 'UNAUTHORIZED');
      for (const who of order.slice(0, least[access])) await rejectsWith(operate(people[who]!, text, used), 'FORBIDDEN', 'Access denied');
      const unknown = Object.fromEntries(Object.keys(used).map((name) => [name, crypto.randomUUID()]));
      if (Object.keys(used).length > 0) await rejectsWith(operate(people.owner!, text, unknown), 'NOT_FOUND');
      const { allowed } = await restoring(() => operate(people[order[least[access]]!]!, text, used).then(() => ({ allowed: true })));
      assert.ok(allowed);
    });
  }

  /** What a mutation deleted is there again for the next. */
  async function restoring<T>(work: () => Promise<T>): Promise<T> {
    const tables = ['personas', 'persona_members', 'agents'];
    const rows = await Promise.all(tables.map((table) => knex()(table)));
    const result = await work();
    for (const [index, table] of tables.entries()) {
      const written = rows[index]!.map((row) => ({ ...row, ...(row.fallback_providers && { fallback_providers: JSON.stringify(row.fallback_providers) }) }));
      await knex()(table).insert(written).onConflict('id').ignore();
    }
    return result;
  }
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
