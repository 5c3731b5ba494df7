import assert from 'node:assert/strict';
import { raw } from 'objection';
import { Agent } from '../../../src/agents/agent.model.js';
import { AuditLog } from '../../../src/audit/auditLog.model.js';
import type { Viewer } from '../../../src/auth/viewer.js';
import { onRunsDeleted } from '../../../src/personas/deletions.js';
import { createPersona as makePersona, deletePersona, listPersonas, readPersona, updatePersona } from '../../../src/personas/personas.service.js';
import { listProviders, setProviders } from '../../../src/personas/providerChoice.js';
import { Run } from '../../../src/runs/run.model.js';
import { useDatabase } from '../../support/database.js';
import { addMember, createAgent, createPersona, createViewer, rejectsWith } from '../../support/factories.js';

const all = { id: {}, name: {}, description: {}, systemPrompt: {}, ownerId: {}, ownerName: {}, defaultProvider: {}, fallbackProviders: {}, isActive: {}, viewerRole: {}, createdAt: {}, updatedAt: {} };
const valid = { name: 'Helper', systemPrompt: 'You help.' };
const allowed = 'openai, anthropic, groq, local';

describe('createPersona', () => {
  useDatabase();
  let viewer: Viewer;
  before(async () => {
    viewer = await createViewer();
  });

  it('names blank and overlong fields', async () => {
    await rejectsWith(makePersona(viewer, { name: ' ', systemPrompt: '' }, all), 'VALIDATION_ERROR', {
      name: 'Name is required', systemPrompt: 'System prompt is required',
    });
    await rejectsWith(makePersona(viewer, { ...valid, name: 'x'.repeat(201) }, all), 'VALIDATION_ERROR', { name: 'Name must have at most 200 characters' });
  });

  it('names the providers that are allowed', async () => {
    await rejectsWith(makePersona(viewer, { ...valid, defaultProvider: 'hal' }, all), 'VALIDATION_ERROR', {
      defaultProvider: `Default provider must be one of ${allowed}`,
    });
    await rejectsWith(makePersona(viewer, { ...valid, fallbackProviders: ['hal'] }, all), 'VALIDATION_ERROR', {
      fallbackProviders: `Fallback providers must be among ${allowed}`,
    });
  });

  it('refuses a fallback twice, and the default as its own fallback', async () => {
    await rejectsWith(makePersona(viewer, { ...valid, defaultProvider: 'openai', fallbackProviders: ['groq', 'groq'] }, all), 'VALIDATION_ERROR', {
      fallbackProviders: 'Fallback providers must not name a provider twice',
    });
    await rejectsWith(makePersona(viewer, { ...valid, defaultProvider: 'openai', fallbackProviders: ['openai'] }, all), 'VALIDATION_ERROR', {
      fallbackProviders: 'Fallback providers must not name the default provider',
    });
  });

  it('makes a persona of the viewer, with an audit row', async () => {
    const persona = await makePersona(viewer, { ...valid, description: 'For tests', defaultProvider: 'anthropic', fallbackProviders: ['groq', 'local'] }, all);
    const { id, createdAt, updatedAt, ...rest } = persona;
    assert.deepEqual(rest, {
      ...valid, description: 'For tests', defaultProvider: 'anthropic', fallbackProviders: ['groq', 'local'],
      ownerId: viewer.id, ownerName: viewer.name, isActive: true, viewerRole: 'owner',
    });
    assert.ok(createdAt instanceof Date && updatedAt instanceof Date);
    const audit = await AuditLog.query().findOne({ persona_id: id });
    assert.deepEqual([audit?.eventType, audit?.userId, audit?.personaName], ['persona_created', viewer.id, 'Helper']);
  });

  it('takes the first usable provider when none is named, never local by itself', async () => {
    const before = listProviders();
    try {
      assert.equal((await makePersona(viewer, valid, all)).defaultProvider, 'openai');
      setProviders([
        { name: 'openai', model: 'm', unavailable: 'no key' },
        { name: 'local', model: 'rules', unavailable: null },
        { name: 'groq', model: 'm', unavailable: null },
      ]);
      assert.equal((await makePersona(viewer, valid, all)).defaultProvider, 'groq');
    } finally {
      setProviders(before);
    }
  });
});

