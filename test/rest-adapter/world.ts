import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Agent } from '../../src/agents/agent.model.js';
import { knex } from '../../src/db.js';
import { PersonaMember } from '../../src/members/personaMember.model.js';
import { Persona } from '../../src/personas/persona.model.js';
import { Artifact } from '../../src/runs/artifact.model.js';
import { Run } from '../../src/runs/run.model.js';
import { RunStep } from '../../src/runs/runStep.model.js';
import type { Account, TestServer } from '../support/server.js';

/** Four people and what the first one owns: the ground that the tests of routes stand on. */
export interface World {
  owner: Account;
  editor: Account;
  viewer: Account;
  stranger: Account;
  persona: Persona;
  agent: Agent;
}

/** Makes a world of its own; nothing in it is shared with another test. */
export async function makeWorld(server: TestServer): Promise<World> {
  const mark = randomUUID().slice(0, 8);
  const signIn = (name: string) => server.signIn(`${name}-${mark}@example.com`);
  return makePlace({ owner: await signIn('owner'), editor: await signIn('editor'), viewer: await signIn('viewer'), stranger: await signIn('stranger') });
}

/** Gives the same people another persona with the same rights. */
export async function makePlace({ owner, editor, viewer, stranger }: Pick<World, 'owner' | 'editor' | 'viewer' | 'stranger'>): Promise<World> {
  const persona = await makePersona(owner);
  const member = (account: Account, role: 'editor' | 'viewer') =>
    PersonaMember.query(knex()).insert({ personaId: persona.id, userId: account.id, role });
  await member(editor, 'editor');
  // Members are listed in the order of their coming, and the clock of the embedded database counts milliseconds.
  await pause(2);
  await member(viewer, 'viewer');
  return { owner, editor, viewer, stranger, persona, agent: await makeAgent(persona) };
}

export const makePersona = async (owner: Account, columns: Partial<Persona> = {}): Promise<Persona> =>
  Persona.query(knex()).insert({
    ownerId: owner.id, name: 'My Assistant', description: 'Office work', systemPrompt: 'You help.', defaultProvider: 'openai',
    fallbackProviders: ['anthropic', 'groq'], ...columns,
  }).returning('*');

export const makeAgent = async (persona: Persona, columns: Partial<Agent> = {}): Promise<Agent> =>
  Agent.query(knex()).insert({ personaId: persona.id, name: 'Email Triage Agent', description: 'Handles mail', ...columns }).returning('*');

export const makeRun = async ({ owner, agent, persona }: World, columns: Partial<Run> = {}): Promise<Run> =>
  Run.query(knex()).insert({ agentId: agent.id, personaId: persona.id, userId: owner.id, input: 'Create slides', ...columns }).returning('*');

export const makeStep = async (run: Run, stepNumber: number, columns: Partial<RunStep> = {}): Promise<RunStep> =>
  RunStep.query(knex()).insert({
    runId: run.id, stepNumber, stepType: 'llm_call', status: 'completed', input: { messages: [] }, output: { message: 'ok', toolCalls: [] },
    durationMs: 1500, ...columns,
  }).returning('*');

export async function makeArtifact(server: TestServer, run: Run, step: RunStep, bytes: Uint8Array, columns: Partial<Artifact> = {}): Promise<Artifact> {
  const sha256 = await server.artifacts.keep(bytes);
  return Artifact.query(knex()).insert({
    runId: run.id, stepId: step.id, name: 'presentation.pptx', filePath: '/workspace/presentation.pptx', fileSize: bytes.length,
    mimeType: 'application/vnd.openxmlformats-officedocument.presentationml.presentation', sha256, ...columns,
  }).returning('*');
}
