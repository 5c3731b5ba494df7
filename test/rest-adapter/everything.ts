import { randomUUID } from 'node:crypto';
import { pathParameters } from '../../rest-adapter/route.js';
import { recordAudit } from '../../src/audit/audit.service.js';
import { configureConnector } from '../../src/connectors/connectors.service.js';
import { databaseInfo, knex, transaction } from '../../src/db.js';
import { embed } from '../../src/embeddings/embeddings.js';
import { toVectorValue } from '../../src/embeddings/vectorColumn.js';
import { PersonaMember } from '../../src/members/personaMember.model.js';
import { PersonaTool } from '../../src/tools/personaTool.model.js';
import type { Account, TestServer } from '../support/server.js';
import { fill } from './guarded.js';
import { makeArtifact, makeRun, makeStep, makeWorld, type World } from './world.js';

/** A world in which there is one of everything that a path can name, with every field filled in. */
export interface Everything extends World {
  admin: Account;
  ids: Record<string, string>;
}

/** Makes one of everything, with the owner's name on it. */
export async function makeEverything(server: TestServer): Promise<Everything> {
  const world = await makeWorld(server);
  const admin = await server.signIn(`admin-${randomUUID()}@example.com`, 'admin');
  return { ...world, admin, ids: await fillWorld(server, world) };
}

/** Makes one of everything that a persona can have, and gives what a path calls each. */
export async function fillWorld(server: TestServer, world: World): Promise<Record<string, string>> {
  const { owner, persona, agent, editor } = world;
  await knex()('personas').where({ id: persona.id }).update({ container_id: 'docker-container-id' });
  const { id: toolId } = await knex()('tools').where({ name: 'generate_powerpoint' }).first('id');
  await PersonaTool.query(knex()).insert({ personaId: persona.id, toolId, isEnabled: true, config: {} });
  const run = await makeRun(world, { status: 'completed', output: 'Done', startedAt: new Date(), completedAt: new Date() });
  await makeStep(run, 1);
  const call = { stepType: 'tool_call', toolId, toolName: 'generate_powerpoint', input: { slides: [] }, output: { filePath: '/workspace/p.pptx' } } as const;
  const step = await makeStep(run, 2, call);
  const artifact = await makeArtifact(server, run, step, Buffer.from('slides'));
  const member = await PersonaMember.query(knex()).findOne({ persona_id: persona.id, user_id: editor.id }).throwIfNotFound();
  const documentId = await makeDocument(persona.id, owner.id);
  await configureConnectors(owner, persona.id);
  await transaction((trx) => recordAudit(trx, owner, {
    eventType: 'tool_call', eventCategory: 'action', description: "Tool 'generate_powerpoint' executed", personaId: persona.id, runId: run.id,
    metadata: { toolName: 'generate_powerpoint', durationMs: 3000 },
  }));
  return { personaId: persona.id, agentId: agent.id, runId: run.id, toolId, artifactId: artifact.id, memberId: member.id, userId: editor.id, documentId };
}

/** Mail and a browser, and no desktop, as the document shows them. */
async function configureConnectors(owner: Account, personaId: string): Promise<void> {
  const viewer = { ...owner, role: 'user', sessionId: randomUUID() } as const;
  await configureConnector(viewer, personaId, 'email', {
    enabled: true, imapHost: 'imap.gmail.com', imapPort: 993, imapUsername: 'user@gmail.com', imapPassword: 'app-password',
    smtpHost: 'smtp.gmail.com', smtpPort: 587, smtpUsername: 'user@gmail.com', smtpPassword: 'app-password',
  });
  await configureConnector(viewer, personaId, 'browser', { enabled: true, profilePath: '/cache/browser-profile' });
}

/** A document that has been processed, with one passage. */
async function makeDocument(personaId: string, uploadedBy: string): Promise<string> {
  const id = randomUUID();
  await knex()('documents').insert({
    id, persona_id: personaId, name: 'Company Handbook.pdf', source: 'upload', file_size: 1_048_576, mime_type: 'application/pdf',
    status: 'completed', chunk_count: 150, uploaded_by: uploadedBy, sha256: 'ab'.repeat(32),
  });
  const text = 'Remote work policy: Employees can work remotely up to 3 days per week.';
  const [vector] = await embed([text]);
  await knex()('chunks').insert({
    id: randomUUID(), document_id: id, persona_id: personaId, chunk_index: 42, text, metadata: { page: 15, chunkIndex: 42 },
    embedding: toVectorValue(vector!, databaseInfo().hasVector),
  });
  return id;
}

/** What `:id` names below each of these. */
const ownIds: Record<string, string> = { personas: 'personaId', agents: 'agentId', runs: 'runId', tools: 'toolId', users: 'userId' };

/** What the parameters of a path stand for, in their order: `/api/runs/:id` → `['runId']`. */
export function idsOf(path: string): string[] {
  const [noun] = path.split('/').slice(path.startsWith('/api/admin/') ? 3 : 2);
  return pathParameters(path).map((name) => (name === 'id' ? ownIds[noun!]! : name));
}

/** A route's path with real ids. Throws for a parameter that nothing here is known for. */
export function realPath(path: string, ids: Record<string, string>): string {
  const names = idsOf(path);
  const values = Object.fromEntries(pathParameters(path).map((name, index) => {
    const id = ids[names[index]!];
    if (!id) throw new Error(`makeEverything() makes nothing for :${name} of ${path}`);
    return [name, id];
  }));
  return fill(path, values);
}