describe('updatePersona', () => {
  useDatabase();
  let viewer: Viewer;
  before(async () => {
    viewer = await createViewer();
  });

  it('refuses null and blank where a value must be, and unknown providers', async () => {
    const { id } = await createPersona(viewer);
    await rejectsWith(updatePersona(viewer, id, { name: null, systemPrompt: null, isActive: null }, all), 'VALIDATION_ERROR', {
      name: 'Name is required', systemPrompt: 'System prompt is required', isActive: 'Is active is required',
    });
    await rejectsWith(updatePersona(viewer, id, { name: '  ' }, all), 'VALIDATION_ERROR', { name: 'Name is required' });
    await rejectsWith(updatePersona(viewer, id, { defaultProvider: 'hal' }, all), 'VALIDATION_ERROR', {
      defaultProvider: `Default provider must be one of ${allowed}`,
    });
  });

  it('refuses a default that stays among the fallbacks', async () => {
    const { id } = await createPersona(viewer, { defaultProvider: 'openai', fallbackProviders: ['groq'] });
    await rejectsWith(updatePersona(viewer, id, { defaultProvider: 'groq' }, all), 'VALIDATION_ERROR', {
      fallbackProviders: 'Fallback providers must not name the default provider',
    });
  });

  it('refuses an edit of what was changed meanwhile, says by whom, and overwrites nothing', async () => {
    const other = await createViewer();
    // As the database makes it: with microseconds, of which answers tell the milliseconds.
    const { id, updatedAt: seen } = await createPersona(viewer, { updatedAt: raw(`'2026-01-01T10:00:00.123456Z'`) as never });
    const edit = (who: Viewer, name: string, expectedUpdatedAt: Date) => updatePersona(who, id, { name, expectedUpdatedAt }, all);
    const first = await edit(other, 'First', seen);
    await rejectsWith(edit(viewer, 'Second', seen), 'EDIT_CONFLICT', { updatedAt: first.updatedAt.toISOString(), updatedBy: other.name });
    assert.equal((await readPersona(viewer, id, all)).name, 'First');
    assert.equal((await edit(viewer, 'Second', first.updatedAt)).name, 'Second');
  });

  it('lets one of two simultaneous edits win, even within a millisecond', async () => {
    const { id, updatedAt } = await createPersona(viewer, { updatedAt: new Date(Date.now() + 60_000) });
    const edits = ['A', 'B', 'C'].map((name) => updatePersona(viewer, id, { name, expectedUpdatedAt: updatedAt }, all));
    const ended = await Promise.allSettled(edits);
    assert.deepEqual(ended.map(({ status }) => status).sort(), ['fulfilled', 'rejected', 'rejected']);
  });

  it('names nobody when nobody is known', async () => {
    const { id, updatedAt } = await createPersona(viewer);
    await rejectsWith(updatePersona(viewer, id, { name: 'x', expectedUpdatedAt: new Date(0) }, all), 'EDIT_CONFLICT', {
      updatedAt: updatedAt.toISOString(), updatedBy: null,
    });
  });

  it('changes what is given and nothing else', async () => {
    const persona = await createPersona(viewer, { description: 'old', fallbackProviders: ['groq'] });
    const after = await updatePersona(viewer, persona.id, { description: null, defaultProvider: 'openai' }, all);
    assert.equal(after.description, null);
    assert.equal(after.defaultProvider, 'openai');
    assert.deepEqual([after.name, after.systemPrompt, after.fallbackProviders], [persona.name, persona.systemPrompt, ['groq']]);
    assert.ok(after.updatedAt > persona.updatedAt);
    assert.deepEqual((await AuditLog.query().findOne({ event_type: 'persona_updated', persona_id: persona.id }))?.metadata, {
      fields: ['description', 'defaultProvider'],
    });
  });

  it('writes nothing when nothing is given', async () => {
    const persona = await createPersona(viewer);
    const after = await updatePersona(viewer, persona.id, {}, all);
    assert.deepEqual(after.updatedAt, persona.updatedAt);
    assert.equal(await AuditLog.query().where({ persona_id: persona.id }).resultSize(), 0);
  });

  it('is NOT_FOUND for a persona that has vanished', async () => {
    await rejectsWith(updatePersona(viewer, crypto.randomUUID(), { name: 'x' }, all), 'NOT_FOUND', 'Persona not found');
  });
});

