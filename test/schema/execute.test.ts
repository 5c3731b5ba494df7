import assert from 'node:assert/strict';
import { parse } from 'graphql';
import { createContext } from '../../schema/context.js';
import { prepareOperation, runOperation } from '../../schema/execute.js';
import { createSchema } from '../../schema/index.js';
import { PlatformError } from '../../src/errors.js';
import { setLogLevel } from '../../src/logger.js';
import { useDatabase } from '../support/database.js';
import { addMember, createAgent, createPersona, createViewer, operate, rejectsWith } from '../support/factories.js';

describe('prepareOperation', () => {
  it('refuses a document that does not fit the schema', () => {
    assert.throws(() => prepareOperation(createSchema(), parse('query Bad { nothing }'), 'Bad'), /Bad does not fit the schema: Cannot query field "nothing"/);
  });

  it('refuses a name that the document does not have', () => {
    assert.throws(() => prepareOperation(createSchema(), parse('query Good { me { id } }'), 'Better'), /no operation Better/);
  });
});

describe('runOperation', () => {
  useDatabase();

  it('names every field that is missing, of the wrong type or unknown', async () => {
    const viewer = await createViewer();
    const create = 'mutation ($input: CreatePersonaInput!) { createPersona(input: $input) { id } }';
    await rejectsWith(operate(viewer, create, { input: {} }), 'VALIDATION_ERROR', {
      name: 'Name is required', systemPrompt: 'System prompt is required',
    });
    await rejectsWith(operate(viewer, create, { input: { name: 5, systemPrompt: null, fallbackProviders: [1], ownerId: 'x' } }), 'VALIDATION_ERROR', {
      name: 'Name must be text', systemPrompt: 'System prompt is required', fallbackProviders: 'Fallback providers must be text',
      ownerId: 'Owner ID is not a known field',
    });
    await rejectsWith(operate(viewer, create, {}), 'VALIDATION_ERROR', { input: 'Input is required' });
    await rejectsWith(operate(viewer, create, { input: 'x' }), 'VALIDATION_ERROR', { input: 'Input must be an object' });
  });

  it('names a malformed id, page and flag', async () => {
    const viewer = await createViewer();
    await rejectsWith(operate(viewer, 'query ($id: UUID!) { persona(id: $id) { id } }', { id: 'abc' }), 'VALIDATION_ERROR', { id: 'ID must be a UUID' });
    await rejectsWith(operate(viewer, 'query ($page: Int! = 1) { personas(page: $page) { data { id } } }', { page: '2' }), 'VALIDATION_ERROR', {
      page: 'Page must be a whole number',
    });
    const update = 'mutation ($id: UUID!, $input: UpdatePersonaInput!) { updatePersona(id: $id, input: $input) { id } }';
    await rejectsWith(operate(viewer, update, { id: crypto.randomUUID(), input: { isActive: 'yes' } }), 'VALIDATION_ERROR', {
      isActive: 'Is active must be true or false',
    });
  });

  it('answers nobody with UNAUTHORIZED', async () => {
    await rejectsWith(operate(null, '{ me { id } }'), 'UNAUTHORIZED');
  });

  it('answers a stranger with FORBIDDEN and an unknown id with NOT_FOUND', async () => {
    const persona = await createPersona(await createViewer());
    const stranger = await createViewer();
    const query = 'query ($id: UUID!) { persona(id: $id) { name } }';
    await rejectsWith(operate(stranger, query, { id: persona.id }), 'FORBIDDEN');
    await rejectsWith(operate(stranger, query, { id: crypto.randomUUID() }), 'NOT_FOUND');
  });

  it('gives the data of a query', async () => {
    const viewer = await createViewer({ name: 'Ada' });
    assert.deepEqual(await operate(viewer, '{ me { name role } }'), { me: { name: 'Ada', role: 'user' } });
  });

  it('fills in what the operation and the schema give as defaults', async () => {
    const viewer = await createViewer();
    const query = 'query ($page: Int! = 2) { personas(page: $page) { pagination { page limit } } }';
    assert.deepEqual((await operate(viewer, query)).personas.pagination, { page: 2, limit: 20 });
    const optional = 'query ($page: Int) { personas(page: $page) { pagination { page limit } } }';
    assert.deepEqual((await operate(viewer, optional)).personas.pagination, { page: 1, limit: 20 });
  });

  it('accepts an id in upper case', async () => {
    const viewer = await createViewer();
    const persona = await createPersona(viewer);
    const { persona: found } = await operate(viewer, 'query ($id: UUID!) { persona(id: $id) { id } }', { id: persona.id.toUpperCase() });
    assert.equal(found.id, persona.id);
  });

  it('answers text that the database cannot keep with VALIDATION_ERROR', async () => {
    const viewer = await createViewer();
    const create = 'mutation ($input: CreatePersonaInput!) { createPersona(input: $input) { id } }';
    await rejectsWith(operate(viewer, create, { input: { name: 'a\u0000b', systemPrompt: 'x' } }), 'VALIDATION_ERROR', {
      name: 'Name must not contain the character NUL',
    });
    await rejectsWith(operate(viewer, 'query ($search: String) { personas(search: $search) { data { id } } }', { search: '\u0000' }), 'VALIDATION_ERROR', {
      search: 'Search must not contain the character NUL',
    });
  });

  it('tells nothing of what nobody foresaw', async () => {
    const viewer = await createViewer();
    const broken = new Proxy(createContext(viewer, 'test-request'), {
      get: (context, key) => (key === 'viewer' ? { ...viewer, id: 'not a uuid' } : Reflect.get(context, key)),
    });
    const operation = prepareOperation(createSchema(), parse('query Me { me { id } }'), 'Me');
    setLogLevel('silent');
    await assert.rejects(runOperation(operation, {}, broken), (error: PlatformError) => {
      assert.equal(error.code, 'INTERNAL_ERROR');
      assert.equal(error.message, 'Internal server error');
      return true;
    }).finally(() => setLogLevel('warn'));
  });

  it('gives relations from look-ahead and from loaders alike', async () => {
    const owner = await createViewer();
    const persona = await createPersona(owner, { name: 'Shared' });
    const agent = await createAgent(persona);
    const member = await createViewer();
    await addMember(persona, member, 'viewer');
    const query = 'query ($id: UUID!) { agent(id: $id) { name persona { name viewerRole agents { id createdAt } tools { id } } } }';
    const { agent: found } = await operate(member, query, { id: agent.id });
    assert.deepEqual(found.persona, {
      name: 'Shared', viewerRole: 'viewer', agents: [{ id: agent.id, createdAt: agent.createdAt.toISOString() }], tools: [],
    });
  });
});
