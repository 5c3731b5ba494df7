import type { FetchMessageObject, ImapFlow, SearchObject } from 'imapflow';
import type { AddressObject } from 'mailparser';
import { textOf } from '../memory/parsing/blocks.js';
import { readHtml } from '../memory/parsing/html.js';
import { UnreadableDocument } from '../memory/parsing/unreadable.js';
import { type FoundMail, type MailQuery, type ReadMail, ToolError } from '../tools/tool.js';
import { endpointOf, mailError, type MailSettings, mailTimeouts } from './mailServer.js';

/** A larger mail is not read whole: it is held in memory and taken apart there. */
const largestMail = 15 * 1024 * 1024;
const longestPage = 2_000_000;

/** The newest mails of a folder that fit, without opening or marking them. Throws ToolError for an unknown folder. */
export function searchMail(settings: MailSettings, { folder, limit, ...query }: MailQuery, signal: AbortSignal): Promise<FoundMail[]> {
  return inFolder(settings, folder, signal, async (client, validity) => {
    const uids = (await client.search(criteriaOf(query), { uid: true })) || [];
    // A higher uid is a newer mail (RFC 3501, 2.3.1.1).
    const newest = uids.toSorted((one, other) => other - one).slice(0, limit);
    if (newest.length === 0) return [];
    const found = await client.fetchAll(newest.join(','), { uid: true, envelope: true, flags: true, size: true }, { uid: true });
    return found.toSorted((one, other) => other.uid - one.uid).map((message) => describe(message, validity));
  });
}

function criteriaOf({ text, from, subject, since, before, isUnread }: Omit<MailQuery, 'folder' | 'limit'>): SearchObject {
  const given = { text, from, subject, since, before, ...(isUnread && { seen: false }) };
  const criteria = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  return Object.keys(criteria).length > 0 ? criteria : { all: true };
}

const describe = ({ uid, envelope, flags, size = 0 }: FetchMessageObject, validity: string): FoundMail => ({
  id: `${validity}-${uid}`,
  from: envelope?.from?.map(({ name, address }) => (name ? `${name} <${address}>` : String(address))).join(', ') ?? '',
  subject: envelope?.subject ?? '', date: envelope?.date ? new Date(envelope.date) : null, isUnread: !flags?.has('\\Seen'), size,
});

/** One mail by the id that `searchMail` gave, without marking it as read. Throws ToolError when it is not there any more. */
export function readMail(settings: MailSettings, folder: string, id: string, signal: AbortSignal): Promise<ReadMail> {
  return inFolder(settings, folder, signal, async (client, validity) => {
    const [, itsValidity, uid] = /^(\d+)-(\d+)$/.exec(id) ?? [];
    // After a folder was made anew its uids mean other mails (RFC 3501, 2.3.1.1).
    const about = itsValidity === validity && await client.fetchOne(uid!, { uid: true, size: true }, { uid: true });
    if (!about) throw new ToolError(`There is no mail ${id} in ${folder}: take an id that search_email gave for this folder.`);
    if ((about.size ?? 0) > largestMail) throw new ToolError(`Mail ${id} is too large to be read: ${about.size} bytes, at most ${largestMail}.`);
    const message = await client.fetchOne(uid!, { uid: true, source: { maxLength: largestMail } }, { uid: true });
    if (!message || !message.source) throw new ToolError(`Mail ${id} is not in ${folder} any more.`);
    return parse(id, message.source);
  });
}

async function parse(id: string, source: Buffer): Promise<ReadMail> {
  const { simpleParser } = await import('mailparser');
  const mail = await simpleParser(source, { skipHtmlToText: true, skipTextToHtml: true, skipImageLinks: true });
  return {
    id, from: peopleIn(mail.from), to: peopleIn(mail.to), cc: peopleIn(mail.cc), subject: mail.subject ?? '', date: mail.date ?? null, text: mail.text?.trim() ? mail.text : textOfPage(mail.html || ''),
    attachments: mail.attachments.map(({ filename, contentType, content }) => ({ name: filename ?? 'attachment', mimeType: contentType, bytes: content })),
  };
}

const peopleIn = (given: AddressObject | AddressObject[] | undefined): string => [given ?? []].flat().map(({ text }) => text).join(', ');

/** The text of a mail that is only a page. What comes after the longest that is read is nobody's letter. */
function textOfPage(html: string): string {
  try {
    return textOf(readHtml(html.slice(0, longestPage)));
  } catch (error) {
    throw error instanceof UnreadableDocument ? new ToolError(error.message) : error;
  }
}

/** Opens a folder to read from, does the work and says goodbye. The connection ends at once when the signal is aborted. */
async function inFolder<T>(
  settings: MailSettings, folder: string, signal: AbortSignal, work: (client: ImapFlow, validity: string) => Promise<T>,
): Promise<T> {
  const { imapHost } = settings;
  signal.throwIfAborted();
  let client: ImapFlow | undefined;
  const stop = () => client?.close();
  try {
    client = await connect(settings);
    signal.addEventListener('abort', stop, { once: true });
    await client.connect();
    const mailbox = await client.mailboxOpen(folder, { readOnly: true }).catch((error: { responseStatus?: string }) => {
      if (error.responseStatus === 'NO' || error.responseStatus === 'BAD') throw new ToolError(`There is no folder ${folder} in this mailbox.`);
      throw error;
    });
    const result = await work(client, String(mailbox.uidValidity));
    await client.logout();
    return result;
  } catch (error) {
    throw mailError(imapHost, error);
  } finally {
    signal.removeEventListener('abort', stop);
    client?.close();
  }
}

async function connect({ imapHost, imapPort, imapUsername, imapPassword }: MailSettings): Promise<ImapFlow> {
  const [{ ImapFlow }, { host, servername, mustEncrypt }] = await Promise.all([import('imapflow'), endpointOf(imapHost)]);
  const client = new ImapFlow({
    host, port: imapPort, servername, secure: imapPort === 993, ...(imapPort !== 993 && mustEncrypt && { doSTARTTLS: true }),
    tls: { rejectUnauthorized: mustEncrypt }, auth: { user: imapUsername, pass: imapPassword }, logger: false, disableAutoIdle: true, ...mailTimeouts,
  });
  // What breaks also rejects the call that is under way; unheard, the event would end the process.
  client.on('error', () => {});
  return client;
}