describe('listPersonas', () => {
  useDatabase();
  const page = { data: { name: {} }, pagination: { total: {} } };

  it('refuses pages and limits that cannot be', async () => {
    const viewer = await createViewer();
    await rejectsWith(listPersonas(viewer, { page: 0, limit: 101 }, page), 'VALIDATION_ERROR', {
      page: 'Page must be a whole number of at least 1', limit: 'Limit must be from 1 to 100',
    });
    await rejectsWith(listPersonas(viewer, { page: -1, limit: 20 }, page), 'VALIDATION_ERROR');
    await rejectsWith(listPersonas(viewer, { page: 1, limit: 0 }, page), 'VALIDATION_ERROR', { limit: 'Limit must be from 1 to 100' });
  });

  it('shows a stranger nothing', async () => {
    await createPersona(await createViewer());
    const { data, pagination } = await listPersonas(await createViewer(), { page: 1, limit: 20 }, page);
    assert.deepEqual([data, pagination], [[], { page: 1, limit: 20, total: 0, totalPages: 0 }]);
  });

  it('shows what is owned and what is shared, newest first, page by page', async () => {
    const viewer = await createViewer();
    const other = await createViewer();
    const shared = await createPersona(other, { name: 'Shared' });
    await createPersona(other, { name: 'Not shared' });
    await addMember(shared, viewer, 'viewer');
    for (const name of ['One', 'Two', 'Three']) await createPersona(viewer, { name });
    const names = async (number: number) => {
      const { data, pagination } = await listPersonas(viewer, { page: number, limit: 3 }, page);
      assert.deepEqual([pagination.total, pagination.totalPages], [4, 2]);
      return data.map(({ name }) => name);
    };
    assert.deepEqual(await names(1), ['Three', 'Two', 'One']);
    assert.deepEqual(await names(2), ['Shared']);
    assert.deepEqual(await names(3), []);
  });

  it('finds a part of the name in any case, and takes % and _ as they are', async () => {
    const viewer = await createViewer();
    await createPersona(viewer, { name: 'Sales 100%' });
    await createPersona(viewer, { name: 'Research' });
    const find = async (search: string) => (await listPersonas(viewer, { page: 1, limit: 20, search }, page)).data.map(({ name }) => name);
    assert.deepEqual(await find('SALES'), ['Sales 100%']);
    assert.deepEqual(await find('%'), ['Sales 100%']);
    assert.deepEqual(await find('_'), []);
    assert.deepEqual(await find(''), ['Research', 'Sales 100%']);
  });
});

describe('deletePersona', () => {
  useDatabase();

  it('is NOT_FOUND the second time', async () => {
    const viewer = await createViewer();
    const { id } = await createPersona(viewer);
    await deletePersona(viewer, id);
    await rejectsWith(deletePersona(viewer, id), 'NOT_FOUND', 'Persona not found');
    await rejectsWith(readPersona(viewer, id, all), 'NOT_FOUND');
  });

  it('takes agents and runs with it, keeps the audit, and tells which runs were under way', async () => {
    const viewer = await createViewer();
    const persona = await createPersona(viewer, { name: 'Gone' });
    const agent = await createAgent(persona);
    const insertRun = (status: 'running' | 'completed') =>
      Run.query().insertAndFetch({ agentId: agent.id, personaId: persona.id, userId: viewer.id, input: 'x', status });
    const running = await insertRun('running');
    await insertRun('completed');
    const told: string[][] = [];
    const stop = onRunsDeleted((ids) => told.push(ids));
    await deletePersona(viewer, persona.id);
    stop();
    assert.deepEqual(told, [[running.id]]);
    assert.equal(await Agent.query().where({ persona_id: persona.id }).resultSize(), 0);
    assert.equal(await Run.query().where({ persona_id: persona.id }).resultSize(), 0);
    assert.equal((await AuditLog.query().findOne({ persona_id: persona.id, event_type: 'persona_deleted' }))?.personaName, 'Gone');
  });
});
