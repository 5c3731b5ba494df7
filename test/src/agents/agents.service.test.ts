import assert from 'node:assert/strict';
import { createAgent as makeAgent, deleteAgent, listAgents, readAgent, updateAgent } from '../../../src/agents/agents.service.js';
import { AuditLog } from '../../../src/audit/auditLog.model.js';
import type { Viewer } from '../../../src/auth/viewer.js';
import { onRunsDeleted } from '../../../src/personas/deletions.js';
import type { Persona } from '../../../src/personas/persona.model.js';
import { Run } from '../../../src/runs/run.model.js';
import { useDatabase } from '../../support/database.js';
import { createAgent, createPersona, createViewer, rejectsWith } from '../../support/factories.js';

const all = { id: {}, name: {}, description: {}, systemPromptOverride: {}, preferredProvider: {}, isActive: {}, updatedAt: {} };

describe('agents', () => {
  useDatabase();
  let viewer: Viewer;
  let persona: Persona;
  before(async () => {
    viewer = await createViewer();
    persona = await createPersona(viewer);
  });

  it('createAgent names a blank name and an unknown provider', async () => {
    await rejectsWith(makeAgent(viewer, persona.id, { name: ' ' }, all), 'VALIDATION_ERROR', { name: 'Name is required' });
    await rejectsWith(makeAgent(viewer, persona.id, { name: 'A', preferredProvider: 'hal' }, all), 'VALIDATION_ERROR', {
      preferredProvider: 'Preferred provider must be one of openai, anthropic, groq, local',
    });
  });

  it('createAgent is NOT_FOUND for a persona that has vanished', async () => {
    await rejectsWith(makeAgent(viewer, crypto.randomUUID(), { name: 'A' }, all), 'NOT_FOUND', 'Persona not found');
  });

  it('createAgent gives the persona an agent, with an audit row', async () => {
    const agent = await makeAgent(viewer, persona.id, { name: 'Mail', description: 'Reads', systemPromptOverride: 'You read.', preferredProvider: 'groq' }, all);
    const { id, updatedAt, ...rest } = agent;
    assert.deepEqual(rest, {
      personaId: persona.id, name: 'Mail', description: 'Reads', systemPromptOverride: 'You read.', preferredProvider: 'groq', isActive: true,
    });
    assert.ok(updatedAt instanceof Date);
    const audit = await AuditLog.query().findOne({ event_type: 'agent_created' });
    assert.deepEqual([audit?.personaId, audit?.metadata.agentId], [persona.id, id]);
  });

  it('updateAgent refuses null where a value must be, and changes only what is given', async () => {
    const agent = await createAgent(persona, { description: 'old', preferredProvider: 'groq' });
    await rejectsWith(updateAgent(viewer, agent.id, { name: null, isActive: null }, all), 'VALIDATION_ERROR', {
      name: 'Name is required', isActive: 'Is active is required',
    });
    const after = await updateAgent(viewer, agent.id, { isActive: false, preferredProvider: null }, all);
    assert.deepEqual([after.isActive, after.preferredProvider, after.description, after.name], [false, null, 'old', agent.name]);
    await rejectsWith(updateAgent(viewer, crypto.randomUUID(), { name: 'x' }, all), 'NOT_FOUND', 'Agent not found');
  });

  it('updateAgent refuses an edit of what was changed meanwhile, says by whom, and overwrites nothing', async () => {
    const other = await createViewer();
    const agent = await createAgent(persona);
    const first = await updateAgent(other, agent.id, { name: 'First', expectedUpdatedAt: agent.updatedAt }, all);
    await updateAgent(viewer, (await createAgent(persona)).id, { name: 'Another agent' }, all);
    await rejectsWith(updateAgent(viewer, agent.id, { name: 'Second', expectedUpdatedAt: agent.updatedAt }, all), 'EDIT_CONFLICT', {
      updatedAt: first.updatedAt.toISOString(), updatedBy: other.name,
    });
    assert.equal((await readAgent(viewer, agent.id, all)).name, 'First');
  });

  it('listAgents gives the oldest first', async () => {
    const other = await createPersona(viewer);
    for (const name of ['B', 'A', 'C']) await createAgent(other, { name });
    assert.deepEqual((await listAgents(viewer, other.id, { name: {} })).map(({ name }) => name), ['B', 'A', 'C']);
  });

  it('deleteAgent takes its runs with it and tells which were under way', async () => {
    const agent = await createAgent(persona);
    const run = await Run.query().insertAndFetch({ agentId: agent.id, personaId: persona.id, userId: viewer.id, input: 'x' });
    const told: string[][] = [];
    const stop = onRunsDeleted((ids) => told.push(ids));
    await deleteAgent(viewer, agent.id);
    stop();
    assert.deepEqual(told, [[run.id]]);
    await rejectsWith(readAgent(viewer, agent.id, all), 'NOT_FOUND', 'Agent not found');
    await rejectsWith(deleteAgent(viewer, agent.id), 'NOT_FOUND');
  });
});
