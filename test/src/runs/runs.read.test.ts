import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { Agent } from '../../../src/agents/agent.model.js';
import type { Viewer } from '../../../src/auth/viewer.js';
import type { Persona } from '../../../src/personas/persona.model.js';
import { Run } from '../../../src/runs/run.model.js';
import { listRuns, type RunFilter } from '../../../src/runs/runs.read.js';
import { useDatabase } from '../../support/database.js';
import { addMember, createAgent, createPersona, createViewer } from '../../support/factories.js';

describe('listRuns', () => {
  useDatabase();
  let viewer: Viewer;
  let own: Persona;
  let shared: Persona;
  let agents: Agent[];

  /** The first run is the oldest. */
  const runNames = ['a', 'b', 'c', 'd', 'e', 'f'];

  before(async () => {
    viewer = await createViewer();
    const owner = await createViewer();
    own = await createPersona(viewer);
    shared = await createPersona(owner);
    const foreign = await createPersona(owner);
    await addMember(shared, viewer, 'viewer');
    // Someone may be a member of what is theirs; their runs still count once.
    await addMember(own, viewer, 'editor');
    agents = [await createAgent(own), await createAgent(own), await createAgent(shared)];
    for (const [i, input] of runNames.entries()) {
      const agent = agents[i % 3]!;
      await Run.query().insert({
        agentId: agent.id, personaId: agent.personaId, userId: viewer.id, input, status: i < 4 ? 'completed' : 'failed', createdAt: new Date(1e12 + i),
      });
    }
    const other = await createAgent(foreign);
    await Run.query().insert({ agentId: other.id, personaId: foreign.id, userId: owner.id, input: 'foreign' });
  });

  async function list(filter: RunFilter = {}, page = 1, limit = 20) {
    const { data, pagination } = await listRuns(viewer, { page, limit, ...filter }, { data: { input: {} }, pagination: { total: {} } });
    return { runs: data.map((run) => (run as Partial<Run>).input).join(''), total: pagination.total };
  }

  it('shows a stranger none', async () => {
    const { data, pagination } = await listRuns(await createViewer(), { page: 1, limit: 20 }, { data: {} });
    assert.deepEqual([data, pagination.total], [[], 0]);
  });

  it('gives the newest of all personas first, in pages', async () => {
    assert.deepEqual(await list(), { runs: 'fedcba', total: 6 });
    assert.deepEqual(await list({}, 1, 4), { runs: 'fedc', total: 6 });
    assert.deepEqual(await list({}, 2, 4), { runs: 'ba', total: 6 });
  });

  it('tells the total behind the last page', async () => {
    assert.deepEqual(await list({}, 9, 4), { runs: '', total: 6 });
    assert.deepEqual(await list({ status: 'failed' }, 2), { runs: '', total: 2 });
  });

  it('takes each filter, and all of them at once', async () => {
    assert.deepEqual(await list({ personaId: own.id }), { runs: 'edba', total: 4 });
    assert.deepEqual(await list({ agentId: agents[0]!.id }), { runs: 'da', total: 2 });
    assert.deepEqual(await list({ status: 'failed' }), { runs: 'fe', total: 2 });
    assert.deepEqual(await list({ personaId: own.id, agentId: agents[1]!.id, status: 'failed' }), { runs: 'e', total: 1 });
    assert.deepEqual(await list({ personaId: null, agentId: null, status: null }, 1, 1), { runs: 'f', total: 6 });
  });

  it('finds nothing where filters exclude each other or name what is not there', async () => {
    assert.deepEqual(await list({ personaId: shared.id, agentId: agents[0]!.id }), { runs: '', total: 0 });
    assert.deepEqual(await list({ agentId: randomUUID() }), { runs: '', total: 0 });
  });
});
