import type { Tool } from '../tool.js';

const defaultLimit = 10;
const date = (which: string) => ({ type: 'string', description: `Only mails of this day and ${which}, such as 2025-01-28.`, pattern: '^\\d{4}-\\d{2}-\\d{2}$' });

export const searchEmail: Tool = {
  name: 'search_email',
  description: "Search the persona's mailbox by words, sender, subject, date or unread state. Gives the newest mails that fit, each with an id for read_email.",
  category: 'email',
  parameters: {
    type: 'object',
    properties: {
      query: { type: 'string', description: 'Words anywhere in the mail; left out, all mails fit.', minLength: 1, maxLength: 500 },
      from: { type: 'string', description: 'A part of the name or address of the sender.', minLength: 1, maxLength: 320 },
      subject: { type: 'string', description: 'A part of the subject.', minLength: 1, maxLength: 500 },
      since: date('later'),
      before: { ...date('earlier'), description: 'Only mails of earlier days than this one, such as 2025-01-28.' },
      unread: { type: 'boolean', description: 'Only mails that nobody has read.' },
      folder: { type: 'string', description: 'INBOX when left out.', minLength: 1, maxLength: 500 },
      limit: { type: 'integer', description: `How many mails at most, ${defaultLimit} when left out.`, minimum: 1, maximum: 50 },
    },
    additionalProperties: false,
  },
  idempotent: true,
  needsApproval: false,
  async run({ query: text, from, subject, since, before, unread, folder = 'INBOX', limit = defaultLimit }: Arguments, { mail, signal }) {
    signal.throwIfAborted();
    const found = await mail.search({ text, from, subject, since, before, isUnread: unread, folder, limit });
    return { output: { folder, mails: found.map(({ isUnread, date: sent, ...rest }) => ({ ...rest, date: sent?.toISOString() ?? null, unread: isUnread })) } };
  },
};

interface Arguments {
  query?: string;
  from?: string;
  subject?: string;
  since?: string;
  before?: string;
  unread?: boolean;
  folder?: string;
  limit?: number;
}
