import { createHash } from 'node:crypto';
import { Socket } from 'node:net';
import { type OutgoingMail, type SentMail, ToolError } from '../tools/tool.js';
import { endpointOf, mailError, type MailSettings, mailTimeouts } from './mailServer.js';

/**
 * Sends one mail through the persona's SMTP server. Its Message-ID is made of the step, so that the same step sent twice
 * can be told by those who receive it. Throws ToolError when no recipient was accepted or the server did not do its part.
 */
export async function sendMail(settings: MailSettings, mail: OutgoingMail, stepKey: string, signal: AbortSignal): Promise<SentMail> {
  const { smtpHost, smtpPort, smtpUsername, smtpPassword } = settings;
  signal.throwIfAborted();
  try {
    const [{ createTransport }, { host, servername, mustEncrypt }] = await Promise.all([import('nodemailer'), endpointOf(smtpHost)]);
    const transport = createTransport({
      host, port: smtpPort, secure: smtpPort === 465, requireTLS: mustEncrypt, tls: { servername, rejectUnauthorized: mustEncrypt },
      auth: { user: smtpUsername, pass: smtpPassword }, disableFileAccess: true, disableUrlAccess: true, ...mailTimeouts,
      // Breaks off at once when the signal is aborted.
      socket: new Socket({ signal }),
    });
    const from = senderOf(settings);
    const messageId = messageIdOf(stepKey, from);
    const { to, cc, subject, body: text, attachments } = mail;
    const info = await transport.sendMail({ from, to, cc, subject, text, attachments, messageId });
    return { messageId, from, accepted: info.accepted.map(addressOf), rejected: (info.rejected ?? []).map(addressOf) };
  } catch (error) {
    if ((error as { code?: string }).code === 'EENVELOPE') {
      throw new ToolError(`${smtpHost} refused the sender or every recipient, so nothing was sent.`);
    }
    throw mailError(smtpHost, error);
  }
}

const addressOf = (recipient: string | { address: string }): string => (typeof recipient === 'string' ? recipient : recipient.address);

/** The username where it is an address, as it mostly is. */
function senderOf({ smtpUsername, imapUsername, smtpHost }: MailSettings): string {
  return [smtpUsername, imapUsername].find((name) => /^[^\s@]+@[^\s@]+$/.test(name)) ?? `${smtpUsername}@${smtpHost}`;
}

const messageIdOf = (stepKey: string, from: string): string =>
  `<${createHash('sha256').update(stepKey).digest('hex').slice(0, 32)}@${from.split('@').at(-1)}>`;
