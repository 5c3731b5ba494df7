import assert from 'node:assert/strict';
import { Agent } from '../../src/agents/agent.model.js';
import { login } from '../../src/auth/auth.service.js';
import { Persona } from '../../src/personas/persona.model.js';
import { demoAccounts, seedDemo } from '../../src/seed.js';
import { readEnabledTools } from '../../src/tools/personaTools.service.js';
import { syncTools } from '../../src/tools/syncTools.js';
import { User } from '../../src/users/user.model.js';
import { useDatabase } from '../support/database.js';
import { useAuth } from '../support/factories.js';

describe('seedDemo', () => {
  useDatabase();
  useAuth();

  it('makes the documented accounts, once, also when two processes start at once', async () => {
    await syncTools();
    await Promise.all([seedDemo(), seedDemo()]);
    await seedDemo();
    assert.equal(await User.query().resultSize(), 2);
    assert.equal(await Persona.query().resultSize(), 1);
    for (const { email, password, role } of demoAccounts) assert.equal((await login(email, password)).user.role, role);
  });

  it('gives the demo user a persona that works without a key, with agents and tools', async () => {
    const persona = (await Persona.query().first())!;
    assert.deepEqual([persona.defaultProvider, persona.fallbackProviders], ['local', []]);
    assert.equal(await Agent.query().where({ persona_id: persona.id }).resultSize(), 3);
    const tools = (await readEnabledTools(persona.id)).map(({ name }) => name);
    for (const name of ['generate_powerpoint', 'read_file', 'current_time']) assert.ok(tools.includes(name), name);
  });

  it('does not bring back what was deleted', async () => {
    await Persona.query().delete();
    await seedDemo();
    assert.equal(await Persona.query().resultSize(), 0);
  });
});
