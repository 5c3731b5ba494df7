import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { rename, rm, utimes } from 'node:fs/promises';
import { deleteAgent } from '../../../src/agents/agents.service.js';
import type { Viewer } from '../../../src/auth/viewer.js';
import { knex } from '../../../src/db.js';
import { deletePersona } from '../../../src/personas/personas.service.js';
import { Artifact } from '../../../src/runs/artifact.model.js';
import { removeArtifacts } from '../../../src/runs/artifactRemovals.js';
import { ArtifactStore } from '../../../src/runs/artifactStore.js';
import { Run } from '../../../src/runs/run.model.js';
import { RunStep } from '../../../src/runs/runStep.model.js';
import { useDatabase } from '../../support/database.js';
import { createAgent, createPersona, createViewer } from '../../support/factories.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';

describe('removeArtifacts', () => {
  useDatabase();
  let viewer: Viewer;
  let folder: string;
  let store: ArtifactStore;
  before(async () => {
    folder = await temporaryFolder();
    store = new ArtifactStore(folder);
  });
  beforeEach(async () => {
    viewer = await createViewer();
  });
  after(() => rm(folder, { recursive: true, force: true }));
  const isThere = (sha256: string) => existsSync(store.pathOf(sha256));
  const age = (sha256: string) => utimes(store.pathOf(sha256), new Date(0), new Date(0));

  /** A persona with an agent whose run made a file of this text, long ago. */
  async function make(text: string) {
    const persona = await createPersona(viewer);
    const agent = await createAgent(persona);
    const run = await Run.query().insertAndFetch({ agentId: agent.id, personaId: persona.id, userId: viewer.id, input: 'x', status: 'completed' });
    const step = await RunStep.query().insertAndFetch({ runId: run.id, stepNumber: 1, stepType: 'tool_call', status: 'completed', input: {} });
    const sha256 = await store.keep(Buffer.from(text));
    await Artifact.query().insert({ runId: run.id, stepId: step.id, name: 'a.txt', filePath: '/workspace/a.txt', fileSize: 1, mimeType: 'text/plain', sha256 });
    await age(sha256);
    return { persona, agent, sha256 };
  }
  const notes = async () => Number((await knex()('artifact_removals').count('* as count').first())!.count);

  it('leaves bytes that another artifact names until that is gone too, and what nobody has deleted', async () => {
    const [one, other, untouched] = [await make('shared'), await make('shared'), await make('untouched')];
    const stray = await store.keep(Buffer.from('of another database'));
    await age(stray);
    await deletePersona(viewer, one.persona.id);
    assert.equal(await removeArtifacts(store), 0);
    assert.ok(isThere(one.sha256));
    await deletePersona(viewer, other.persona.id);
    assert.equal(await removeArtifacts(store), 1);
    assert.deepEqual([isThere(one.sha256), isThere(untouched.sha256), isThere(stray), await notes()], [false, true, true, 0]);
  });

  it('removes those of a deleted agent', async () => {
    const { agent, sha256 } = await make('of an agent');
    await deleteAgent(viewer, agent.id);
    assert.equal(await removeArtifacts(store), 1);
    assert.ok(!isThere(sha256));
  });

  it('lets bytes be that somebody has just kept again, and comes back to them', async () => {
    const { persona, sha256 } = await make('kept again');
    await deletePersona(viewer, persona.id);
    await store.keep(Buffer.from('kept again')); // by a worker that has not committed yet
    assert.equal(await removeArtifacts(store), 0);
    assert.deepEqual([isThere(sha256), await notes()], [true, 1]);
    await knex()('artifact_removals').update({ due_at: new Date(0) });
    await age(sha256);
    assert.equal(await removeArtifacts(store), 1);
    assert.deepEqual([isThere(sha256), await notes()], [false, 0]);
  });

  it('finishes what a crash has left: a note whose file is gone, or aside', async () => {
    const [gone, aside] = [await make('gone'), await make('aside')];
    for (const { persona } of [gone, aside]) await deletePersona(viewer, persona.id);
    await rm(store.pathOf(gone.sha256));
    await rename(store.pathOf(aside.sha256), `${store.pathOf(aside.sha256)}.removing`);
    const [named, other] = [await make('named'), await make('named')];
    await deletePersona(viewer, other.persona.id);
    await rename(store.pathOf(named.sha256), `${store.pathOf(named.sha256)}.removing`);
    assert.equal(await removeArtifacts(store), 1);
    assert.ok(isThere(named.sha256));
    assert.deepEqual([await notes(), existsSync(`${store.pathOf(aside.sha256)}.removing`)], [0, false]);
  });
});
