import { Agent } from './agents/agent.model.js';
import { recordAudit } from './audit/audit.service.js';
import { hashPassword } from './auth/passwords.js';
import { transaction } from './db.js';
import { Persona } from './personas/persona.model.js';
import { PersonaTool } from './tools/personaTool.model.js';
import { ToolRow } from './tools/tool.model.js';
import { User } from './users/user.model.js';

type Trx = Parameters<typeof recordAudit>[0];

/** The documented accounts. Their passwords are known to everyone, so a production start refuses them. */
export const demoAccounts = [
  { email: 'demo@persona-platform.local', password: 'demo123', name: 'Demo User', role: 'user' },
  { email: 'admin@persona-platform.local', password: 'admin123', name: 'Demo Admin', role: 'admin' },
] as const;

const demoPersona = {
  name: 'Office Assistant',
  description: 'Makes presentations, documents, spreadsheets and charts.',
  systemPrompt:
    'You are an office assistant. Make the files you are asked for with your tools, fill them with content that fits the ' +
    'request, and finish with a short summary of what you made.',
  // Works on a machine without any key.
  defaultProvider: 'local',
};

const demoAgents = [
  { name: 'Presentation Agent', description: 'Makes PowerPoint presentations.' },
  { name: 'Report Agent', description: 'Writes documents and PDF reports.' },
  { name: 'Data Agent', description: 'Makes spreadsheets and charts.' },
];

const demoCategories = ['office', 'files', 'data', 'memory', 'system'];

/**
 * Makes the demo accounts that are missing, and with the demo user a persona with agents and tools. What someone has
 * changed or deleted since stays so. Call it after syncTools().
 */
export async function seedDemo(): Promise<void> {
  await transaction(async (trx) => {
    // Several processes may start at once.
    await trx.raw('select pg_advisory_xact_lock(?)', [5_120_774_301]);
    for (const { password, ...account } of demoAccounts) {
      if (await User.query(trx).findOne({ email: account.email })) continue;
      const user = await User.query(trx).insert({ ...account, passwordHash: await hashPassword(password) });
      if (account.role === 'user') await makePersona(trx, user);
    }
  });
}

async function makePersona(trx: Trx, owner: User): Promise<void> {
  const persona = await Persona.query(trx).insert({ ...demoPersona, fallbackProviders: [], ownerId: owner.id });
  for (const agent of demoAgents) await Agent.query(trx).insert({ ...agent, personaId: persona.id });
  const tools = await ToolRow.query(trx).whereIn('category', demoCategories).orderBy('name');
  for (const { id } of tools) await PersonaTool.query(trx).insert({ personaId: persona.id, toolId: id, config: {} });
  const description = `Persona '${persona.name}' created with the demo accounts`;
  await recordAudit(trx, null, { eventType: 'persona_created', eventCategory: 'system', description, personaId: persona.id });
}
