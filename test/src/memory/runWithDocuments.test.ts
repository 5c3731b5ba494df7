import assert from 'node:assert/strict';
import { readFile, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { closeEmbeddings } from '../../../src/embeddings/embeddings.js';
import { storeStream, useMemory } from '../../../src/memory/documentFiles.js';
import { claimDocument } from '../../../src/memory/documentLease.js';
import { addDocument } from '../../../src/memory/memory.service.js';
import { readText } from '../../../src/memory/parsing/readDocument.js';
import { processDocument } from '../../../src/memory/processDocument.js';
import { createLocalProvider } from '../../../src/providers/local/index.js';
import { queue } from '../../../src/queue/queue.js';
import { Artifact } from '../../../src/runs/artifact.model.js';
import { render } from '../../../src/tools/office/render.js';
import { findBuiltin } from '../../../src/tools/registry.js';
import type { Worker } from '../../../src/worker/worker.js';
import { useDatabase } from '../../support/database.js';
import { engine, makeAgent, newRun, readRun, readSteps } from '../../support/engine.js';
import { eventually } from '../../support/eventually.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';

describe('a run with documents', function () {
  this.timeout(60_000);
  useDatabase();
  const signal = new AbortController().signal;
  const tools = ['search_memory', 'remember', 'generate_powerpoint'].map((name) => findBuiltin(name)!);
  let world: Awaited<ReturnType<typeof makeAgent>>;
  let prepared: Awaited<ReturnType<typeof engine>>;
  let worker: Worker;
  let folder: string;

  before(async () => {
    folder = await temporaryFolder();
    useMemory({ folder, maxUploadBytes: 1_000_000 });
    world = await makeAgent(tools, { defaultProvider: 'local' });
    const sections = [
      { heading: 'Goals', content: 'Project Atlas moves 42 branch offices to heat pumps by June 2027.' },
      { heading: 'Budget', content: 'The budget of Project Atlas is 3.4 million euros, of which 1.1 million are spent.' },
    ];
    const { bytes } = await render('pdf', { title: 'Project Atlas Status', sections }, signal);
    const { persona, user } = world;
    await addDocument(user, { personaId: persona.id, name: 'Atlas Status.pdf', source: 'upload', kind: 'pdf', bytes: await storeStream(Readable.from([Buffer.from(bytes)])) });
    await processDocument((await claimDocument())!, signal);
    prepared = await engine([createLocalProvider()], tools);
    worker = prepared.startWorker();
  });
  after(async () => {
    await worker.stop();
    await closeEmbeddings();
    await rm(folder, { recursive: true });
  });

  async function carryOut(input: string) {
    const { id } = await newRun(world, input);
    await queue().wake(id);
    const run = await eventually(async () => {
      const found = await readRun(id);
      return found.status !== 'pending' && found.status !== 'running' && found;
    });
    assert.equal(run.status, 'completed', run.errorMessage ?? '');
    return { run, tools: (await readSteps(id)).flatMap(({ toolName }) => toolName ?? []) };
  }

  it('answers a question from them, with document and page', async () => {
    const { run, tools } = await carryOut('What is the budget of Project Atlas?');
    assert.deepEqual(tools, ['search_memory']);
    assert.match(run.output!, /3\.4 million euros.*\(source: Atlas Status\.pdf, page 1\)/);
  });

  it('makes a presentation that carries their facts, and says where they are from', async () => {
    const { run, tools } = await carryOut('Create a presentation about Project Atlas');
    assert.deepEqual(tools, ['search_memory', 'generate_powerpoint']);
    const { sha256 } = await Artifact.query().findOne({ run_id: run.id }).throwIfNotFound();
    const { text } = await readText(await readFile(prepared.work.files.artifacts.pathOf(sha256)), signal);
    assert.match(text, /42 branch offices/);
    assert.match(text, /3\.4 million euros/);
    assert.match(text, /Atlas Status\.pdf, page 1/);
    assert.match(run.output!, /Atlas Status\.pdf, page 1/);
  });
});
