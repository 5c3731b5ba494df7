import { isIP } from 'node:net';
import { addressesOf, HostRefused, isLoopback } from '../outbound/hosts.js';
import { ToolError } from '../tools/tool.js';

/** What the email connector of a persona holds. */
export interface MailSettings {
  imapHost: string;
  imapPort: number;
  imapUsername: string;
  imapPassword: string;
  smtpHost: string;
  smtpPort: number;
  smtpUsername: string;
  smtpPassword: string;
}

/** How long to wait, in milliseconds: for a connection, for the first word, and for each answer. */
export const mailTimeouts = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 60_000 };

/** Where a connection goes and how it is kept private. */
export interface MailEndpoint {
  /** The address that was checked; the name is not looked up again. */
  host: string;
  /** The name that the certificate must bear; absent for a host that is written as an address. */
  servername?: string;
  /** Nothing is said before TLS. A server on this machine may be without, since nobody is between. */
  mustEncrypt: boolean;
}

/** Looks a mail server up. Throws HostRefused for one that may not be reached. */
export async function endpointOf(host: string): Promise<MailEndpoint> {
  const { address } = (await addressesOf(host))[0]!;
  return { host: address, ...(isIP(host) === 0 && { servername: host }), mustEncrypt: !isLoopback(address) };
}

/**
 * What a tool says of an error of a mail server. Nothing that the server wrote is in it: the server has been told the
 * password, and what it answers would be kept in the run. For the same reason the error is no cause of the new one.
 */
export function mailError(host: string, error: unknown): Error {
  if (error instanceof ToolError) return error;
  if (error instanceof HostRefused) return new ToolError(error.message);
  const { code = 'no code', command, responseCode, authenticationFailed } = error as MailFailure;
  if (authenticationFailed || code === 'EAUTH') {
    return new ToolError(`${host} refused the username or the password of the persona's email connector.`);
  }
  const what = `${code}${responseCode ? `, ${responseCode}` : ''}`;
  if (command === 'DATA') {
    return new ToolError(`${host} did not confirm the mail (${what}): it may have been sent or not, so do not send it again without asking.`);
  }
  return new ToolError(`${host} did not take part as a mail server should (${what}).`);
}

interface MailFailure {
  code?: string;
  command?: string;
  responseCode?: number;
  authenticationFailed?: boolean;
}
