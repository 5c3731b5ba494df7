import { ToolError, type ToolMail } from '../tools/tool.js';
import { openConnector } from './connectors.service.js';
import type { MailSettings } from './mailServer.js';
import { readMail, searchMail } from './readMail.js';
import { sendMail } from './sendMail.js';

/** The mail of a persona as the tools of a run see it. The connector is opened at each use, so that a change holds at once. */
export const mailOfRun = (personaId: string, stepKey: string, signal: AbortSignal): ToolMail => ({
  send: async (mail) => sendMail(await settingsOf(personaId), mail, stepKey, signal),
  search: async (query) => searchMail(await settingsOf(personaId), query, signal),
  read: async (folder, id) => readMail(await settingsOf(personaId), folder, id, signal),
});

async function settingsOf(personaId: string): Promise<MailSettings> {
  const values = await openConnector(personaId, 'email');
  if (!values) throw new ToolError('This persona has no email connector: someone has to configure and enable one before mail can be used.');
  return values as unknown as MailSettings;
}
